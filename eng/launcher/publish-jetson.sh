#!/bin/sh
# publish-jetson.sh VERSION BUCKET: builds what the Jetson boards run for linux-arm64, packs it, uploads it to the model bucket and
# writes version and hash into the selected stack's configuration. `pulumi up` then rolls it out in waves (docs/jetson.md).
# PROMETHEUS names a prometheus binary for linux-arm64; without it the archive has no metrics agent.
set -eu
version=${1:?version, e.g. 1.4.0}
bucket=${2:?model bucket of the home region}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# project, folder in the archive
while read -r project folder; do
  [ -f "$root/$project" ] || { echo "$project does not exist: the boards cannot run without it" >&2; exit 1; }
  echo "Publishing $folder …" >&2
  dotnet publish "$root/$project" -c Release --nologo -v quiet -r linux-arm64 --self-contained -o "$work/content/$folder"
done <<'TABLE'
runtime/AkiDb.SearchEngine/AkiDb.SearchEngine.csproj search-engine
runtime/AkiDb.Operations/AkiDb.Operations.csproj operations
TABLE
cp -r "$root/runtime/jetson/systemd" "$root/runtime/jetson/metrics.yml" "$work/content/"
[ -z "${PROMETHEUS:-}" ] || cp "$PROMETHEUS" "$work/content/prometheus"

# Sorted, and without times and owners: the same sources give the same hash.
tar -C "$work/content" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - . | gzip -n >"$work/akidb-jetson.tar.gz"
hash=$(sha256sum "$work/akidb-jetson.tar.gz" | cut -d ' ' -f 1)
aws s3 cp --only-show-errors "$work/akidb-jetson.tar.gz" "s3://$bucket/jetson/$version/akidb-jetson.tar.gz"
pulumi config set --path akidb:jetson.release.version "$version"
pulumi config set --path akidb:jetson.release.sha256 "$hash"
