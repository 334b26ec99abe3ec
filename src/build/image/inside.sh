# Run by try.sh in mount and process namespaces of its own, which take all of this with them when it ends.
set -eu
work=$1 tree=$2 volume=$3

mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --bind /dev "$tree/dev"
mount --bind "$volume" "$tree/storage"
mount -o remount,bind,ro "$tree"

# Runs a command inside the image, as its user and with its environment.
within="env -i $(tr '\n' ' ' <"$work/environment") OONOBOX_PORT=${OONOBOX_PORT:-8080} /usr/sbin/chroot --userspec=10001:10001 $tree"

if $within sh -c ': >/new' 2>/dev/null; then
  echo 'The root file system is not read-only.' >&2
  exit 1
fi

$within oonobox serve 2>>"$work/log" &
server=$!
tries=0
until $within oonobox _healthcheck; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo 'It does not answer on /up.' >&2; exit 1; }
  kill -0 "$server"
  sleep 0.1
done
echo "It answers, and its health check agrees; it has $(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' "$tree/proc/$server/status") kB in memory."

kill -TERM "$server"
wait "$server"
# A picture of one pixel, for the image process and its libvips.
printf 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' \
  | base64 -d | $within oonobox _self-check
find "$volume" ! -user 10001 | grep . && exit 1
du -sm "$tree" 2>/dev/null | sed 's/^\([0-9]*\).*/The image holds \1 MB./'
