#!/bin/sh
# Make the files of a release in a folder: the source as it stands at a tag, its bill of materials, and their sums.
# Refuses a tag that is not the project's version, or that does not stand on main. usage: release.sh TAG FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tag=$1
out=$2
main=${MAIN:-origin/main}
version=$(sed -n 's/^version = "\([0-9.]*\)"$/\1/p' pyproject.toml)
[ "$tag" = "v$version" ] || { echo "The tag is $tag, and pyproject.toml says $version." >&2; exit 1; }
git merge-base --is-ancestor "$tag^{commit}" "$main" || { echo "$tag is not on $main." >&2; exit 1; }
mkdir "$out"
# Git's tar holds the commit's own day, and gzip -n none: the same tag gives the same bytes.
git archive --format=tar --prefix="trygglofte-$version/" "$tag^{commit}" | gzip -9n >"$out/trygglofte-$version.tar.gz"
python3 "$here/sbom.py" . >"$out/trygglofte-$version.cdx.json"
cd "$out"
sha256sum ./*.tar.gz ./*.cdx.json | sed 's| \./| |' >SHA256SUMS
