"""What the course asks of Streamlit in config.toml must exist in the Streamlit that is installed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from streamlit import config

from course.settings import ROOT

CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def options(table: Mapping[str, Any], section: str = "") -> Iterator[str]:
    for name, value in table.items():
        key = f"{section}.{name}" if section else name
        if isinstance(value, Mapping):
            yield from options(value, key)
        else:
            yield key


def test_streamlit_knows_every_option() -> None:
    asked = set(options(CONFIG))
    assert len(asked) > 50
    assert asked - set(config._config_options_template) == set(), "these mean nothing to the installed Streamlit"


def test_the_hidden_option_that_makes_reruns_cheap_still_exists() -> None:
    option = config._config_options_template["runner.postScriptGC"]
    assert option.default_val is True
    assert CONFIG["runner"]["postScriptGC"] is False


def test_nothing_is_sent_home_and_no_trace_is_shown() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableAgentApi"] is False
