# Sourced by scripts/image: stands in for the two images that the Dockerfile starts from, under their names.

suite=bookworm

make_bases() {
  has_image debian:$suite-slim || make_debian || fail_building "The base debian:$suite-slim could not be made."
  has_image "oven/bun:$version-slim" || make_bun || fail_building "The base oven/bun:$version-slim could not be made."
}

has_image() {
  in_storage inspect --type image "docker.io/$(full_name "$1")" >/dev/null 2>&1
}

full_name() {
  case $1 in */*) echo "$1" ;; *) echo "library/$1" ;; esac
}

# Where this machine gets its own Debian packages from.
mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null \
    | sed -n 's/^URIs: *\(http[^ ]*\/debian\/*\)$/\1/p; s/^deb .*\(http[^ ]*\/debian\/*\) .*/\1/p' | head -n 1
}

make_debian() {
  echo "Making the base debian:$suite-slim …"
  tree=$work/debian
  rm -rf "$tree"
  debootstrap --variant=minbase "$suite" "$tree" "$(mirror)" >>"$work/log" 2>&1 || return 1
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/* "$tree"/usr/share/doc/* "$tree"/usr/share/locale/*
  base=$(in_storage from scratch) \
    && in_storage copy "$base" "$tree" / >>"$work/log" 2>&1 \
    && in_storage config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$base" \
    && in_storage commit --format docker "$base" "docker.io/library/debian:$suite-slim" >>"$work/log" 2>&1 \
    && in_storage rm "$base" >>"$work/log" \
    && rm -rf "$tree"
}

# With the certificates this machine trusts, so that packages come from where it gets its own.
make_bun() {
  echo "Making the base oven/bun:$version-slim …"
  base=$(in_storage from --pull-never "docker.io/library/debian:$suite-slim") \
    && in_storage copy "$base" "$(readlink -f "$(bun_file)")" /usr/local/bin/bun >>"$work/log" 2>&1 \
    && in_storage copy "$base" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt >>"$work/log" 2>&1 \
    && in_storage config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$base" \
    && in_storage commit --format docker "$base" "docker.io/oven/bun:$version-slim" >>"$work/log" 2>&1 \
    && in_storage rm "$base" >>"$work/log"
}

# `bun` on PATH may be a script that starts the real one.
bun_file() {
  "$bun" -e 'console.log(process.execPath)'
}
