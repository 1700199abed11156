#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs one when there is none.
# The order: $CHROMIUM, one on the machine, Debian's package (as root), Playwright's own build (with $PYTHON).
set -euo pipefail

present() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

of_playwright() {
  "${PYTHON:-python3}" - <<'CODE'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path) if pathlib.Path(path).exists() else sys.exit(1)
CODE
}

if [ -n "${CHROMIUM:-}" ] && ! command -v "$CHROMIUM" >/dev/null 2>&1; then
  echo "CHROMIUM is $CHROMIUM, and there is no such program." >&2
  exit 1
fi
if present || of_playwright 2>/dev/null; then
  exit 0
fi

echo "No Chromium found; installing one for the browser tests." >&2
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; } >&2 || true
  if present; then
    exit 0
  fi
fi
"${PYTHON:-python3}" -m playwright install chromium >&2 || true
if of_playwright; then
  exit 0
fi
echo "The browser tests need Chromium. Install one, or name it: make test CHROMIUM=/path/to/chromium" >&2
exit 1
