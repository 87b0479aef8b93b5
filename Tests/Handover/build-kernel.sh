#!/bin/sh
# Builds the kernel that hands over into FOLDER: bzImage, config, System.map, uapi headers, and `versions`
# with what it was built from. What is there already is not done again; what was interrupted goes on.
#
#   build-kernel.sh FOLDER [SUITE]
#
# The source is that of Debian's newest linux-source package in SUITE (sid). It is fetched by an apt of its
# own, from the system's mirror or DEBIAN_MIRROR. Source and build stay in FOLDER, 2.5 GB, for modules.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
suite=${2:-sid}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
fragment=$here/kernel.config
built=$folder/build

fail() { echo "error: $*" >&2; exit 1; }
seconds() { date +%s; }

for tool in gcc make flex bison bc xz flock apt-get dpkg-deb; do
  command -v $tool > /dev/null || fail "$tool is missing; see \`make kernel-tools\`"
done
exec 9> "$folder/lock"
flock -n 9 || { echo "waits for another build in $folder"; flock 9; }

# Functions stay functions, so that probes find them. Fields are read at their entry.
plain="-fno-inline-functions-called-once -fno-inline-small-functions -fno-early-inlining"
plain="$plain -fno-partial-inlining -fno-ipa-cp -fno-ipa-sra"
objects="kexec_handover kho_block luo_core luo_file luo_flb luo_session memfd_luo"
kbuild() {
  target=$1
  shift
  for object in $objects; do set -- "$@" "CFLAGS_$object.o=$plain"; done
  nice -n 19 make -C "$folder/source" O="$built" -j"$(nproc)" "$@" "$target"
}

# What a build is made anew for.
wanted() { cat "$fragment"; echo "# $plain: $objects"; }

fetch() {
  architecture=$(dpkg --print-architecture)
  . "$here/../Boot/debian.sh"
  # Where the meta package names none, the newest by its version.
  package=$(apt-cache search --names-only '^linux-source-[0-9.]*$' | cut -d ' ' -f 1 | sort -V | tail -n 1)
  test -n "$package" || fail "$mirror has no linux-source in $suite, or cannot be read"
  (cd "$folder" && rm -f linux-source-*.deb && apt-get -q download "$package") ||
    fail "$package cannot be fetched; run this again"
  dpkg-deb --show --showformat '${Package} ${Version}\n' "$folder/$package"_*.deb > "$folder/package.part"
  unset APT_CONFIG
  rm -rf "$apt"
  mv "$folder/package.part" "$folder/package"
}

unpack() {
  rm -rf "$folder/source" "$folder/source.part"
  mkdir "$folder/source.part"
  dpkg-deb --fsys-tarfile "$folder"/linux-source-*.deb | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
    tar -xJ -C "$folder/source.part" --strip-components 1 ||
    fail "the source cannot be unpacked into $folder (1.8 GB): $(df -h "$folder" | tail -n 1)"
  mv "$folder/source.part" "$folder/source"
  rm -f "$folder"/linux-source-*.deb
}

# Kconfig drops an option silently that is unknown or has a condition.
configure() {
  mkdir -p "$built"
  make -s -C "$folder/source" O="$built" KCONFIG_ALLCONFIG="$fragment" allnoconfig > "$folder/config.log" 2>&1 ||
    { tail -n 5 "$folder/config.log" >&2; fail "the kernel is not configured; see $folder/config.log"; }
  lost=$(grep '^CONFIG_' "$fragment" | grep -vxFf "$built/.config" || true)
  test -z "$lost" || fail "this source does not take these lines of $fragment:
$lost"
  wanted > "$folder/wanted"
}

compile() {
  began=$(seconds)
  for target in bzImage modules headers_install; do
    kbuild $target INSTALL_HDR_PATH="$folder" >> "$folder/build.log" 2>&1 9>&- || {
      grep -E -B 2 -A 4 'error:|Error [0-9]|No space' "$folder/build.log" | tail -n 20 >&2
      fail "the kernel is not built: see $folder/build.log. Run this again: what is compiled stays"
    }
  done
  echo "built in $(($(seconds) - began)) s"
}

test -s "$folder/package" || { rm -rf "$folder/source"; fetch; }
test -d "$folder/source" || { ls "$folder"/linux-source-*.deb > /dev/null 2>&1 || fetch; unpack; }
if ! wanted | cmp -s - "$folder/wanted"; then
  rm -f "$folder/versions"
  configure
fi
if ! test -s "$folder/versions"; then
  : > "$folder/build.log"
  compile
  cp "$built/arch/x86/boot/bzImage" "$built/System.map" "$folder"
  cp "$built/.config" "$folder/config"
  { cat "$folder/package"
    echo "kernel $(cat "$built/include/config/kernel.release")"
    echo "gcc $(gcc -dumpfullversion)"
  } > "$folder/versions.part"
  mv "$folder/versions.part" "$folder/versions"
fi
cat "$folder/versions"
