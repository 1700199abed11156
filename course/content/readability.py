"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid and colleagues 1975), with the words a health course cannot avoid."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_END: Final = re.compile(r"(?<=[.!?:])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SHORTENED: Final = re.compile(r"\b(?:e\.g|i\.e|vs|Dr|Mr|Mrs|Ms|St|al|cf|No)\.")

_SUBJECT: Final = (
    "ketamine esketamine arketamine norketamine hydroxynorketamine phencyclidine benzodiazepine benzodiazepines naloxone "
    "naltrexone midazolam cocaine amphetamine amphetamines methamphetamine alcohol opioid opioids cannabis nicotine heroin "
    "dopamine glutamate glycine magnesium calcium serotonin receptor receptors addiction addictive dependence withdrawal "
    "tolerance craving criterion criteria disorder disorders depression antidepressant anxiety anaesthetic anaesthetics "
    "anaesthesia anaesthetised dissociation dissociative psychiatric psychological emergency hospital ambulance medical "
    "medicine medicines clinician clinicians clinical bladder urinary urology kidney kidneys cystitis ureter ureters "
    "hydronephrosis ulcer ulcers infection surgery abdominal evidence population university recovery relapse remission "
    "symptom symptoms therapy therapies behavioural cognitive detoxification rehabilitation inpatient outpatient residential "
    "professional professionals intravenous concentration concentrations electroconvulsive placebo randomised memory america "
    "australia canada england europe kingdom united manchester"
)
KNOWN: Final = frozenset(_SUBJECT.split(" "))
"""Words of the subject, which this course explains or its readers bring along. They count two syllables, however long."""


def sentences(text: str) -> list[str]:
    """The sentences of plain text; a line end closes one, an abbreviation's full stop does not."""
    guarded = _SHORTENED.sub(lambda found: found[0].replace(".", "\u2024"), text)
    return [sentence for sentence in (part.strip() for part in _END.split(guarded)) if _WORD.search(sentence)]


def words(text: str) -> list[str]:
    """The words of letters; numbers are none."""
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables by vowel groups, at least 1: a silent final e, and the e of -ed and -es after most letters, are none; a word of `KNOWN` has two at most."""
    low = word.lower().removesuffix("'s").removesuffix("’s")
    count = len(_VOWELS.findall(low))
    silent = low.endswith("e") and not low.endswith(("le", "ee", "ye"))
    silent = silent or (low.endswith("ed") and low[-3:-2] not in "aeioutd")
    silent = silent or (low.endswith("es") and low[-3:-2] not in "aeiousxzcgh")
    if silent and count > 1:
        count -= 1
    return max(1, min(count, 2) if low in KNOWN else count)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade, years of school; 0.39 words a sentence + 11.8 syllables a word - 15.59. Text without words: 0."""
    told, found = sentences(text), words(text)
    if not told or not found:
        return 0.0
    return 0.39 * len(found) / len(told) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
