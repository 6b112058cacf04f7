#!/bin/sh
# Put the preview of the run that GITHUB_EVENT_PATH tells of on the branch `forhandsvisning`, and sweep away those of
# pull requests that are not open. What comes from the pull request is only ever an argument in quotes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
event() { jq -r ".workflow_run.$1 // empty" "$GITHUB_EVENT_PATH"; }

work=$(mktemp -d)
gh auth setup-git
gh pr list --state open --limit 1000 --json number,headRefOid >"$work/open.json"
# The pull request is the open one with just this commit at its head: what the run itself says is not believed.
number=$(jq -r --arg sha "$(event head_sha)" '[.[] | select(.headRefOid == $sha) | .number][0] // empty' "$work/open.json")

if git fetch -q --depth 1 origin forhandsvisning 2>/dev/null; then
  git worktree add -q --detach "$work/tree" FETCH_HEAD
else
  git worktree add -q --detach --no-checkout "$work/tree"
  git -C "$work/tree" read-tree --empty
fi
if [ -n "$number" ] && [ "$(event conclusion)" = success ] && [ "$(event event)" = pull_request ]; then
  if gh run download "$(event id)" --name forhandsvisning --dir "$work/artefact"; then
    rm -rf "$work/tree/pr-$number"
    python3 "$here/unpack.py" "$work/artefact/forhandsvisning.tar" "$work/tree/pr-$number"
  fi
fi
for folder in "$work/tree"/pr-*; do
  [ -d "$folder" ] || continue
  jq -e --arg n "${folder##*/pr-}" 'any(.[]; (.number | tostring) == $n)' "$work/open.json" >/dev/null || rm -rf "$folder"
done
git -C "$work/tree" add -A -f
git -C "$work/tree" diff --cached --quiet && exit 0
# One commit, always: no preview is kept in a history.
tree=$(git -C "$work/tree" write-tree)
commit=$(GIT_AUTHOR_NAME=forhandsvisning GIT_AUTHOR_EMAIL=forhandsvisning@trygglofte.example \
  GIT_COMMITTER_NAME=forhandsvisning GIT_COMMITTER_EMAIL=forhandsvisning@trygglofte.example \
  git commit-tree "$tree" -m "Förhandsvisningar")
git push -q --force origin "$commit:refs/heads/forhandsvisning"
