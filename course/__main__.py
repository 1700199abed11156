"""`python -m course COMMAND`."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import TextIOWrapper

from course.cli import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with suppress(BrokenPipeError):
        sys.exit(main(sys.argv[1:]))
