# Runs on a board as root, sent by Systems Manager (components/…/Fleet/BoardRelease.cs): puts one release in place, and the one before
# back if the new one does not come up. Running it again with the same release changes nothing.
#   VERSION   release, e.g. 1.4.0          SHA256   of the archive       ARCHIVE   where it was downloaded to
#   BOARD_SITE, METRICS_URL                labels and receiver of the metrics agent; an empty URL leaves the agent off
# AKIDB_HOME, SYSTEMD and READY_URL have defaults; tests set them.
set -eu
home=${AKIDB_HOME:-/opt/akidb}
systemd=${SYSTEMD:-/etc/systemd/system}
ready=${READY_URL:-http://127.0.0.1:8080/healthz/ready}
units="akidb-edge.service akidb-power-manager.service"
[ -z "$METRICS_URL" ] || units="$units akidb-metrics.service"

fail() { echo "$*" >&2; exit 1; }

is_up() {
  tries=${READY_TRIES:-30}
  while [ "$tries" -gt 0 ]; do
    if curl -fsS -o /dev/null --max-time 2 "$ready" 2>/dev/null && systemctl is-active --quiet $units; then return 0; fi
    tries=$((tries - 1))
    sleep "${READY_PAUSE:-2}"
  done
  return 1
}

# use FOLDER: makes it the current release and starts its units.
use() {
  ln -sfn "$1" "$home/current.new"
  mv -T "$home/current.new" "$home/current"
  cp "$home"/current/systemd/*.service "$systemd/"
  systemctl daemon-reload
  systemctl enable --quiet $units
  systemctl restart $units
}

mkdir -p "$home/releases"
printf 'AKIDB_SITE=%s\nAKIDB_BOARD=%s\nAKIDB_METRICS_URL=%s\n' "$BOARD_SITE" "$(hostname)" "$METRICS_URL" >"$home/board.env"
previous=$(readlink "$home/current" 2>/dev/null || true)
target=$home/releases/$VERSION-$(printf %.12s "$SHA256")
if [ "$previous" = "$target" ] && is_up; then echo "release $VERSION runs"; exit 0; fi

if [ ! -d "$target" ]; then
  echo "$SHA256  $ARCHIVE" | sha256sum -c --quiet - || fail "release $VERSION: the archive is not the one that was released"
  rm -rf "$target.new"
  mkdir -p "$target.new"
  tar -xzf "$ARCHIVE" -C "$target.new" --no-same-owner
  mv -T "$target.new" "$target"
fi

use "$target"
if is_up; then
  # The last two stay: the one that runs and the way back.
  for old in "$home"/releases/*; do
    [ "$old" = "$target" ] || [ "$old" = "$previous" ] || rm -rf "$old"
  done
  echo "release $VERSION is up"
  exit 0
fi

[ -n "$previous" ] && [ "$previous" != "$target" ] || fail "release $VERSION does not come up, and there is none to go back to"
use "$previous"
is_up || fail "release $VERSION does not come up, and neither does $(basename "$previous")"
fail "release $VERSION does not come up; $(basename "$previous") runs again"
