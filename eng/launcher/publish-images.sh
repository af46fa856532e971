#!/bin/sh
# publish-images.sh REGISTRY TAG: builds each service's image for arm64 and x64, pushes it, and writes its digest into the
# selected stack's configuration. Used by .github/workflows/deploy.yml; needs a docker login to REGISTRY and a Pulumi stack.
set -eu
registry=${1:?registry, e.g. 111122223333.dkr.ecr.us-east-1.amazonaws.com}
tag=${2:?tag, e.g. the commit}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# image name, project
while read -r name project; do
  [ -f "$root/$project" ] || { echo "left out: $name ($project does not exist yet)" >&2; continue; }
  echo "Publishing $name …" >&2
  # Several runtime identifiers make a multi-architecture index; the digest that is deployed is the index's.
  dotnet publish "$root/$project" -c Release --nologo -v quiet \
    /t:PublishContainer "-p:RuntimeIdentifiers=\"linux-arm64;linux-x64\"" \
    "-p:ContainerRegistry=$registry" "-p:ContainerRepository=akidb/$name" "-p:ContainerImageTag=$tag"
  digest=$(docker buildx imagetools inspect "$registry/akidb/$name:$tag" --format '{{.Manifest.Digest}}')
  case $digest in sha256:*) ;; *) echo "$name: the registry gave no digest ('$digest')" >&2; exit 1 ;; esac
  pulumi config set --path "akidb:workloads.images.$name" "$digest"
done <<'TABLE'
search-engine runtime/AkiDb.SearchEngine/AkiDb.SearchEngine.csproj
predictor runtime/AkiDb.Predictor/AkiDb.Predictor.csproj
router runtime/AkiDb.Router/AkiDb.Router.csproj
TABLE
