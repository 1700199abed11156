"""The Makefile and CI: every door is listed, and opens without writing into the checkout of whoever only looks."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from course.settings import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PORT"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env={**clean, **env}, capture_output=True, text=True, timeout=60, check=False)


def test_help_lists_every_target() -> None:
    declared = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.M)[0].split()
    shown = re.findall(r"^  make (\S+) ", make("help").stdout, flags=re.M)
    assert sorted(shown) == sorted(declared)
    assert {"help", "run", "test", "check", "bench", "e2e", "demo"} <= set(shown)


def test_help_is_what_plain_make_shows() -> None:
    assert make().stdout == make("help").stdout != ""


@pytest.mark.parametrize("given", [{}, {"PORT": "8600"}])
def test_run_honours_the_port(given: dict[str, str]) -> None:
    port = given.get("PORT", "8501")
    done = make("--dry-run", "run", **given).stdout
    assert f"--server.port {port}" in done
    assert f"http://localhost:{port}" in done
    assert done.index("course db upgrade") < done.index("streamlit run streamlit_app.py")


def test_ci_goes_through_the_same_doors() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in script
    assert re.findall(r"^make \w+$", script, flags=re.M) == ["make check", "make test"]
    assert script.rstrip().endswith("make test"), "pytest's summary is the last line"


def test_every_script_says_what_it_does_and_can_be_run() -> None:
    for script in (ROOT / "scripts").glob("*.sh"):
        lines = script.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "#!/usr/bin/env bash"
        assert lines[1].startswith("# ")
        assert "set -euo pipefail" in lines
        assert os.access(script, os.X_OK)
