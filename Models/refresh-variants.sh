#!/bin/sh
# Makes the patches below a folder anew after their models have changed, and names those that cannot
# be carried over without a guess:
#
#     Models/refresh-variants.sh SWAPCHECK [FOLDER]
#
# A patch that still fits, if need be further up or down, gets the numbers and the context that fit
# now. For another one the model is looked for in git's history that it fits, and the two changes are
# merged; where they touch, nobody but a person knows what is meant. Exit code 1 if there is one.
set -u
swapcheck=$1
folder=${2:-Models}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The text of the model that the patch was made for, and its variant: $work/old and $work/old-variant.
find_old() {
  git log --format=%H -- "$model" > "$work/log" || return 1
  while read -r commit; do
    git show "$commit:./$model" > "$work/old" 2> /dev/null || continue
    "$swapcheck" patch "$work/old" "$patch" > "$work/old-variant" 2> /dev/null && return 0
  done < "$work/log"
  return 1
}

# The variant of the model as it is now: $work/variant.
make_variant() {
  "$swapcheck" patch "$model" "$patch" > "$work/variant" 2> "$work/why" && return 0
  find_old || return 1
  git merge-file -p "$work/old-variant" "$work/old" "$model" > "$work/variant" 2> /dev/null
}

# The patch that makes it: what stands in front of the diff, and the diff.
write_patch() {
  mkdir -p "$work/a" "$work/b" || return 1
  cp "$model" "$work/a/model" && cp "$work/variant" "$work/b/model" || return 1
  (cd "$work" && git diff --no-index --no-color --no-ext-diff a/model b/model) > "$work/diff"
  [ -s "$work/diff" ] || return 1
  {
    sed '/^diff --git /,$d; /^--- /,$d' "$patch"
    printf 'diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n' "$model" "$model" "$model" "$model"
    sed -n '/^@@ /,$p' "$work/diff"
  } > "$work/patch" || return 1
  cmp -s "$work/patch" "$patch" && return 0
  cat "$work/patch" > "$patch" && echo "$patch: made anew"
}

find "$folder" -name '*.patch' | LC_ALL=C sort > "$work/patches"
left=0
while read -r patch; do
  model=$(sed -n 's|^+++ b/||p' "$patch" | head -n 1)
  if ! make_variant; then
    left=$((left + 1))
    echo "$patch: cannot be carried over without a guess" >&2
    cat "$work/why" >&2
  elif ! write_patch; then
    left=$((left + 1))
    echo "$patch: the model has the change already, or the patch cannot be written" >&2
  fi
done < "$work/patches"
[ "$left" -eq 0 ] || { echo "$left left to do by hand" >&2; exit 1; }
