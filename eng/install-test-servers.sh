#!/usr/bin/env bash
# Debian packages that the integration tests and `akidb bench router` start as servers of their own. Nothing is left running.
set -euo pipefail

packages=(redis-server)
if [[ "${1:-}" == "--bench" ]]; then
  packages+=(wrk nginx libnginx-mod-http-lua lua-nginx-redis haproxy)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then
  exit 0
fi

# The packages' own services must not start: tests choose ports and end what they start.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
