"""What only clinicians are shown: amounts of a drug, and ways of taking one."""

from __future__ import annotations

import re
from typing import Final

AMOUNT: Final = re.compile(
    r"(?<![\d.,])\d[\d.,]*+[ \u00a0\u202f-]?(?:mg|milligrams?|mcg|[µμ]g|micrograms?|g|grams?)\b(?!\s?/\s?(?:[dmµu]?[lL])\b|\s+per\s+(?:milli)?litre)"
    r"|\bunit: ['\"]?(?:mg|mcg|[µμ]g|g)(?:/kg)?(?![\w/])"
)
"""An amount such as "50 mg" or "0.5 mg/kg"; a concentration in blood is none."""

ROUTE: Final = re.compile(
    r"(?i:(?<![-\w])(?:snort(?:s|ed|ing)?|insufflat\w+|sniff(?:s|ed|ing)?|inject(?:s|ed|ing|ions?|able)?|intravenous(?:ly)?|intramuscular(?:ly)?|"
    r"subcutaneous(?:ly)?|sublingual(?:ly)?|rectal(?:ly)?|booty bump\w*|boof\w*|smok(?:e|es|ed|ing) (?:ketamine|it)|swallow(?:s|ed|ing)? (?:ketamine|it)|"
    r"by (?:mouth|injection|needle)|up the nose|bioavailab\w+)(?![-\w]))"
)
"""A way into the body, or how much of a drug each way lets through."""


def clinical_only(text: str) -> bool:
    """Whether a text holds an amount or a way of taking a drug."""
    return AMOUNT.search(text) is not None or ROUTE.search(text) is not None
