#!/bin/sh
# Makes the pictures of this folder, from the root: docs/pictures/make.sh PROGRAM
set -eu
program=$1
folder=$(dirname "$0")
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT

# keep MODEL PATCH FILE: the run to what the variant violates
keep() {
  "$program" check "$1" --patch "$2" --trace "$3" >"$kept/said" || [ $? = 1 ]
}

keep Models/hotswap.m Models/hotswap/early-free.patch "$kept/run.json"
"$program" trace "$kept/run.json" --format svg >"$folder/early-free.svg"
"$program" trace "$kept/run.json" --format html >"$kept/run.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,760 \
  --blink-settings=preferredColorScheme=1 \
  --user-data-dir="$kept/profile" --screenshot="$kept/page.png" "file://$kept/run.html#step=10" \
  >/dev/null 2>&1
python3 "$folder/palette.py" "$kept/page.png"
mv "$kept/page.png" "$folder/early-free-page.png"

keep Models/memory.m Models/memory/take-stack.patch "$kept/memory.json"
"$program" trace "$kept/memory.json" --format svg >"$folder/take-stack.svg"
