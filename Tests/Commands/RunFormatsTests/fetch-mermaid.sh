#!/bin/sh
# Puts Mermaid, as a package of Python's brings it in its pages, into a folder, and writes the path of its
# files. Nothing is fetched again that is there.
#
#   fetch-mermaid.sh FOLDER
set -eu

mkdir -p "$1"
folder=$(cd "$1" && pwd)
exec 9> "$folder/lock"
flock 9

if ! test -d "$folder/assets"; then
  rm -rf "$folder/package"
  python3 -m pip download -q --no-deps -d "$folder/package" marimo==0.25.2 >&2 || {
    echo "error: marimo cannot be fetched (is there a network, and pip?)" >&2
    exit 1
  }
  (cd "$folder/package" && python3 -m zipfile -e marimo-*.whl .)
  mv "$folder/package/marimo/_static/assets" "$folder/assets"
  rm -r "$folder/package"
fi

echo "$folder/assets"
