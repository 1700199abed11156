#!/usr/bin/env bash
# Makes the folder given as argument a Python environment, unless it is one already.
# The Python is $PYTHON, else the first of the usual names that is 3.11 or newer.
set -euo pipefail

venv=${1:?usage: make_venv.sh FOLDER}

suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_pip() { "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

if suits "$venv/bin/python" && has_pip; then
  exit 0
fi

python=
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
  if suits "$candidate"; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "The course needs Python 3.11 or newer, and none was found${PYTHON:+ at $PYTHON}. Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
  exit 1
fi

# An environment left by another Python, or half made, is of no use.
rm -rf "$venv"
if "$python" -m venv "$venv" >/dev/null 2>&1 && has_pip; then
  exit 0
fi
# Debian and Ubuntu pack venv apart from Python; virtualenv does without it.
rm -rf "$venv"
if "$python" -m virtualenv --quiet "$venv" >/dev/null 2>&1 && has_pip; then
  exit 0
fi
rm -rf "$venv"
echo "$("$python" --version) cannot make an environment. Install its venv module (Debian, Ubuntu: sudo apt install python3-venv) or virtualenv, then try again." >&2
exit 1
