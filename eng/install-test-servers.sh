#!/usr/bin/env bash
# Debian packages that tests and benchmarks need: servers that they start themselves, tools (promtool, amtool), a corpus of texts.
# Without arguments what tests need, with --bench what benchmarks need too, otherwise only the packages that are named.
set -euo pipefail

packages=(redis-server chromium fonts-dejavu-core prometheus prometheus-alertmanager wordnet-base)
if [[ "${1:-}" == "--bench" ]]; then
  packages+=(wrk nginx libnginx-mod-http-lua lua-nginx-redis haproxy)
elif [[ $# -gt 0 ]]; then
  packages=("$@")
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then
  exit 0
fi

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  as_root=(sudo)
fi

# The packages' own services must not start: tests choose ports and end what they start.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
