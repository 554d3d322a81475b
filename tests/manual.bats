# The manual pages and README.md: what they say is so.
load helpers

# A checkout as `make run` leaves it: the tree, the programs under test, and the store of fixtures/inbox.
setup_file() {
    export CHECKOUT=$BATS_FILE_TMPDIR/checkout
    mkdir -p "$CHECKOUT/build"
    ln -s "$BIN" "$CHECKOUT/build/bin"
    for entry in "$ROOT"/*; do
        [[ ${entry##*/} == build ]] || ln -s "$entry" "$CHECKOUT"
    done
    cd "$CHECKOUT"
    pipelines/nightly --profiles fixtures/profiles fixtures/inbox build/store || [[ $? -eq 1 ]]
}

pages() {
    printf '%s\n' "$ROOT"/filters/*.1 "$ROOT"/pipelines/*.[157]
}

# prints_what_it_says FILE: runs its examples in a copy of the checkout; the transcript is to be the text.
prints_what_it_says() {
    rm -rf here
    cp -R "$CHECKOUT" here
    awk -v part=text -f "$ROOT/tests/examples.awk" "$1" >said
    awk -v part=script -f "$ROOT/tests/examples.awk" "$1" >script
    (cd here && bash "$T/script" </dev/null) >printed 2>errors
    diff said printed || { printf '%s:\n' "$1" && cat errors && return 1; }
}

@test "every program and pipeline has a manual page" {
    for file in "$BIN"/* "$PIPELINES"/*; do
        [[ -f $file && -x $file ]] || continue
        assert_exist "$(printf '%s\n' "$ROOT"/{filters,pipelines}/"${file##*/}.1" | xargs -d '\n' ls 2>/dev/null)"
    done
}

@test "no manual page has anything that mandoc complains of" {
    command -v mandoc >/dev/null || skip "needs mandoc: make packages-lint"
    pages | xargs -d '\n' mandoc -Tlint -Wwarning
}

@test "the examples of the manual pages print what stands there" {
    export PATH=$CHECKOUT/build/bin:$CHECKOUT/pipelines:$PATH TRAIMAT_PROFILE=fixtures/profiles/msc
    while IFS= read -r page; do
        prints_what_it_says "$page"
    done < <(pages)
}

@test "every filter and pipeline but load-postgres, which needs a server, has an example that is run" {
    while IFS= read -r page; do
        [[ $page != */load-postgres.1 ]] || continue
        awk -v part=text -f "$ROOT/tests/examples.awk" "$page" | grep -q '^\$ ' || { echo "$page" && return 1; }
    done < <(pages)
}

@test "the commands of the README print what stands there" {
    prints_what_it_says "$ROOT/README.md"
    assert [ "$(grep -c '^\$ ' said)" -ge 10 ]
}

@test "a wrong example is seen" {
    printf '.Sh EXAMPLES\n.Bd -literal\n$ echo one\nme\n.Ed\n.Dl $ echo two\n' >wrong.1
    run prints_what_it_says wrong.1
    assert_failure
    assert_line '< me'
    printf '.Sh EXAMPLES\n.Bd -literal\n$ (exit 2)\n.Ed\n' >wrong.1
    run prints_what_it_says wrong.1
    assert_failure
    assert_line '> status 2'
    printf '# Title\n\n    $ printf "%%s\\n" a |\n    >     cat\n    a\n\nText\n\n    not run\n' >right.md
    prints_what_it_says right.md
}

@test "traimat-tables(5) is what the schemas say" {
    jq -r -f "$ROOT/tests/tables-page.jq" "$PIPELINES"/profiles/common/schemas/*.json |
        diff "$PIPELINES/traimat-tables.5" - || fail "make pages makes it anew"
}

# rule_on_page RULE: what traimat-rules(7) says of a rule.
rule_on_page() {
    awk -v rule="$1" '/^\.It Li / { on = $3 == rule } /^\.El/ { on = 0 } on' "$PIPELINES/traimat-rules.7"
}

@test "traimat-rules(7) has every rule of the profile, as it is there, with an example of its message" {
    mlr --icsv --ojsonl cut -f rule,severity,thresholds,message "$PIPELINES/profiles/common/rules.csv" >rules
    assert [ "$(wc -l <rules)" -ge 50 ]
    while IFS= read -r line; do
        rule=$(jq -r .rule <<<"$line")
        rule_on_page "$rule" >page
        wanted=".It Li $rule Pq $(jq -r '.severity + if .thresholds == "" then "" else " , Li " + .thresholds end' <<<"$line")"
        assert_equal "$(head -n 1 page)" "$wanted"
        # {words} of the message stand for anything.
        pattern=$(jq -r '.message | gsub("(?<c>[*?\\[\\]\\\\])"; "\\\(.c)") | gsub("\\{[a-z]+\\}"; "*")' <<<"$line")
        example=$(sed -n 's/^\.D1 //p' page | sed 's/\\&//g')
        # shellcheck disable=SC2053
        [[ $example == $pattern ]] || { printf '%s: "%s" is not "%s"\n' "$rule" "$example" "$pattern" && return 1; }
    done <rules
}

@test "traimat-rules(7) has every rule that the other filters know" {
    grep -rhoE '(SEVERITY_[A-Z]+,|rule =).*' "$ROOT"/filters/{extract-*,normalize-thai*} --include='*.c' |
        grep -oE '"[a-z0-9]+(-[a-z0-9]+)+"' | tr -d '"' | sort -u >rules
    assert [ "$(wc -l <rules)" -ge 40 ]
    while IFS= read -r rule; do
        rule_on_page "$rule" | grep -q '^\.D1 ' || { echo "$rule" && return 1; }
    done <rules
}

@test "what traimat-rules(7) gives as examples of the other filters' rules are such" {
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    report=$FIXTURES/inbox/msc/2567-q1.txt
    while IFS=$'\t' read -r rule script; do
        severity=$(rule_on_page "$rule" | sed -n '1s/.* Pq \([a-z]*\).*/\1/p')
        # The sentence above a summary table is extract-records' own, and only a warning there.
        [[ $rule != projects-stated ]] || severity=warning
        sed -E "$script" "$report" >edited.txt
        ! cmp -s edited.txt "$report" || { echo "$rule: nothing edited" && return 1; }
        "$BIN/extract-sections" -f f1.csv -o sections.csv edited.txt || [[ $? -eq 1 ]]
        "$BIN/normalize-thai" -c heading,text -f f2.csv -o normal.csv sections.csv
        "$BIN/extract-records" -d tables -f f3.csv normal.csv || [[ $? -eq 1 ]]
        mlr --icsv --onidx cut -o -f severity,rule f1.csv f2.csv f3.csv >told
        grep -qx "$severity $rule" told || { echo "$severity $rule:" && cat told && return 1; }
    done <"$ROOT/tests/rules.tsv"
}
