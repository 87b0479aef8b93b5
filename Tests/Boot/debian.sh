# Debian's packages of another suite and architecture, by an apt of its own: it gets lists, caches and a
# status file, so that the system's configuration and its architectures stay as they are. The mirror is
# the system's, or DEBIAN_MIRROR. Sourced by what fetches, with $folder, $architecture and $suite.

mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
  grep '/debian/*$' | head -n 1)}
test -n "$mirror" || { echo "error: apt knows no mirror of Debian; say one: DEBIAN_MIRROR=…"; exit 1; }

apt=$folder/apt-$architecture-$suite
rm -rf "$apt"
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/packages"
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

# Packages, and the libraries that they need.
with_libraries() {
  known=
  more=$*
  while test -n "$more"; do
    known=$(printf '%s\n' $known $more)
    more=$(apt-cache depends --important $more | sed -n 's/^ *Depends: \(z\{0,1\}lib[^: <>]*\).*/\1/p' |
      sort -u | grep -vxF "$known" || true)
  done
  echo "$known"
}

# Puts the programs of packages, and the libraries that they need, into a folder.
#
#   fetch_programs FOLDER "busybox kexec" busybox-static kexec-tools
fetch_programs() {
  to=$1
  names=$2
  shift 2
  cd "$apt/packages"
  packages=$(with_libraries "$@")
  apt-get -q download $packages
  for package in $packages; do
    dpkg-deb -x "$package"_*.deb "$apt/unpacked"
  done
  cd "$apt/unpacked"
  { find . \( -name '*.so.*' -o -path '*-linux-gnu/lib*.so' \) -path '*/lib*/*' ! -path './usr/share/*' \
      ! -path '*/gconv/*' ! -type d
    for name in $names; do find . -path "*bin/$name" ! -type d; done
  } | while read -r file; do
    mkdir -p "$to/$(dirname "$file")"
    cp -P "$file" "$to/$file"
  done
}

# Writes a line for each package with its version.
write_versions() {
  to=$1
  shift
  cd "$apt/packages"
  for package in "$@"; do
    dpkg-deb --show --showformat '${Package} ${Version}\n' "$package"_*.deb
  done > "$to.part"
  mv "$to.part" "$to"
}
