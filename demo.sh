#!/bin/sh
# A sample desk, run by `make demo`: messages that it answers, evidence for what nobody has checked, a check from a claim
# to a signed publication, and the site that readers meet, verified on a machine without the desk.
set -eu
factdesk="$BIN/factdesk"
rm -rf "$DEMO" "$DEMO-keys" "$DEMO-site" "$DEMO-kit"
# For the demonstration the passphrase stands here; yours is typed, and seen by nobody.
FACTDESK_PASSPHRASE="a passphrase of the demonstration"
FACTDESK_KEYS_DIR="$DEMO-keys"
FACTDESK_PINS="$DEMO-keys/pins.txt"
export FACTDESK_PASSPHRASE FACTDESK_KEYS_DIR FACTDESK_PINS

show() {
    printf '\n\033[1m$ factdesk'
    for word in "$@"; do
        case $word in *" "*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\033[0m\n'
}
run() {
    show "$@"
    "$factdesk" "$@"
}
refused() {
    show "$@"
    ! "$factdesk" "$@"
}
say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
# The id in the last answer, which is JSON.
id_in() { "$BIN/python" -c 'import json, sys; print(json.load(sys.stdin)["id"])'; }

run init "$DEMO" --name "Sample desk"
run import --sample --desk "$DEMO"
"$BIN/python" -m factdesk.sample --messages | while IFS= read -r message; do
    run match "$message" --desk "$DEMO" --top 3
done
say "Not checked yet? The evidence library finds passages that bear on the claim."
run capture --sample --desk "$DEMO"
run evidence "Ăn nhiều cà rốt giúp nhìn rõ trong bóng tối" --desk "$DEMO" --top 1

say "An writes a check, Bình signs it: two people, and every quotation bound to a source that the desk fetched itself."
"$BIN/python" -m factdesk.sample --serve > "$DEMO/pages.txt" &
pages=$!
trap 'kill "$pages" 2>/dev/null || true' EXIT
tries=0
while [ ! -s "$DEMO/pages.txt" ] && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
site=$(cat "$DEMO/pages.txt")
run people add an --shown "An Nguyễn" --desk "$DEMO"
run people add binh --shown "Bình Trần" --role editor --as an --desk "$DEMO"
run key new --as binh --desk "$DEMO"
run capture "$site/carrots.en.html" "$site/post.en.html" --allow-private --desk "$DEMO" --as an
claim=$("$factdesk" claim add "Eating carrots lets you see in the dark." --kind checkable --topic health \
    --appearance "$site/post.en.html" --as an --desk "$DEMO" --json --quiet | id_in)
run claim show "$claim" --desk "$DEMO"
citation=$("$factdesk" cite "$site/carrots.en.html" \
    "Eating more of them than one needs does not let a healthy person see in the dark" \
    --stance refutes --claim "$claim" --as an --desk "$DEMO" --json --quiet | id_in)
"$BIN/python" -m factdesk.sample --check en "$claim" "$citation" "$DEMO/carrots.md"
run lint "$DEMO/carrots.md" --desk "$DEMO"
check=$("$factdesk" check import "$DEMO/carrots.md" --as an --desk "$DEMO" --json --quiet | id_in)
run check submit "$check" --as an --desk "$DEMO"
refused check sign "$check" --as an --desk "$DEMO"
run check sign "$check" --as binh --desk "$DEMO"
run check publish "$check" --as binh --desk "$DEMO"
run log "$check" --brief --desk "$DEMO"
run match "My grandmother says that eating carrots lets you see in the dark" --desk "$DEMO" --top 1

say "A reader, without the desk: the bundle, and the fingerprint that Bình gave them."
run bundle "$check" -o "$DEMO/carrots.wacz" --desk "$DEMO"
binh=$("$factdesk" key show --as binh --desk "$DEMO" --json |
    "$BIN/python" -c 'import json, sys; print(json.load(sys.stdin)[0]["fingerprint"])')
run verify "$DEMO/carrots.wacz" --pin "$binh"
say "The site that readers meet, with pages that the desk wrote about itself, and all of it verified from outside."
"$BIN/python" -m factdesk.sample --site "$DEMO"
run site build -o "$DEMO-site" --base-url https://desk.example --desk "$DEMO"
run verify "$DEMO-site" --pin "$binh"
run share "$check" -o "$DEMO-kit" --base-url https://desk.example --desk "$DEMO"
run status --desk "$DEMO"
printf '\nThe sample site is a folder of plain files: file://%s/index.html\n' "$(cd "$DEMO-site" && pwd)"
printf 'Seen as readers would, with what is still a draft:\n  %s site preview --desk %s\n' "$factdesk" "$DEMO"
printf '\nThe sample desk is in %s: ask it something of your own with\n  %s match "..." --desk %s\n' "$DEMO" "$factdesk" "$DEMO"
