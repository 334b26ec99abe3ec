# Sourced by the other scripts, with $root set: leaves $bun, the pinned Bun, and the locked dependencies installed
# ($without names what is not needed: --production leaves out the tools of development).
# Prints nothing unless something fails; what the installers say is in $log.

cd "$root" || exit 1
log=$root/.bun/install.log
mkdir -p "$root/.bun" && : >"$log" || exit 1

version=$(sed -n 's/.*"packageManager": *"bun@\([0-9.]*\)".*/\1/p' package.json)

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

fail_installing() {
  { tail -n 40 "$log"; printf '\nThis is the end of %s.\n' "$log"; } >&2
  fail "$1"
}

# A file that exists is not enough: installers may leave a placeholder, or a build for another libc.
is_pinned() {
  [ "$("$1" --version 2>/dev/null)" = "$version" ]
}

find_bun() {
  for bun in "$(command -v bun)" "$root/.bun/$version"/node_modules/@oven/*/bin/bun; do
    is_pinned "$bun" && return 0
  done
  return 1
}

# Installs packages into an empty folder with whatever is here. Nothing that is installed may run code.
install_into() {
  folder=$1
  shift
  mkdir -p "$folder" && printf '{ "private": true }\n' >"$folder/package.json" || return 1
  if command -v npm && (cd "$folder" && npm install --ignore-scripts --include=optional --no-audit --no-fund "$@"); then
    return 0
  elif command -v bun && (cd "$folder" && bun add --ignore-scripts "$@"); then
    return 0
  else
    echo 'Neither npm nor bun on PATH could install it.'
    return 1
  fi
}

fetch_bun() {
  set -- "bun@$version"
  # Older x64 processors need the build without AVX2, which the main package does not name.
  if [ "$(uname -m)" = x86_64 ] && [ -r /proc/cpuinfo ] && ! grep -q avx2 /proc/cpuinfo; then
    set -- "$@" "@oven/bun-linux-x64-baseline@$version"
  fi
  # Renamed into place, so that a start that was interrupted leaves nothing half installed.
  fetched=$root/.bun/fetching.$$
  install_into "$fetched" "$@" >>"$log" 2>&1 && rm -rf "$root/.bun/$version" && mv "$fetched" "$root/.bun/$version"
}

[ -n "$version" ] || fail 'package.json names no Bun version in "packageManager".'
if ! find_bun; then
  fetch_bun && find_bun || {
    rm -rf "$root/.bun/fetching.$$"
    fail_installing "Bun $version is not here and could not be installed. Install Node.js with npm, or Bun, and start again."
  }
fi

"$bun" install --frozen-lockfile ${without:-} >>"$log" 2>&1 || fail_installing 'The dependencies could not be installed.'
