# Sourced by scripts/image: starts the image read-only, as its user, with one volume, and looks whether it is well.
# A port below 1024 would need a network of its own, which a container has and this has not.

try_image() {
  echo 'Starting it, read-only and as its own user …'
  container=$(in_storage from --pull-never localhost/oonobox) && tree=$(in_storage mount "$container") \
    || fail_building 'The image could not be mounted.'
  trap 'rm -rf "$work/volume"; in_storage rm "$container" >/dev/null' EXIT
  rm -rf "$work/volume" && mkdir -m 0700 "$work/volume" && chown 10001:10001 "$work/volume"
  in_storage inspect --type image --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' localhost/oonobox \
    | grep . >"$work/environment" || fail_building 'The image names no environment.'

  unshare --mount --pid --fork --kill-child sh "$root/src/build/image/inside.sh" "$work" "$tree" "$work/volume" \
    || fail_building 'The image does not run as it should.'
}
