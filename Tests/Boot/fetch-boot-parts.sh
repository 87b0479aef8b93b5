#!/bin/sh
# Puts what a boot is made of into FOLDER/ARCHITECTURE-SUITE: Debian's kernel as vmlinuz, and busybox and
# kexec with their libraries as root/. Nothing is fetched again that is there.
#
#   fetch-boot-parts.sh FOLDER amd64 bookworm
#
# apt gets lists, caches and a status file of its own, so that the system's configuration and its
# architectures stay as they are. The mirror is the system's, or DEBIAN_MIRROR.
set -eu

mkdir -p "$1"
folder=$(cd "$1" && pwd)
architecture=$2
suite=$3
parts=$folder/$architecture-$suite
exec 9> "$folder/lock"
flock 9
test -s "$parts/versions" && exit

mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
  grep '/debian/*$' | head -n 1)}
test -n "$mirror" || { echo "error: apt knows no mirror of Debian; say one: DEBIAN_MIRROR=…"; exit 1; }

apt=$folder/apt-$architecture-$suite
rm -rf "$parts" "$apt"
mkdir -p "$parts/root" "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/packages"
trap 'rm -rf "$apt"' EXIT
: > "$apt/state/status"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [arch=$architecture signed-by=$keys] $mirror $suite main" > "$apt/sources.list"
cat > "$apt/apt.conf" <<END
Dir::State "$apt/state";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
END
APT_CONFIG=$apt/apt.conf
export APT_CONFIG
apt-get -q update

kernel=$(apt-cache depends --important "linux-image-$architecture" |
  sed -n 's/^ *Depends: \(linux-image-[^: ]*\).*/\1/p' | head -n 1)
test -n "$kernel" || { echo "error: no kernel for $architecture in $suite"; exit 1; }
# Newer packages have the image in one of its own.
binary=$(apt-cache depends --important "$kernel" |
  sed -n 's/^ *Depends: \(linux-binary-[^: ]*\).*/\1/p' | head -n 1)
binary=${binary:-$kernel}
# The libraries of kexec, and theirs.
libraries=
more=kexec-tools
while test -n "$more"; do
  more=$(apt-cache depends --important $more | sed -n 's/^ *Depends: \(z\{0,1\}lib[^: <>]*\).*/\1/p' |
    sort -u | grep -vxF "${libraries:-none}" || true)
  libraries=$(printf '%s\n%s' "$libraries" "$more" | sed '/^$/d')
done
cd "$apt/packages"
apt-get -q download "$binary" busybox-static kexec-tools $libraries
dpkg-deb --fsys-tarfile "$binary"_*.deb |
  tar -xO --wildcards './boot/vmlinuz-*' './usr/lib/modules/*/vmlinuz' \
    2> /dev/null > "$parts/vmlinuz" || true
test -s "$parts/vmlinuz" || { echo "error: no kernel in the package $binary"; exit 1; }
for package in busybox-static kexec-tools $libraries; do
  dpkg-deb -x "$package"_*.deb "$apt/unpacked"
done
cd "$apt/unpacked"
find . \( -path '*bin/busybox' -o -path '*bin/kexec' -o -path '*/lib*/*.so.*' \) \
  ! -type d ! -path '*/gconv/*' | while read -r file; do
  mkdir -p "$parts/root/$(dirname "$file")"
  cp -P "$file" "$parts/root/$file"
done
cd "$apt/packages"
for package in "$binary" busybox-static kexec-tools; do
  dpkg-deb --show --showformat '${Package} ${Version}\n' "$package"_*.deb
done > "$parts/versions.part"
mv "$parts/versions.part" "$parts/versions"
