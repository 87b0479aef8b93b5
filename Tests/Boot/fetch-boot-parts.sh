#!/bin/sh
# Puts what a boot is made of into FOLDER/ARCHITECTURE-SUITE: Debian's kernel as vmlinuz, and busybox and
# kexec with their libraries as root/. Nothing is fetched again that is there.
#
#   fetch-boot-parts.sh FOLDER amd64 bookworm
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
architecture=$2
suite=$3
parts=$folder/$architecture-$suite
exec 9> "$folder/lock"
flock 9
test -s "$parts/versions" && exit

rm -rf "$parts"
mkdir -p "$parts"
. "$here/debian.sh"

kernel=$(apt-cache depends --important "linux-image-$architecture" |
  sed -n 's/^ *Depends: \(linux-image-[^: ]*\).*/\1/p' | head -n 1)
test -n "$kernel" || { echo "error: no kernel for $architecture in $suite"; exit 1; }
# Newer packages have the image in one of its own.
binary=$(apt-cache depends --important "$kernel" |
  sed -n 's/^ *Depends: \(linux-binary-[^: ]*\).*/\1/p' | head -n 1)
binary=${binary:-$kernel}
fetch_programs "$parts/root" "busybox kexec" busybox-static kexec-tools
cd "$apt/packages"
apt-get -q download "$binary"
dpkg-deb --fsys-tarfile "$binary"_*.deb |
  tar -xO --wildcards './boot/vmlinuz-*' './usr/lib/modules/*/vmlinuz' \
    2> /dev/null > "$parts/vmlinuz" || true
test -s "$parts/vmlinuz" || { echo "error: no kernel in the package $binary"; exit 1; }
write_versions "$parts/versions" "$binary" busybox-static kexec-tools
