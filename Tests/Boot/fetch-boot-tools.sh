#!/bin/sh
# Puts what only some boots need into FOLDER/ARCHITECTURE-SUITE-tools/root: trace-cmd, perf and chrt with
# their libraries. Nothing is fetched again that is there.
#
#   fetch-boot-tools.sh FOLDER amd64 trixie
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
architecture=$2
suite=$3
tools=$folder/$architecture-$suite-tools
exec 9> "$folder/lock"
flock 9
test -s "$tools/versions" && exit

rm -rf "$tools"
mkdir -p "$tools"
. "$here/debian.sh"

fetch_programs "$tools/root" "trace-cmd perf chrt" trace-cmd linux-perf util-linux
write_versions "$tools/versions" trace-cmd linux-perf util-linux
