#!/bin/sh
# Ask every address in a list of `trygglofte links` whether it answers, one a second, and give one entry for
# issues.py: what does not answer, and where it stands. Addresses are data: they are only ever arguments to curl.
set -eu
answers=$(mktemp)
ask() {
  curl -sSL -o /dev/null --globoff --proto '=http,https' --proto-redir '=http,https' --max-redirs 5 --max-time 20 \
    --max-filesize 20000000 -A 'Trygglofte link check' -w '%{http_code}' "$@" 2>/dev/null || true
}
jq -r '.[].adress' "$1" | while IFS= read -r address; do
  code=$(ask --head --url "$address")
  case $code in
    2??) ;;
    *) sleep "${PAUSE:-1}"; code=$(ask --url "$address") ;;
  esac
  # 401, 403, 405, 429 and 503 say that somebody is there, and does not want to be asked by a machine.
  case $code in
    2?? | 401 | 403 | 405 | 429 | 503) ;;
    *) jq -n --arg adress "$address" --arg svar "$code" '{adress: $adress, svar: $svar}' >>"$answers" ;;
  esac
  sleep "${PAUSE:-1}"
done
jq -n --slurpfile svar "$answers" --slurpfile alla "$1" '
  ($alla[0] | map({key: .adress, value: .var}) | from_entries) as $var
  | [{rubrik: "Länkar som inte svarar",
      text: (if ($svar | length) == 0 then "" else
        "De här adresserna svarade inte i natt. Ärendet stängs av sig självt när alla svarar.\n\n"
        + ($svar | map("- `" + (.adress | gsub("`"; "")) + "` (svar " + .svar + "): "
            + ($var[.adress] | map("`" + gsub("`"; "") + "`") | join(", "))) | join("\n")) + "\n" end)}]'
rm -f "$answers"
