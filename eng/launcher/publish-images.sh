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

# The warm embedding tier's image: the search engine's with the Lambda Web Adapter, which translates Lambda's events into HTTP.
# Its file system is the same but for one binary, so a change of the engine is a change of this one too.
if [ -f "$root/runtime/AkiDb.SearchEngine/AkiDb.SearchEngine.csproj" ]; then
  echo "Publishing search-engine-lambda …" >&2
  printf 'FROM %s/akidb/search-engine:%s\nCOPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.0 /lambda-adapter /opt/extensions/lambda-adapter\n' "$registry" "$tag" |
    # Lambda takes neither an index nor attestations: one architecture, one manifest.
    docker buildx build --quiet --platform linux/arm64 --provenance=false --push --tag "$registry/akidb/search-engine-lambda:$tag" - >/dev/null
  digest=$(docker buildx imagetools inspect "$registry/akidb/search-engine-lambda:$tag" --format '{{.Manifest.Digest}}')
  case $digest in sha256:*) ;; *) echo "search-engine-lambda: the registry gave no digest ('$digest')" >&2; exit 1 ;; esac
  pulumi config set --path akidb:workloads.images.search-engine-lambda "$digest"
fi
