#!/bin/sh
# Makes sure that there is a Chromium for the browser tests: Debian's headless shell where that can be had, which needs half
# the time for a page, else one that is installed, else Debian's.
set -eu

found() {
  command -v "$1" >/dev/null 2>&1
}

install() {
  found apt-get || return 1
  root=""
  if [ "$(id -u)" != 0 ]; then root="sudo -n"; fi
  get="$root timeout 300 apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20"
  $get install -y --no-install-recommends "$1" >/dev/null 2>&1 && return 0
  $get update >/dev/null 2>&1 && $get install -y --no-install-recommends "$1" >/dev/null 2>&1
}

if [ -n "${BRIEFING_CHROMIUM:-}" ] || found chromium-headless-shell || install chromium-headless-shell; then exit 0; fi
for name in chromium chromium-browser google-chrome; do
  if found "$name"; then exit 0; fi
done
if install chromium; then exit 0; fi
echo "The browser tests need Chromium: install it, or set BRIEFING_CHROMIUM to its path." >&2
exit 1
