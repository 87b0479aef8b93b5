#!/bin/sh
# Makes the pictures of this folder, from the root: docs/pictures/make.sh PROGRAM
set -eu
program=$1
folder=$(dirname "$0")
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT

"$program" check Models/hotswap.m --patch Models/hotswap/early-free.patch --trace "$kept/run.json" \
  >"$kept/said" || [ $? = 1 ]
"$program" trace "$kept/run.json" --format svg >"$folder/early-free.svg"
"$program" trace "$kept/run.json" --format html >"$kept/run.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,760 \
  --user-data-dir="$kept/profile" --screenshot="$kept/page.png" "file://$kept/run.html#step=10" \
  >/dev/null 2>&1
mv "$kept/page.png" "$folder/early-free-page.png"
