#!/bin/sh
# A sample desk, and three messages that it answers: run by `make demo`.
set -eu
factdesk="$BIN/factdesk"
rm -rf "$DEMO"
run() {
    printf '\n\033[1m$ factdesk'
    for word in "$@"; do
        case $word in *" "*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\033[0m\n'
    "$factdesk" "$@"
}

run init "$DEMO" --name "Sample desk"
run import --sample --desk "$DEMO"
"$BIN/python" -m factdesk.sample --messages | while IFS= read -r message; do
    run match "$message" --desk "$DEMO" --top 3
done
run status --desk "$DEMO"
printf '\nThe sample desk is in %s: ask it something of your own with\n  %s match "..." --desk %s\n' "$DEMO" "$factdesk" "$DEMO"
