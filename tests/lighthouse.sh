#!/bin/sh
# Prints what Lighthouse (mobile settings) says of the overview and the annotated text of the real site, gzipped as any
# host serves it. Not part of the suite: scores of performance depend on the machine. Needs npm and Chromium.
set -eu
cd "$(dirname "$0")/.."
version=12.8.2
python=${PYTHON:-.venv/bin/python}
home="$PWD/.cache/lighthouse/$version"
[ -d "$home/node_modules/lighthouse" ] || npm install --prefix "$home" --silent --no-audit --no-fund "lighthouse@$version"
exec "$python" -m tests.lighthouse "$home/node_modules/lighthouse/cli/index.js" "$@"
