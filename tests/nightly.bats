# pipelines/nightly: new and changed reports to versions in a store.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    Q2=$FIXTURES/inbox/msc/2567-q2.txt
    Q3=$FIXTURES/inbox/msc/2567-q3.txt
    mkdir -p inbox/msc
}

nightly() {
    "$PIPELINES/nightly" --settle 0 "$@"
}

# listing FOLDER: every path in it with its kind, mode, link and hash, to compare a store before and after.
listing() {
    (cd -- "$1" && find . -mindepth 1 ! -name .lock -printf '%P %y %m %l\n' | LC_ALL=C sort &&
        find . -type f ! -name .lock -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
}

# one_good_and INBOX-FILE: runs over a good report and the bad one, and checks what must hold for each.
one_good_and() {
    cp "$Q2" inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_failure 2
    assert_output --partial "inbox/msc/$1"
    assert_exist store/msc/2567-q2/v0001/projects.csv
    assert_not_exist "store/msc/${1%%.*}"
    assert_equal "$(ls store)" msc
    assert_equal "$(ls -A store)" $'.lock\nmsc'
}

# shim PROGRAM: the standard input as a script in place of a program that nightly calls. REAL is the program's own path.
shim() {
    mkdir -p shims
    { printf '#!/bin/bash\nREAL=%q T=%q\n' "$(type -P "$1")" "$T" && cat; } >"shims/$1"
    chmod +x "shims/$1"
}

@test "a clean report becomes version 1, and latest points to it" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    assert_success
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0001
    assert_exist store/msc/2567-q2/v0001/source.txt.gz
    assert_exist store/msc/2567-q2/v0001/datapackage.json
}

@test "a report with seeded faults is stored, and the status is 1" {
    cp "$Q3" inbox/msc/
    run nightly inbox store
    assert_failure 1
    assert_exist store/msc/2567-q3/latest/projects.csv
}

@test "an agency's own submission is a dataset of its own" {
    cp -R "$FIXTURES/inbox/msc/REEF" inbox/msc/
    run nightly inbox store
    assert [ "$status" -le 1 ]
    assert_exist store/msc/REEF/2567-q3/v0001/projects.csv
}

@test "a second run makes no new version and says unchanged" {
    cp "$Q2" "$Q3" inbox/msc/
    run nightly inbox store
    assert [ "$status" -le 1 ]
    before=$(listing store)
    run nightly inbox store
    assert_success
    assert_output --regexp 'msc/2567-q2 +v0001 unchanged'
    assert_output --regexp 'msc/2567-q3 +v0001 unchanged'
    assert_equal "$(listing store)" "$before"
}

@test "the same report compressed is the same report" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    gzip inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_success
    assert_output --regexp 'msc/2567-q2 +v0001 unchanged'
}

@test "a changed report becomes version 2, and version 1 stays as it was" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    before=$(listing store/msc/2567-q2/v0001)
    sed 's/ร้อยละ/ร้อยละ /' "$Q2" >inbox/msc/2567-q2.txt
    run nightly inbox store
    assert [ "$status" -le 1 ]
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0002
    assert_equal "$(listing store/msc/2567-q2/v0001)" "$before"
    assert_equal "$(jq -r .version_before store/msc/2567-q2/v0002/datapackage.json)" v0001
}

@test "a changed profile makes a new version of the same report" {
    cp "$Q2" inbox/msc/
    cp -R "$FIXTURES/profiles" profiles
    run nightly --profiles profiles inbox store
    assert_success
    echo >profiles/msc/a-new-file
    run nightly --profiles profiles inbox store
    assert_success
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0002
}

@test "sha256sum finds every file of a version as it was listed" {
    cp "$Q3" inbox/msc/
    run nightly inbox store
    cd store/msc/2567-q3/latest
    sha256sum --quiet --strict -c SHA256SUMS
    assert_equal "$(wc -l <SHA256SUMS)" "$(find . -type f ! -name SHA256SUMS | wc -l)"
}

@test "a version's files cannot be written to" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    assert_success
    assert_exist store/msc/2567-q2/v0001/projects.csv
    assert_equal "$(find store/msc/2567-q2/v0001 -type f -perm /222)" ""
}

@test "two stores made of the same inbox are equal byte for byte" {
    cp "$Q2" "$Q3" inbox/msc/
    for store in one two; do
        run nightly inbox $store
        assert_failure 1
        assert_equal "$(cd $store && echo msc/*/*)" \
            "msc/2567-q2/latest msc/2567-q2/v0001 msc/2567-q3/latest msc/2567-q3/v0001"
    done
    diff -r one two
}

@test "the source in a version is the report byte for byte" {
    cp "$Q3" inbox/msc/
    run nightly inbox store
    gzip -dc store/msc/2567-q3/latest/source.txt.gz | cmp - "$Q3"
}

@test "the data package names every table with its bytes, hash and rows" {
    cp "$Q3" inbox/msc/
    run nightly inbox store
    cd store/msc/2567-q3/latest
    assert_equal "$(jq -r '.resources[].path' datapackage.json | sort)" "$(printf '%s\n' *.csv source.txt.gz | sort)"
    jq -r '.resources[] | "\(.hash | ltrimstr("sha256:"))  \(.path)"' datapackage.json | sha256sum --quiet -c
    while read -r path bytes; do
        assert_equal "$(stat -c %s "$path")" "$bytes"
    done < <(jq -r '.resources[] | "\(.path) \(.bytes)"' datapackage.json)
    assert_equal "$(jq -r .source_sha256 datapackage.json)" "$(sha256sum <"$Q3" | cut -d ' ' -f 1)"
}

@test "Miller and sqlite3 read every table with the number of rows that the data package says" {
    cp "$Q3" inbox/msc/
    run nightly inbox store
    cd store/msc/2567-q3/latest
    while read -r path rows; do
        assert_equal "$path $(mlr --icsv --ojson cat "$path" | jq length)" "$path $rows"
        assert_equal "$path $(csv_count "$path")" "$path $rows"
    done < <(jq -r '.resources[] | select(.rows != null) | "\(.path) \(.rows)"' datapackage.json)
}

@test "every table has its schema in the data package, with the table's columns" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    cd store/msc/2567-q2/latest
    while read -r path columns; do
        assert_equal "$path $(head -n 1 "$path")" "$path $columns"
    done < <(jq -r '.resources[] | select(.format == "csv") | "\(.path) \([.schema.fields[].name] | join(","))"' datapackage.json)
}

@test "an empty report is refused and the others are taken" {
    : >inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "is empty"
}

@test "a binary is refused and the others are taken" {
    cp "$(type -P bash)" inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "is binary"
}

@test "a truncated gzip is refused and the others are taken" {
    gzip -c "$Q3" | head -c 5000 >inbox/msc/2566-q1.txt.gz
    one_good_and 2566-q1.txt.gz
    assert_output --partial "unexpected end of file"
}

@test "a zip or Office file is refused as no text, under any report's name, each night again" {
    # A zip of one deflated text, as the archives of office programs begin.
    printf 'PK\003\004\024\000\000\000\010\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\001\000\000\000a' >zip
    gzip -nc "$Q3" | tail -c +11 >>zip
    cp zip inbox/msc/2566-q2.txt
    cp zip inbox/msc/2566-q3.txt.gz
    cp zip inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    for name in 2566-q1.txt 2566-q2.txt 2566-q3.txt.gz; do
        assert_line "nightly: error: inbox/msc/$name: is a zip archive, as Excel and Word files are (.xlsx, .docx): save it as plain text in UTF-8: refused; the store has what it had of msc/${name%%.*}"
    done
    refute_output --partial 'growing'
}

@test "a file that another packer made is refused, and is not taken for one that grows" {
    printf '\037\235\220\101\204\014\001' >inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    refute_output --partial 'growing'
}

@test "a report that is called compressed and is not is taken as it is, and one that is not called so is unpacked" {
    cp "$Q2" inbox/msc/2567-q2.txt.gz
    gzip -c "$Q3" >inbox/msc/2567-q3.txt
    run nightly inbox store
    assert_failure 1
    gzip -dc store/msc/2567-q2/latest/source.txt.gz | cmp - "$Q2"
    gzip -dc store/msc/2567-q3/latest/source.txt.gz | cmp - "$Q3"
}

@test "a report that is not UTF-8 is refused with its line and the others are taken" {
    { head -n 3 "$Q3" && printf 'a\xff\n'; } >inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "inbox/msc/2566-q1.txt:4:"
}

@test "a directory with a report's name is refused and the others are taken" {
    mkdir inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "is a directory"
}

@test "a named pipe with a report's name is refused and the others are taken" {
    mkfifo inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "not a regular file"
}

@test "a text that is no report is refused and the others are taken" {
    printf 'Dear all,\n\nplease find the report attached.\n' >inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "no project was found"
}

@test "a report without read permission is refused and the others are taken" {
    need_plain_user
    cp "$Q3" inbox/msc/2566-q1.txt
    chmod 000 inbox/msc/2566-q1.txt
    one_good_and 2566-q1.txt
    assert_output --partial "ermission denied"
}

@test "without read permission is refused for root as well when it runs as nobody" {
    [[ $EUID -eq 0 ]] || skip "the test before says it for a plain user"
    command -v setpriv >/dev/null || skip "needs setpriv"
    cp "$Q2" inbox/msc/2567-q2.txt
    cp "$Q3" inbox/msc/2566-q1.txt
    chmod 600 inbox/msc/2566-q1.txt
    copy=$(mktemp -d /tmp/traimat-nobody.XXXXXX)
    mkdir -p "$copy/build" "$copy/store"
    cp -R inbox "$copy/"
    cp -R "$PIPELINES" "$copy/pipelines"
    cp -R "$FIXTURES/profiles" "$copy/own"
    cp -R "$BIN" "$copy/build/bin"
    chmod -R a+rX "$copy"
    chmod 600 "$copy/inbox/msc/2566-q1.txt"
    chmod 777 "$copy/store"
    unset TRAIMAT_BIN TRAIMAT_PROFILES
    run setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$copy/pipelines/nightly" --profiles "$copy/own" "$copy/inbox" "$copy/store"
    stored=$(cd "$copy/store" && echo msc/*/latest)
    rm -rf "$copy"
    assert_failure 2
    assert_output --partial "2566-q1.txt: permission denied"
    assert_equal "$stored" msc/2567-q2/latest
}

@test "a bad report leaves the version that was there" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    before=$(listing store)
    head -c 1000 /dev/urandom >inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_failure 2
    assert_output --regexp 'msc/2567-q2 +refused'
    assert_equal "$(listing store)" "$before"
}

@test "a report both plain and compressed is taken from neither" {
    cp "$Q3" inbox/msc/2566-q1.txt
    gzip -c "$Q2" >inbox/msc/2566-q1.txt.gz
    one_good_and 2566-q1.txt
    assert_output --partial "stands twice"
}

@test "a ministry without a profile is named with the folder looked in" {
    mkdir inbox/mow
    cp "$Q2" inbox/mow/
    run nightly inbox store
    assert_failure 2
    assert_output --partial "ministry mow has no profile"
    assert_output --partial "$FIXTURES/profiles/mow"
}

@test "-p gives every ministry the same profile" {
    mkdir inbox/mow
    cp "$Q2" inbox/mow/
    run nightly -p "$FIXTURES/profiles/msc" inbox store
    assert_success
    assert_exist store/mow/2567-q2/latest/projects.csv
}

@test "names that are no report's are ignored, named, and touch nothing" {
    cp "$Q2" inbox/msc/
    cp "$Q2" inbox/msc/2567-q5.txt
    cp "$Q2" inbox/msc/2567-q1.TXT
    cp "$Q2" inbox/msc/..2567-q1.txt
    cp "$Q2" inbox/msc/$'2567-q1\n.txt'
    cp "$Q2" inbox/msc/$'2567-q1\xff.txt'
    cp "$Q2" inbox/2567-q1.txt
    mkdir inbox/msc/reef inbox/MSC inbox/-rf inbox/msc/REEF inbox/msc/REEF/DEEP
    cp "$Q2" inbox/msc/REEF/DEEP/2567-q1.txt
    run nightly inbox store
    assert_failure 1
    for name in 'inbox/msc/2567-q5.txt' 'inbox/msc/2567-q1.TXT' "\$'inbox/msc/2567-q1\\n.txt'" \
        "\$'inbox/msc/2567-q1\\377.txt'" 'inbox/2567-q1.txt' 'inbox/msc/REEF/DEEP'; do
        assert_line "nightly: ignored: $name: a report is called mdes/2567-q3.txt or mdes/NSO/2567-q3.txt"
    done
    for name in 'inbox/msc/..2567-q1.txt' 'inbox/msc/reef' 'inbox/MSC' 'inbox/-rf'; do
        assert_line "nightly: ignored: $name"
    done
    assert_equal "$(cd store && echo *) $(cd store/msc && echo *)" "msc 2567-q2"
}

@test "symbolic links in the inbox are not followed" {
    mkdir -p elsewhere
    cp "$Q2" elsewhere/2567-q2.txt
    ln -s ../../elsewhere/2567-q2.txt inbox/msc/2567-q2.txt
    ln -s ../../elsewhere inbox/msc/REEF
    ln -s ../elsewhere inbox/mow
    run nightly inbox store
    assert_failure 1
    assert_line "nightly: ignored: inbox/msc/2567-q2.txt: is a link, and links are not followed"
    assert_line "nightly: ignored: inbox/msc/REEF"
    assert_line "nightly: ignored: inbox/mow"
    assert_equal "$(ls store)" ""
}

@test "what a killed run left is cleared, and a version without its link gets it" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    cp -R store/msc/2567-q2/v0001 store/msc/2567-q2/v0002
    mkdir -p store/.new.abc/version
    echo half >store/.new.abc/version/projects.csv
    ln -s v0002 store/msc/2567-q2/.latest.1
    run nightly inbox store
    assert_success
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0002
    assert_equal "$(ls -A store) $(ls -A store/msc/2567-q2 | paste -sd ' ')" $'.lock\nmsc latest v0001 v0002'
}

@test "a link that a killed run left does not open the version that it shows to writers" {
    cp "$Q2" inbox/msc/
    run nightly inbox store
    before=$(listing store)
    # As if it had been killed between making the link and renaming it.
    ln -s v0001 store/msc/2567-q2/.latest.77
    run nightly inbox store
    assert_success
    assert_equal "$(listing store)" "$before"
}

@test "a second run waits for the first, and says so" {
    cp "$Q2" inbox/msc/
    mkdir store
    exec 8>>store/.lock
    flock 8
    nightly inbox store >out 2>err 8>&- &
    for _ in {1..100}; do
        grep -q waiting err && break
        sleep 0.1
    done
    assert_file_contains err "another run holds .*waiting"
    assert_not_exist store/msc
    exec 8>&-
    wait $!
    assert_exist store/msc/2567-q2/latest/projects.csv
}

@test "a version that is in the store and could not be shown is told as that, and the next run shows it" {
    cp "$Q2" inbox/msc/
    shim ln <<<'echo "ln: no" >&2; exit 1'
    PATH=$T/shims:$PATH run nightly inbox store
    assert_failure 2
    assert_line "nightly: error: inbox/msc/2567-q2.txt: msc/2567-q2 v0001 is in the store, but could not be shown as its latest: the next run does it"
    refute_output --partial refused
    assert_line --regexp '^msc/2567-q2 +v0001 not shown '
    assert_not_exist store/msc/2567-q2/latest
    run nightly inbox store
    assert_success
    assert_line --regexp '^msc/2567-q2 +v0001 unchanged '
    "$PIPELINES/store" -s store verify
}

@test "four runs at once leave one version" {
    cp "$Q2" inbox/msc/
    for n in 1 2 3 4; do
        nightly inbox store >"out$n" 2>&1 &
    done
    wait
    assert_equal "$(ls store/msc/2567-q2 | paste -sd ' ')" "latest v0001"
}

@test "the inbox is not changed" {
    cp "$Q2" "$Q3" inbox/msc/
    before=$(listing inbox)
    run nightly inbox store
    assert_failure 1
    assert_exist store/msc/2567-q3/latest/projects.csv
    assert_equal "$(listing inbox)" "$before"
}

@test "the summary counts projects and findings as the tables have them" {
    cp "$Q3" inbox/msc/
    nightly inbox store >summary 2>/dev/null || true
    count() { mlr --icsv --onidx filter "$2" then count "store/msc/2567-q3/latest/$1.csv"; }
    wanted="msc/2567-q3 v0001 $(count projects true) $(count findings '$severity == "error"')"
    wanted+=" $(count findings '$severity == "warning"') $(count findings '$severity == "note"')"
    assert_equal "$(awk 'NR == 2 { print $1, $2, $3, $4, $5, $6 }' summary)" "$wanted"
}

@test "an inbox that is not there is status 2" {
    run nightly nowhere store
    assert_failure 2
    assert_output --partial nowhere
    assert_not_exist store
}

@test "an operand without a name is refused: nothing is made anywhere" {
    cp "$Q2" inbox/msc/
    before=$(listing inbox)
    for operands in 'inbox ""' '"" store' '"" ""'; do
        eval "run nightly $operands"
        assert_failure 2
        assert_output --partial 'an operand is empty'
    done
    assert_equal "$(listing inbox)" "$before"
    assert_equal "$(ls)" inbox
}

@test "a store that is the inbox, or lies in it, is refused; one beside it that begins with its name is none" {
    cp "$Q2" inbox/msc/
    ln -s inbox/msc link
    before=$(listing inbox)
    for store in inbox inbox/store inbox/msc/../store link/store ./inbox/; do
        run nightly inbox "$store"
        assert_failure 2
        assert_output --partial 'the store is the inbox or lies in it'
    done
    assert_equal "$(listing inbox)" "$before"
    run nightly inbox inbox-store
    assert_success
    assert_exist inbox-store/msc/2567-q2/latest
}

@test "an inbox without reports is status 0 and makes no dataset" {
    run nightly inbox store
    assert_success
    assert_output --partial "no report in inbox"
    assert_equal "$(ls store)" ""
}

@test "the real report gives a version with all 123 summary rows and 17 declared figures" {
    need_report
    unset TRAIMAT_PROFILES
    mkdir inbox/mdes
    cp "$REPORT" inbox/mdes/2567-q3.txt
    run nightly inbox store
    assert [ "$status" -le 1 ]
    cd store/mdes/2567-q3/latest
    # Sub-rows are numbered 6.1 or 47.A1, the total rows say `total`, and one project of strategy 5 has no number.
    assert_equal "$(mlr --icsv --onidx filter '$number =~ "^[0-9]+$"' then count summary.csv)" 123
    assert_equal "$(csv_count declared.csv)" 17
}

@test "each project of the real report has a row, or a finding that says its details are missing" {
    need_report
    unset TRAIMAT_PROFILES
    mkdir inbox/mdes
    cp "$REPORT" inbox/mdes/2567-q3.txt
    run nightly inbox store
    assert [ "$status" -le 1 ]
    cd store/mdes/2567-q3/latest
    # Strategy 5 is not handed in: its 15 numbered projects and one whose number is a dash.
    listed=$(mlr --icsv --onidx filter '$number =~ "^([0-9]+|-)$"' then count summary.csv)
    known=$(mlr --icsv --onidx filter '$parent == "" && $number =~ "^[0-9]+$"' then count projects.csv)
    missing=$(mlr --icsv --onidx filter '$rule == "details-missing" && $key =~ "^S5\.P"' then count findings.csv)
    assert_equal "$((known + missing))" "$listed"
}

@test "the real report's second run makes no version, and every table is read by Miller and sqlite3 alike" {
    need_report
    unset TRAIMAT_PROFILES
    mkdir inbox/mdes
    cp "$REPORT" inbox/mdes/2567-q3.txt
    run nightly inbox store
    assert [ "$status" -le 1 ]
    run nightly inbox store
    assert_success
    assert_equal "$(ls store/mdes/2567-q3 | paste -sd ' ')" "latest v0001"
    cd store/mdes/2567-q3/latest
    sha256sum --quiet --strict -c SHA256SUMS
    while read -r path rows; do
        assert_equal "$path $(mlr --icsv --ojson cat "$path" | jq length)" "$path $rows"
        assert_equal "$path $(csv_count "$path")" "$path $rows"
    done < <(jq -r '.resources[] | select(.rows != null) | "\(.path) \(.rows)"' datapackage.json)
}

# What is taken when

@test "a report that grows while it is looked at is left for the next run, which takes it whole" {
    cp "$Q2" "$Q3" inbox/msc/
    # The first filter appends to the file that it is given the text of.
    mkdir slow
    ln -s "$BIN"/* slow/
    rm slow/extract-sections
    printf '#!/bin/bash\n[[ $1 == --version ]] || echo >>"%s/inbox/msc/2567-q2.txt"\nexec "%s/extract-sections" "$@"\n' "$T" "$BIN" \
        >slow/extract-sections
    chmod +x slow/extract-sections
    TRAIMAT_BIN=$T/slow run nightly inbox store
    assert_failure 1
    assert_line "nightly: inbox/msc/2567-q2.txt: still growing: left for the next run"
    assert_not_exist store/msc/2567-q2
    assert_exist store/msc/2567-q3/latest
    run nightly inbox store
    assert_success
    gzip -dc store/msc/2567-q2/latest/source.txt.gz | cmp - inbox/msc/2567-q2.txt
}

@test "a report that was just written is taken once it has been as it is for a moment" {
    cp "$Q2" inbox/msc/
    # A file of tomorrow's time: it is as it is from when it is looked at.
    touch -d tomorrow inbox/msc/2567-q2.txt
    began=$EPOCHREALTIME
    run "$PIPELINES/nightly" --settle 3.5 inbox store
    ended=$EPOCHREALTIME
    assert_success
    assert_exist store/msc/2567-q2/latest
    assert [ $((${ended/./} - ${began/./})) -ge 3500000 ]
}

@test "the content counts, not the time" {
    cp "$Q2" inbox/msc/
    nightly inbox store
    touch inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_output --regexp 'msc/2567-q2 +v0001 unchanged'
    sed -i 's/ร้อยละ/ร้อยละ /' inbox/msc/2567-q2.txt
    touch -d '2001-01-01' inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_output --regexp 'msc/2567-q2 +v0002 '
}

@test "one report at a time or four at once make the same store" {
    cp -R "$FIXTURES/inbox/msc" inbox/
    cp -R inbox/msc inbox/msd
    status_one=0 status_four=0
    nightly -j 1 -p "$TRAIMAT_PROFILES/msc" inbox one >out1 2>&1 || status_one=$?
    nightly -j4 -p "$TRAIMAT_PROFILES/msc" inbox four >out4 2>&1 || status_four=$?
    assert_equal "$status_one $status_four" "1 1"
    diff -r one four
}

@test "four runs at once leave each dataset with one new version" {
    cp -R "$FIXTURES/inbox/msc" inbox/
    nightly -q inbox store || true
    sed -i '1s/^/รายงาน /' inbox/msc/*.txt inbox/msc/REEF/*.txt
    for n in 1 2 3 4; do
        nightly inbox store >"out$n" 2>&1 &
    done
    wait
    for dataset in msc/2567-q2 msc/2567-q3 msc/REEF/2567-q3; do
        assert_equal "$dataset $(ls -A "store/$dataset" | paste -sd ' ')" "$dataset latest v0001 v0002"
    done
    "$PIPELINES/store" -s store verify
}

# Names

@test "names that could lead out of the store are ignored, named in the log, and touch nothing" {
    mkdir -p elsewhere 'inbox/..msc' inbox/msc/-rf "inbox/$(printf 'x%.0s' {1..200})"
    cp "$Q2" elsewhere/2567-q2.txt
    cp "$Q2" inbox/msc/2567-q2.txt
    cp "$Q2" inbox/msc/--help
    cp "$Q2" "inbox/msc/$(printf 'ก%.0s' {1..80}).txt"
    cp "$Q2" inbox/msc/$'a\n2567-q1.txt'
    cp "$Q2" inbox/msc/$'\xff\xfe.txt'
    ln -s "$T/elsewhere/2567-q2.txt" inbox/msc/2567-q3.txt
    before=$(listing elsewhere)
    run nightly --log log inbox store
    assert_failure 1
    for name in 'inbox/..msc' 'inbox/msc/-rf' "inbox/$(printf 'x%.0s' {1..200})" 'inbox/msc/--help' \
        "inbox/msc/$(printf 'ก%.0s' {1..80}).txt" "\$'inbox/msc/a\\n2567-q1.txt'" "\$'inbox/msc/\\377\\376.txt'" 'inbox/msc/2567-q3.txt'; do
        grep -qF $'\tignored\t-\t'"$name" log || fail "the log lacks $name: $(cat log)"
    done
    # One line an event: begun, the eight above, stored, ended.
    assert_equal "$(wc -l <log)" 11
    assert_equal "$(ls -A store store/msc | paste -sd ' ')" "store: .lock msc  store/msc: 2567-q2"
    assert_equal "$(listing elsewhere)" "$before"
    assert_equal "$(ls | paste -sd ' ')" "elsewhere inbox log store"
}

@test "an inbox and a store with odd names are taken as they are called" {
    mkdir -p -- "-in box/msc"
    cp -- "$Q2" "-in box/msc/"
    run "$PIPELINES/nightly" --settle 0 -- '-in box' $'st\tore \\'
    assert_success
    assert_exist $'st\tore \\/msc/2567-q2/latest/projects.csv'
}

# Files that go, and operands that are not there

@test "a report that goes before it is looked at is refused, and the one beside it is taken" {
    cp "$Q2" inbox/msc/
    for name in 2567-q3.txt 2567-q3.txt.gz; do
        cp "$Q3" inbox/msc/2567-q3.txt
        [[ $name != *.gz ]] || gzip -f inbox/msc/2567-q3.txt
        shim stat <<<'rm -f "$T"/inbox/msc/2567-q3.*; exec "$REAL" "$@"'
        rm -rf store
        PATH=$T/shims:$PATH run nightly inbox store
        assert_failure 2
        assert_line "nightly: error: inbox/msc/$name: has gone: refused; the store has what it had of msc/2567-q3"
        refute_output --partial 'no report in'
        assert_line --regexp '^msc/2567-q2 +v0001 '
        assert_not_exist store/msc/2567-q3
    done
}

@test "a compressed report that goes before its hash is taken is refused, not taken for an empty one" {
    cp "$Q2" inbox/msc/
    gzip -c "$Q3" >inbox/msc/2567-q3.txt.gz
    shim stat <<<'"$REAL" "$@"; rm -f "$T"/inbox/msc/2567-q3.txt.gz'
    PATH=$T/shims:$PATH run nightly inbox store
    assert_failure 2
    assert_line "nightly: error: inbox/msc/2567-q3.txt.gz: cannot be read: refused; the store has what it had of msc/2567-q3"
    assert_line --regexp '^msc/2567-q2 +v0001 '
}

@test "a report whose file is older than any report can be is taken" {
    cp "$Q2" inbox/msc/
    touch -d '1970-01-01 00:00:00.8 UTC' inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_success
    assert_exist store/msc/2567-q2/latest
}

# A damaged store, a damaged profile, a killed program

@test "a data package in the store that is damaged or gone is named, and no other dataset gets a new version" {
    for ministry in msa msb mse; do
        mkdir inbox/$ministry
        cp "$Q2" inbox/$ministry/
    done
    nightly -q -p "$FIXTURES/profiles/msc" inbox store
    chmod -R u+w store/msb
    # Cut short; empty; as it must be, with something behind it; without any figure; gone.
    package=store/msb/2567-q2/v0001/datapackage.json
    cp $package whole
    for damage in 'head -c 100 whole' true 'cat whole - <<<"{"' 'echo {}' 'rm $package'; do
        eval "$damage" >$package
        before=$(listing store)
        run nightly -p "$FIXTURES/profiles/msc" inbox store
        assert_failure 2
        assert_line "nightly: error: inbox/msb/2567-q2.txt: v0001/datapackage.json in the store is missing or damaged: refused; the store has what it had of msb/2567-q2"
        assert_line --regexp '^msa/2567-q2 +v0001 unchanged '
        assert_line --regexp '^mse/2567-q2 +v0001 unchanged '
        assert_equal "$(listing store)" "$before"
    done
}

@test "a report whose making is killed is refused, and the others of its wave are made" {
    for ministry in msa msb mse; do
        mkdir inbox/$ministry
        cp "$Q2" inbox/$ministry/
    done
    # The first extract-sections kills the make-version that it works for.
    mkdir killing
    ln -s "$BIN"/* killing/
    rm killing/extract-sections
    cat >killing/extract-sections <<END
#!/bin/bash
if [[ \$1 != --version ]] && mkdir "$T/killed" 2>/dev/null; then
    pid=\$\$ victims=()
    while ((pid > 1)); do
        [[ \$(<"/proc/\$pid/comm") != make-version ]] || victims+=("\$pid")
        pid=\$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/\$pid/status")
    done
    kill -KILL "\${victims[@]}"
fi
exec "$BIN/extract-sections" "\$@"
END
    chmod +x killing/extract-sections
    TRAIMAT_BIN=$T/killing run nightly -j 1 -p "$FIXTURES/profiles/msc" inbox store
    assert_failure 2
    assert_equal "$(printf '%s\n' "${lines[@]}" | grep -cE '^ms[abe]/2567-q2 +refused ')" 1
    assert_equal "$(printf '%s\n' "${lines[@]}" | grep -cE '^ms[abe]/2567-q2 +v0001 ')" 2
    assert_output --partial 'something failed while its version was made'
    run nightly -p "$FIXTURES/profiles/msc" inbox store
    assert_success
    assert_equal "$(echo store/*/2567-q2/latest/SHA256SUMS | wc -w)" 3
}

@test "a profile with a file that cannot be read keeps out its own ministry's reports alone" {
    for ministry in msc mse; do
        mkdir -p inbox/$ministry/REEF profiles
        cp "$Q2" inbox/$ministry/
        cp "$FIXTURES/inbox/msc/REEF/2567-q3.txt" inbox/$ministry/REEF/
        cp -R "$FIXTURES/profiles/msc" profiles/$ministry
    done
    # Nobody may read there, not even root.
    ln -s /proc/self/mem profiles/msc/units.csv
    run nightly --profiles profiles inbox store
    assert_failure 2
    assert_line "nightly: error: inbox/msc/2567-q2.txt: the profile of msc cannot be read whole: refused; the store has what it had of msc/2567-q2"
    assert_equal "$(printf '%s\n' "${lines[@]}" | grep -c '^sha256sum: ')" 1
    assert_not_exist store/msc
    assert_equal "$(cd store && echo */2567-q?/latest */REEF/2567-q?/latest)" "mse/2567-q2/latest mse/2567-q3/latest mse/REEF/2567-q3/latest"
    # What was there before is told as it is, and the merged dataset is not made either.
    rm profiles/msc/units.csv
    nightly -q --profiles profiles inbox store || true
    ln -s /proc/self/mem profiles/msc/units.csv
    before=$(listing store)
    run nightly --profiles profiles inbox store
    assert_failure 2
    assert_line --regexp '^msc/2567-q3 +refused '
    assert_line --regexp '^mse/2567-q3 +v0001 unchanged '
    assert_equal "$(listing store)" "$before"
}

@test "an editor's swap file is no part of a profile" {
    cp "$Q2" inbox/msc/
    cp -R "$FIXTURES/profiles" profiles
    nightly -q --profiles profiles inbox store
    ln -s /proc/self/mem profiles/msc/.settings.csv.swp
    mkdir profiles/msc/.hidden
    echo >profiles/msc/.hidden/file
    run nightly --profiles profiles inbox store
    assert_success
    assert_line --regexp '^msc/2567-q2 +v0001 unchanged '
}

@test "CDPATH of the user's shell changes nothing" {
    cp "$Q2" "$Q3" inbox/msc/
    mkdir -p other/inbox/msc other/version other/pipelines other/store
    nightly -q inbox store || true
    CDPATH=$T/other:/ run nightly inbox again
    assert_failure 1
    diff -r store again
    cd "$ROOT"
    CDPATH=$T/other:/ run bash pipelines/nightly --settle 0 "$T/inbox" "$T/store"
    assert_success
    cd "$T"
    CDPATH=$T/other run "$PIPELINES/store" -s store verify
    assert_success
}

@test "nightly runs by its bare name, from its own folder" {
    cp "$Q2" inbox/msc/
    cd "$PIPELINES"
    run bash nightly --settle 0 "$T/inbox" "$T/store"
    assert_success
    assert_exist "$T/store/msc/2567-q2/latest"
}

# Other machines

# machine [SHELL]: the line of a host that is this machine, by a stand-in for ssh that runs the commands in the test's folder, by
# that login shell, which it names in SHELL as sshd does. Behind each report there, the standard input is run in the report's
# folder, where its tables.tar lies.
machine() {
    type -P parallel rsync >/dev/null || skip "needs parallel and rsync"
    cat >spoil
    printf '#!/bin/bash\nexport SHELL=%q\n' "$(type -P "${1-bash}")" >ssh
    cat >>ssh <<'END'
# Options, as parallel and rsync give them, the host, the command.
while [[ $1 == -* ]]; do
    [[ $1 != -[loip] ]] || shift
    shift
done
shift
[[ $1 != -- ]] || shift
cd -- "${0%/*}" || exit
export HOME=$PWD
"$SHELL" -c "$*" || exit
[[ $* == *perl* ]] || exit 0
for tables in .traimat-nightly.*/*/tables.tar; do
    [[ ! -f $tables ]] || (cd -- "${tables%/*}" && . "$HOME/spoil")
done
END
    chmod +x ssh
    # The last line counts without an end.
    printf '1/%s/ssh host' "$T" >hosts
}

# elsewhere: a run over one report, by the machine; it must have the tables that this machine makes.
elsewhere() {
    cp "$Q2" inbox/msc/
    nightly -q inbox here
    run nightly --log log --hosts hosts inbox store
    diff -r here/msc store/msc
}

@test "tables from another machine are taken" {
    machine </dev/null
    elsewhere
    assert_success
    assert_equal "$(cut -f 3 log)" $'begun\nelsewhere\nstored\nended'
}

@test "tables from a machine whose login shell is tcsh or fish are taken" {
    need_heavy "tcsh and fish"
    for shell in tcsh fish; do
        machine "$shell" </dev/null
        rm -rf log store
        elsewhere
        assert_success
        assert_equal "$shell $(cut -f 3 log | xargs)" "$shell begun elsewhere stored ended"
    done
}

@test "what another machine sends beside the tables is not run" {
    machine <<<'echo "touch $T/owned" >job; ln -sf /etc/hostname row; tar -rf tables.tar job row'
    export T
    elsewhere
    assert_success
    assert_not_exist owned
}

@test "another machine's word on its tables is no expression" {
    export T
    machine <<<'echo "rows[\$(touch $T/owned)]" >found; tar -xf tables.tar version said.there; tar -cf tables.tar version found said.there'
    elsewhere
    assert_success
    assert_not_exist owned
    assert_equal "$(cut -f 3 log | grep -c here)" 1
}

@test "tables from another machine with a link, a folder or another file among them are made here" {
    for spoil in 'ln -sf /etc/hostname version/kpis.csv' 'mkdir version/more.csv' 'touch version/SHA256SUMS' \
        'rm said.there; ln -s /etc/hostname said.there' 'mv version v; ln -s v version'; do
        machine <<<"tar -xf tables.tar; $spoil; rm tables.tar; tar -cf tables.tar version found said.there"
        rm -rf log store
        elsewhere
        assert_success
        assert_equal "$spoil $(cut -f 3 log | grep -c here)" "$spoil 1"
    done
}

# What is told

@test "--quiet is silent when all is well, and tells what is not" {
    cp "$Q2" inbox/msc/
    touch inbox/msc/notes.md inbox/msc/2567-q3.part 'inbox/msc/~$2567-q3.docx' inbox/msc/.2567-q3.txt
    mkdir inbox/msc/old
    touch inbox/msc/old/notes.md
    run nightly --quiet inbox store
    assert_success
    refute_output
    : >inbox/msc/2567-q3.txt
    run nightly --quiet inbox store
    assert_failure 2
    assert_output --partial "2567-q3.txt: error: is empty"
    assert_output --regexp 'msc/2567-q3 +refused'
}

@test "what looks like a report under a wrong name is status 1, and a quiet run tells it too" {
    mkdir inbox/msc/reef
    touch inbox/msc/reef/2567-q3.txt.gz
    for name in msc/2567-Q3.txt msc/2567-q3.TXT msc/2567-3.txt msc/2567-q3.xlsx msc/2567-q3.docx 2567-q3.txt msc/2567-q3.PDF; do
        touch "inbox/$name"
        run nightly --quiet inbox store
        assert_failure 1
        assert_line "nightly: ignored: inbox/$name: a report is called mdes/2567-q3.txt or mdes/NSO/2567-q3.txt"
        assert_equal "${#lines[@]}" 2
        rm "inbox/$name"
    done
    assert_line "nightly: ignored: inbox/msc/reef: a report is called mdes/2567-q3.txt or mdes/NSO/2567-q3.txt"
}

@test "an Excel, Word or PDF file with a report's name is refused with what it is, and the others are taken" {
    printf 'PK\x03\x04\x14\0\6\0' >inbox/msc/2566-q1.txt
    printf '%%PDF-1.4\n' >inbox/msc/2566-q2.txt
    one_good_and 2566-q1.txt
    assert_line "nightly: error: inbox/msc/2566-q1.txt: is a zip archive, as Excel and Word files are (.xlsx, .docx): save it as plain text in UTF-8: refused; the store has what it had of msc/2566-q1"
    assert_output --partial "inbox/msc/2566-q2.txt: is a PDF file"
}

@test "--profiles on the command line goes before TRAIMAT_PROFILE, and -p before both" {
    cp "$Q2" inbox/msc/
    unset TRAIMAT_PROFILES
    TRAIMAT_PROFILE=$T/nowhere run nightly --profiles "$FIXTURES/profiles" inbox store
    assert_success
    TRAIMAT_PROFILE=$T/nowhere run nightly --profiles "$T/nowhere" -p "$FIXTURES/profiles/msc" inbox store
    assert_success
    TRAIMAT_PROFILE=$FIXTURES/profiles/msc run nightly inbox other
    assert_success
    assert_exist other/msc/2567-q2/v0001
}

@test "the log has one line an event: time, run, event, dataset, text" {
    cp "$Q2" inbox/msc/
    : >inbox/msc/2567-q3.txt
    run nightly --log log inbox store
    run nightly --log log inbox store
    assert_equal "$(cut -f 3,4 log | paste -sd ' ')" \
        $'begun\t- stored\tmsc/2567-q2 said\tmsc/2567-q3 refused\tmsc/2567-q3 ended\t- begun\t- unchanged\tmsc/2567-q2 said\tmsc/2567-q3 refused\tmsc/2567-q3 ended\t-'
    refute grep -qvE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{4}	[0-9]+	[a-z]+	[^	]+	.' log
    assert_equal "$(cut -f 2 log | uniq | wc -l)" 2
}

@test "a log that cannot be written is trouble before anything is done" {
    cp "$Q2" inbox/msc/
    run nightly --log nowhere/log inbox store
    assert_failure 2
    assert_output --partial 'nowhere/log: cannot be written'
    assert_not_exist store
}

@test "a log whose disk is full does not stop the reports, and is trouble" {
    cp "$Q2" inbox/msc/
    run nightly --log /dev/full inbox store
    assert_failure 2
    assert_output --partial '/dev/full: cannot be written'
    assert_exist store/msc/2567-q2/latest/projects.csv
}

@test "--dry-run says what would be made and makes nothing" {
    cp -R "$FIXTURES/inbox/msc" inbox/
    rm inbox/msc/2567-q3.txt
    run nightly --dry-run inbox store
    assert_success
    for dataset in msc/2567-q2 msc/2567-q3 msc/REEF/2567-q3; do
        assert_line --regexp "^$dataset +v0001 would be made "
    done
    assert_not_exist store
    nightly -q inbox store
    before=$(listing store)
    sed -i '1s/^/รายงาน /' inbox/msc/2567-q2.txt
    run nightly -n inbox store
    assert_line --regexp '^msc/2567-q2 +v0002 would be made '
    assert_line --regexp '^msc/2567-q3 +v0001 unchanged '
    assert_equal "$(listing store)" "$before"
}

@test "a run that waits for another one gives up after its time limit" {
    cp "$Q2" inbox/msc/
    mkdir store
    exec 8>>store/.lock
    flock 8
    run nightly --lock-timeout 0 inbox store
    assert_failure 2
    assert_output --partial 'is still held after 0 s: this run gives up'
    assert_not_exist store/msc
}

@test "wrong options are named and are status 2" {
    for option in --fast -j0 '-j x' '--lock-timeout=-1' '--settle=soon' '--hosts=nowhere'; do
        # shellcheck disable=SC2086
        run nightly $option inbox store
        assert_failure 2
        assert_output --partial "${option%%[= 0]*}"
    done
    assert_not_exist store
}

@test "a report whose name says another period than the report is told" {
    cp "$Q2" inbox/msc/2567-q4.txt
    run nightly inbox store
    assert_failure 1
    assert_line "nightly: inbox/msc/2567-q4.txt: warning: its name says 2567-q4, the report itself 2567-q2"
    assert_exist store/msc/2567-q4/latest/projects.csv
}

@test "a user who is not root makes, follows and prunes read-only versions, and clears what was left" {
    [[ $EUID -ne 0 ]] || command -v setpriv >/dev/null || skip "needs setpriv"
    as=()
    [[ $EUID -ne 0 ]] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    copy=$(mktemp -d /tmp/traimat-nobody.XXXXXX)
    mkdir -p "$copy/build" "$copy/store" "$copy/inbox/msc"
    cp -R "$PIPELINES" "$copy/pipelines"
    cp -R "$FIXTURES/profiles" "$copy/own"
    cp -R "$BIN" "$copy/build/bin"
    chmod -R a+rX "$copy"
    chmod 777 "$copy/store"
    unset TRAIMAT_BIN TRAIMAT_PROFILES
    statuses=
    for file in "$Q2" "$Q3"; do
        cp "$file" "$copy/inbox/msc/2567-q2.txt"
        chmod a+r "$copy/inbox/msc/2567-q2.txt"
        status=0
        "${as[@]}" "$copy/pipelines/nightly" --settle 0 --profiles "$copy/own" "$copy/inbox" "$copy/store" >>out 2>&1 || status=$?
        statuses+="$status "
        # As if it had been killed before the last rename.
        "${as[@]}" cp -a "$copy/store/msc/2567-q2/v0001" "$copy/store/msc/2567-q2/.new-v0007"
    done
    status=0
    "${as[@]}" "$copy/pipelines/store" -s "$copy/store" prune --keep 1 --yes >>out 2>&1 || status=$?
    versions=$(ls -A "$copy/store/msc/2567-q2" | paste -sd ' ')
    chmod -R u+w "$copy/store"
    rm -rf "$copy"
    cat out
    assert_equal "$statuses$status" "0 1 0"
    assert_equal "$versions" "latest v0002"
}

# Large tables

@test "tables of the profile's size and more are compressed, each time to the same bytes" {
    cp "$Q2" "$Q3" inbox/msc/
    cp -R "$FIXTURES/profiles" profiles
    echo gzip_from,6000 >>profiles/msc/settings.csv
    run nightly --profiles profiles inbox store
    assert_failure 1
    run nightly --profiles profiles inbox again
    diff -r store again
    nightly -q inbox plain || true
    for version in msc/2567-q2 msc/2567-q3; do
        for table in "plain/$version"/latest/*.csv; do
            name=${table##*/}
            if (($(stat -c %s "$table") >= 6000)); then
                gzip -dc "store/$version/latest/$name.gz" | cmp - "$table"
                assert_not_exist "store/$version/latest/$name"
                # No name and no time in the header.
                assert_equal "$(od -An -tx1 -j 3 -N 5 "store/$version/latest/$name.gz")" ' 00 00 00 00 00'
            else
                cmp "store/$version/latest/$name" "$table"
            fi
        done
    done
    assert_exist store/msc/2567-q3/latest/sections.csv.gz
    # The data package names them, with the rows within.
    assert_equal "$(jq -r '.resources[] | select(.name == "sections") | "\(.path) \(.compression) \(.rows)"' \
        store/msc/2567-q3/latest/datapackage.json)" "sections.csv.gz gz $(csv_count plain/msc/2567-q3/latest/sections.csv)"
    "$PIPELINES/store" -s store verify
    # They are compared as plain ones are.
    run "$PIPELINES/compare-quarters" -d changes store/msc/2567-q2 store/msc/2567-q3
    assert_failure 1
    gzip -dcf store/msc/2567-q3/latest/quarter-changes.csv.gz | cmp - changes/changes.csv
    run nightly --profiles profiles inbox store
    assert_output --regexp 'msc/2567-q3 +v0001 unchanged'
}

@test "a size that is no number is refused" {
    cp "$Q2" inbox/msc/
    cp -R "$FIXTURES/profiles" profiles
    echo gzip_from,much >>profiles/msc/settings.csv
    run nightly --profiles profiles inbox store
    assert_failure 2
    assert_output --partial "gzip_from is no number of bytes"
}

@test "a setting counts on the profile's last line too, though that has no end" {
    cp "$Q2" inbox/msc/
    cp -R "$FIXTURES/profiles" profiles
    printf 'gzip_from,0' >>profiles/msc/settings.csv
    run nightly --profiles profiles inbox store
    assert_success
    assert_equal "$(compgen -G 'store/msc/2567-q2/latest/*.csv' || true)" ""
    assert_exist store/msc/2567-q2/latest/projects.csv.gz
}

# Comparisons

@test "a version has what changed since the version before, as compare-quarters says it" {
    cp "$Q2" inbox/msc/
    nightly -q inbox store
    cp "$Q3" inbox/msc/2567-q2.txt
    run nightly inbox store
    V=store/msc/2567-q2
    "$PIPELINES/compare-quarters" -d changes $V/v0001 $V/v0002 >/dev/null || true
    cmp changes/changes.csv $V/v0002/changes.csv
    cmp changes/changes.md $V/v0002/changes.md
    assert_line --regexp "^msc/2567-q2 +v0002 +15 +3 +9 +7 +$(csv_count changes/changes.csv) +- "
    assert_not_exist $V/v0002/quarter-changes.csv
}

@test "a version has what changed since the quarter before, though both came in one night" {
    cp "$Q2" "$Q3" inbox/msc/
    run nightly inbox store
    V=store/msc/2567-q3/v0001
    "$PIPELINES/compare-quarters" -d changes store/msc/2567-q2 $V >/dev/null || true
    cmp changes/changes.csv $V/quarter-changes.csv
    cmp changes/changes.md $V/quarter-changes.md
    assert_line --regexp "^msc/2567-q3 +v0001 +15 +3 +9 +7 +- +$(csv_count changes/changes.csv) "
    assert_equal "$(jq -r .quarter_before $V/datapackage.json)" msc/2567-q2@v0001
}

@test "the first quarter's quarter before is the fourth of the year before" {
    cp "$Q2" inbox/msc/2566-q4.txt
    cp "$Q3" inbox/msc/2567-q1.txt
    run nightly inbox store
    assert_equal "$(jq -r .quarter_before store/msc/2567-q1/v0001/datapackage.json)" msc/2566-q4@v0001
    assert_exist store/msc/2567-q1/v0001/quarter-changes.csv
}

@test "a version before that cannot be compared is told and keeps no report out" {
    cp "$Q2" inbox/msc/
    nightly -q inbox store
    chmod -R u+w store/msc/2567-q2/v0001
    echo 'S1.P01,too,short' >>store/msc/2567-q2/v0001/kpis.csv
    cp "$Q3" inbox/msc/2567-q2.txt
    run nightly inbox store
    assert_failure 1
    assert_output --partial 'warning: no comparison with msc/2567-q2@v0001'
    assert_exist store/msc/2567-q2/v0002/projects.csv
    assert_not_exist store/msc/2567-q2/v0002/changes.csv
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0002
}

@test "a report with one project twice, in the details or in the summary, is compared with the quarter before" {
    cp "$Q2" inbox/msc/
    # The first project's details once more behind them; its summary row once more.
    awk '/^### ๑\. /, /^## ๒ / { if (!/^## ๒ /) again = again $0 "\n" } /^## ๒ / { printf "%s", again } { print }' "$Q3" \
        >inbox/msc/2567-q3.txt
    awk '{ print } /^๑\t/ && !done++ { print }' "$Q3" >inbox/msc/2567-q4.txt
    run nightly inbox store
    assert_failure 1
    refute_output --partial 'no comparison'
    grep -q '^error,duplicate-key,S1.P01,projects' store/msc/2567-q3/latest/findings.csv
    grep -q '^added,,S1.P01,.*,doubled,' store/msc/2567-q3/latest/quarter-changes.csv
    grep -q '^added,,S1.P01,[^,]*,summary,' store/msc/2567-q4/latest/quarter-changes.csv
}

@test "a Data Package reader finds every version valid, and reads every row of its tables" {
    need_heavy npm
    cp -R "$FIXTURES/inbox/msc" inbox/
    nightly -q inbox store || true
    sed -i '1s/^/รายงาน /' inbox/msc/2567-q3.txt
    nightly -q inbox store || true
    cp -R "$FIXTURES/profiles" profiles
    echo gzip_from,6000 >>profiles/msc/settings.csv
    nightly -q --profiles profiles inbox store || true
    cat >check.js <<'END'
const { Package } = require("datapackage");
(async () => {
    for (const path of process.argv.slice(2)) {
        const dataPackage = await Package.load(path);
        if (!dataPackage.valid) throw new Error(path + ": " + dataPackage.errors.join("; "));
        for (const resource of dataPackage.resources) {
            if (!resource.tabular) continue;
            // The reader knows no compression; a compressed table's schema is checked with the package.
            if (resource.descriptor.compression) continue;
            const rows = await resource.read({ cast: false });
            if (rows.length !== resource.descriptor.rows)
                throw new Error(path + ": " + resource.name + ": " + rows.length + " rows, not " + resource.descriptor.rows);
            if (!resource.schema.valid) throw new Error(resource.name + ": " + resource.schema.errors.join("; "));
        }
        console.log("valid");
    }
})().catch((error) => { console.error(error.message); process.exit(1); });
END
    NODE_PATH=$NPM/node_modules run node check.js store/msc/*/v*/datapackage.json store/msc/REEF/*/v*/datapackage.json
    assert_success
    # 2567-q2: two versions; 2567-q3: three; REEF/2567-q3: two.
    assert_equal "$(printf '%s\n' "${lines[@]}" | grep -c '^valid$')" 11
}
