# Sourced by scripts/image: what building an image without an engine needs.

work=$root/.bun/image

install_tools() {
  missing=$(for tool in buildah debootstrap; do command -v "$tool" >/dev/null || echo "$tool"; done)
  [ "$(id -u)" -eq 0 ] || fail 'Building an image without a Docker engine needs root. With one: docker build -t oonobox .'
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || fail "This needs $(echo $missing), from Debian's packages of those names."
  echo "Installing $(echo $missing) …"
  { apt-get update && apt-get install -y --no-install-recommends $missing; } >>"$work/log" 2>&1 \
    || fail_building "$(echo $missing) could not be installed."
}

# Images of our own, apart from the machine's; without overlay file systems and namespaces, which sandboxes refuse.
in_storage() {
  command=$1
  shift
  BUILDAH_ISOLATION=chroot \
    buildah --storage-driver vfs --root "$work/storage" --runroot "$work/run" "$command" "$@"
}

fail_building() {
  { tail -n 40 "$work/log"; printf '\nThis is the end of %s.\n' "$work/log"; } >&2
  fail "$1"
}

product_version() {
  sed -n 's/^ *"version": *"\(.*\)",*$/\1/p' package.json
}
