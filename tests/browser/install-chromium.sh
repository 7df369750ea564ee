#!/bin/sh
# Makes sure that there is a Chromium for the browser tests: an installed one, else Debian's package where that can be had.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1; then
  root=""
  if [ "$(id -u)" != 0 ]; then root="sudo"; fi
  $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "The browser tests need Chromium: install it, or set BRIEFING_CHROMIUM to its path." >&2
exit 1
