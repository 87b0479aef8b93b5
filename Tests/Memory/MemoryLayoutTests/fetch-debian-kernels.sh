#!/bin/sh
# Puts Debian's kernels for amd64, arm64 and i386 into a folder, as ARCHITECTURE/vmlinuz, and beside
# them what other tools say of them. Nothing is fetched again that is there.
#
#   fetch-debian-kernels.sh FOLDER
#
# apt gets lists, caches and a status file of its own, so that the system's configuration and its
# architectures stay as they are.
set -eu

folder=$1
mkdir -p "$folder"
cd "$folder"
exec 9> lock
flock 9

fetch() {
  architecture=$1 metapackage=$2
  test -s "$architecture/vmlinuz" && return
  package=$(apt-cache depends --important "$metapackage:$architecture" |
    sed -n 's/^ *Depends: \(linux-image-[^: ]*\).*/\1/p' | head -n 1)
  test -n "$package" || { echo "error: no package for $metapackage:$architecture"; exit 1; }
  mkdir -p "$architecture"
  (cd "$architecture" && apt-get -q download "$package:$architecture")
  dpkg-deb --fsys-tarfile "$architecture/$package"_*.deb |
    tar -xO --wildcards './boot/vmlinuz-*' > "$architecture/vmlinuz.part"
  rm "$architecture/$package"_*.deb
  echo "$package" > "$architecture/package"
  mv "$architecture/vmlinuz.part" "$architecture/vmlinuz"
}

if ! test -s amd64/vmlinuz || ! test -s arm64/vmlinuz || ! test -s i386/vmlinuz; then
  mkdir -p apt/state/lists/partial apt/cache/archives/partial
  : > apt/state/status
  cat > apt/apt.conf <<END
Dir::State "$folder/apt/state";
Dir::State::status "$folder/apt/state/status";
Dir::Cache "$folder/apt/cache";
APT::Architectures { "amd64"; "arm64"; "i386"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
END
  APT_CONFIG=$folder/apt/apt.conf
  export APT_CONFIG
  # One source of several may fail, such as one without these architectures; what counts is whether
  # the packages are found.
  apt-get -q update || true
  fetch amd64 linux-image-amd64
  fetch arm64 linux-image-arm64
  fetch i386 linux-image-686
  rm -r apt
fi

# The payload of a bzImage is an ELF file, and its size behind it.
unpack() {
  test -s "$1/vmlinux" && return
  setup=$(od -An -tu1 -j $((0x1f1)) -N 1 "$1/vmlinuz")
  offset=$(od -An -tu4 -j $((0x248)) -N 4 "$1/vmlinuz")
  length=$(od -An -tu4 -j $((0x24c)) -N 4 "$1/vmlinuz")
  start=$(((setup + 1) * 512 + offset))
  tail -c +$((start + 1)) "$1/vmlinuz" | head -c "$length" > "$1/payload"
  case $(od -An -tx1 -N 4 "$1/payload" | tr -d ' \n') in
    fd377a58) unpacker='xz -dc' ;;
    28b52ffd) unpacker='zstd -dc' ;;
    02214c18) unpacker='lz4 -dc' ;;
    1f8b*) unpacker='gzip -dc' ;;
    *) echo "error: the payload of $1 is compressed in another way"; exit 1 ;;
  esac
  # Unpackers complain about the four bytes of size behind the data; the test compares the size.
  $unpacker < "$1/payload" > "$1/vmlinux.part" 2> /dev/null || true
  tail -c 4 "$1/payload" > "$1/size"
  rm "$1/payload"
  mv "$1/vmlinux.part" "$1/vmlinux"
}
unpack amd64
unpack i386

for architecture in amd64 arm64 i386; do
  file -b "$architecture/vmlinuz" > "$architecture/file"
done
for architecture in amd64 i386; do
  readelf -lW "$architecture/vmlinux" > "$architecture/readelf"
done
