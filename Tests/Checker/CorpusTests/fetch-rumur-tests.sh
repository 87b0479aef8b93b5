#!/bin/sh
# Puts the tests of Debian's source package of Rumur into a folder, and writes their path. Nothing is
# fetched again that is there.
#
#   fetch-rumur-tests.sh FOLDER
#
# apt gets lists and a status file of its own, and the system's sources as sources of source packages,
# so that the system's configuration stays as it is.
set -eu

mkdir -p "$1"
folder=$(cd "$1" && pwd)
exec 9> "$folder/lock"
flock 9

if ! test -d "$folder/tests"; then
  rm -rf "$folder/apt" "$folder/source"
  mkdir -p "$folder/apt/state/lists/partial" "$folder/apt/cache/archives/partial" \
    "$folder/apt/sources" "$folder/source"
  : > "$folder/apt/state/status"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
    /etc/apt/sources.list.d/*.sources; do
    test -e "$file" || continue
    sed -E 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$file" \
      > "$folder/apt/sources/$(basename "$file")"
  done
  cat > "$folder/apt/apt.conf" <<END
Dir::State "$folder/apt/state";
Dir::State::status "$folder/apt/state/status";
Dir::Cache "$folder/apt/cache";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$folder/apt/sources";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
END
  APT_CONFIG=$folder/apt/apt.conf
  export APT_CONFIG
  # One source of several may fail; what counts is whether the package is found.
  apt-get -q update >&2 || true
  (cd "$folder/source" && apt-get -q source --download-only rumur >&2) || {
    echo "error: the source package of rumur cannot be fetched (is there a network, and apt?)" >&2
    exit 1
  }
  tar -xzf "$folder"/source/rumur_*.orig.tar.gz -C "$folder/source" --strip-components=1 \
    --wildcards '*/tests/*'
  mv "$folder/source/tests" "$folder/tests"
  rm -r "$folder/apt" "$folder/source"
fi

echo "$folder/tests"
