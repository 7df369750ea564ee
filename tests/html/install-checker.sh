#!/bin/sh
# Puts the Nu HTML checker into .cache, from the npm registry; prints where it is. Needs npm here and java to run it.
set -eu
cd "$(dirname "$0")/../.."
version=26.9.27
jar=".cache/vnu/$version/vnu.jar"
if [ ! -f "$jar" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  (cd "$folder" && npm pack --silent "vnu-jar@$version" >/dev/null 2>&1 && tar -xzf vnu-jar-*.tgz)
  mkdir -p "$(dirname "$jar")"
  mv "$folder/package/build/dist/vnu.jar" "$jar"
fi
echo "$PWD/$jar"
