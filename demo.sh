#!/bin/sh
# A sample desk: messages that it answers, and evidence for what nobody has checked: run by `make demo`.
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
printf '\n\033[1mNot checked yet? The evidence library: sources frozen, passages found, quotations bound and verified.\033[0m\n'
run capture --sample --desk "$DEMO"
run evidence "Ăn nhiều cà rốt giúp nhìn rõ trong bóng tối" --desk "$DEMO" --top 1
run cite carrots.en "does not let a healthy person see in the dark" --stance refutes --desk "$DEMO"
run bundle carrots.en -o "$DEMO/carrots.wacz" --desk "$DEMO"
run verify "$DEMO/carrots.wacz"
run status --desk "$DEMO"
printf '\nThe sample desk is in %s: ask it something of your own with\n  %s match "..." --desk %s\n' "$DEMO" "$factdesk" "$DEMO"
