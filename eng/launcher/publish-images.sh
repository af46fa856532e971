#!/bin/sh
# publish-images.sh REGISTRY TAG: builds each service's image for arm64 and x64, pushes it, and writes its digest into the
# selected stack's configuration. An image that the registry has under that tag already is not built again: tags never move there, and
# what was tried in one environment is what the next one gets. Used by .github/workflows/deploy.yml; needs a docker login to REGISTRY and
# a Pulumi stack.
set -eu
registry=${1:?registry, e.g. 111122223333.dkr.ecr.us-east-1.amazonaws.com}
tag=${2:?tag, e.g. the commit}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)

is_missing() {
  if docker buildx imagetools inspect "$registry/akidb/$1:$tag" >/dev/null 2>&1 </dev/null; then
    echo "$1:$tag is there already" >&2
    return 1
  fi
  echo "Publishing $1 …" >&2
}

write_digest() {
  digest=$(docker buildx imagetools inspect "$registry/akidb/$1:$tag" --format '{{.Manifest.Digest}}' </dev/null)
  case $digest in sha256:*) ;; *) echo "$1: the registry gave no digest ('$digest')" >&2; exit 1 ;; esac
  pulumi config set --path "akidb:workloads.images.$1" "$digest" </dev/null
}

# image name, project
while read -r name project; do
  if is_missing "$name"; then
    # Several runtime identifiers make a multi-architecture index; the digest that is deployed is the index's.
    dotnet publish "$root/$project" -c Release --nologo -v quiet \
      /t:PublishContainer "-p:RuntimeIdentifiers=\"linux-arm64;linux-x64\"" \
      "-p:ContainerRegistry=$registry" "-p:ContainerRepository=akidb/$name" "-p:ContainerImageTag=$tag" </dev/null
  fi
  write_digest "$name"
done <<'TABLE'
search-engine runtime/AkiDb.SearchEngine/AkiDb.SearchEngine.csproj
predictor runtime/AkiDb.Predictor/AkiDb.Predictor.csproj
router runtime/AkiDb.Router/AkiDb.Router.csproj
TABLE

# The warm embedding tier's image: the search engine's with the Lambda Web Adapter, which translates Lambda's events into HTTP.
# Its file system is the same but for one binary, so a change of the engine is a change of this one too.
if is_missing search-engine-lambda; then
  printf 'FROM %s/akidb/search-engine:%s\nCOPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.0 /lambda-adapter /opt/extensions/lambda-adapter\n' "$registry" "$tag" |
    # Lambda takes neither an index nor attestations: one architecture, one manifest.
    docker buildx build --quiet --platform linux/arm64 --provenance=false --push --tag "$registry/akidb/search-engine-lambda:$tag" - >/dev/null
fi
write_digest search-engine-lambda
