#!/bin/sh
# Puts an npm package into .cache/npm, once; prints the folder that holds node_modules. Needs npm.
#   sh tests/npm/install.sh NAME VERSION
set -eu
cd "$(dirname "$0")/../.."
folder="$PWD/.cache/npm/$(echo "$1" | tr '/@' '--')-$2"
if [ ! -d "$folder/node_modules" ]; then
  mkdir -p "$PWD/.cache/npm"
  fresh=$(mktemp -d "$PWD/.cache/npm/fresh-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$fresh" "$1@$2" >&2
  mv "$fresh" "$folder" 2>/dev/null || [ -d "$folder/node_modules" ]
fi
echo "$folder"
