"""`python -m course COMMAND`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from course.cli import main

if __name__ == "__main__":
    # The matrices of the statistics are small: threads of NumPy's BLAS would only wait for each other. Read when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with suppress(BrokenPipeError):
        sys.exit(main(sys.argv[1:]))
