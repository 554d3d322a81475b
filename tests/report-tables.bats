# pipelines/report-tables: one report to all its tables, complete or not at all.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    SMALL=$FIXTURES/inbox/msc/2567-q2.txt
}

TABLES="activities activity_results aggregates declared findings kpis objectives obstacles projects report results sections
    strategy_kpis summary"

# tables_of DIR: the names of the CSV files in it, sorted, on one line.
tables_of() {
    (cd -- "$1" && printf '%s\n' *.csv | sed 's/\.csv$//' | LC_ALL=C sort | paste -sd ' ')
}

@test "a report gives every table of the design" {
    run "$PIPELINES/report-tables" "$SMALL" out
    assert [ "$status" -le 1 ]
    assert_equal "$(tables_of out)" "$(xargs <<<"$TABLES")"
}

@test "the same report as gzip gives the same bytes" {
    run "$PIPELINES/report-tables" "$SMALL" plain
    gzip -c "$SMALL" >report.txt.gz
    run "$PIPELINES/report-tables" report.txt.gz packed
    assert [ "$status" -le 1 ]
    diff -r plain packed
}

@test "tables that are there already are replaced by the new ones" {
    mkdir out
    echo old >out/projects.csv
    echo old >out/gone.csv
    run "$PIPELINES/report-tables" "$SMALL" out
    assert [ "$status" -le 1 ]
    assert_equal "$(tables_of out)" "$(xargs <<<"$TABLES")"
    assert_equal "$(head -c 4 out/projects.csv)" "key,"
}

@test "a folder that holds anything but tables is left alone" {
    mkdir out
    echo mine >out/letter.doc
    run "$PIPELINES/report-tables" "$SMALL" out
    assert_failure 2
    assert_output --partial "holds more than tables"
    assert_equal "$(ls out)" letter.doc
}

@test "a report that is not UTF-8 leaves the tables that were there" {
    mkdir out
    echo old >out/projects.csv
    printf '## \xff\xfe\n' >bad.txt
    run "$PIPELINES/report-tables" bad.txt out
    assert_failure 2
    assert_output --partial bad.txt
    assert_equal "$(cat out/projects.csv)" old
}

@test "after trouble no half made folder is left behind" {
    printf '## \xff\xfe\n' >bad.txt
    # The first filter tells what is there while it runs.
    mkdir bin
    ln -s "$BIN"/* bin/
    rm bin/extract-sections
    printf '#!/bin/bash\nls -A "%s" >"%s/during"\nexec "%s/extract-sections" "$@"\n' "$T" "$T" "$BIN" >bin/extract-sections
    chmod +x bin/extract-sections
    TRAIMAT_BIN=$T/bin run "$PIPELINES/report-tables" bad.txt out
    assert_failure 2
    assert_output --partial "extract-sections: bad.txt:1: error:"
    assert_equal "$(grep -c '^[.]report-tables[.]' during)" 1
    assert_equal "$(ls -A | paste -sd ' ')" "bad.txt bin during"
}

@test "where one filter fails and so the next, only the first is heard" {
    printf '## \xff\xfe\n' >bad.txt
    run "$PIPELINES/report-tables" bad.txt out
    assert_equal "${#lines[@]}" 1
    assert_line --partial "extract-sections: bad.txt:1: error:"
}

@test "the table report has the SHA-256 of the report's text, gzip or not" {
    gzip -c "$SMALL" >report.txt.gz
    run "$PIPELINES/report-tables" report.txt.gz out
    assert_equal "$(csv_column out/report.csv sha256)" "$(sha256sum <"$SMALL" | cut -d ' ' -f 1)"
}

@test "a missing report is status 2 and is named" {
    run "$PIPELINES/report-tables" nothing.txt out
    assert_failure 2
    assert_output --partial "nothing.txt"
    assert_not_exist out
}

@test "a filter that dies in the middle makes the whole fail" {
    mkdir bin
    ln -s "$BIN"/* bin/
    rm bin/extract-records
    printf '#!/bin/bash\nkill -KILL $$\n' >bin/extract-records
    chmod +x bin/extract-records
    TRAIMAT_BIN=$PWD/bin run "$PIPELINES/report-tables" "$SMALL" out
    assert_failure 2
    assert_not_exist out
}

@test "a filter that dies in the front of the line makes the whole fail" {
    mkdir bin
    ln -s "$BIN"/* bin/
    rm bin/normalize-thai
    printf '#!/bin/bash\nexit 2\n' >bin/normalize-thai
    chmod +x bin/normalize-thai
    TRAIMAT_BIN=$PWD/bin run "$PIPELINES/report-tables" "$SMALL" out
    assert_failure 2
    assert_not_exist out
}

@test "one operand or three are a usage error" {
    run "$PIPELINES/report-tables" "$SMALL"
    assert_failure 2
    assert_output --partial "usage: report-tables"
    run "$PIPELINES/report-tables" "$SMALL" a b
    assert_failure 2
}

@test "names with blanks and leading dashes are names" {
    cp "$SMALL" './-a report.txt'
    run "$PIPELINES/report-tables" -- './-a report.txt' '-my tables'
    assert [ "$status" -le 1 ]
    assert_exist './-my tables/projects.csv'
}

@test "the clean quarter is status 0 and has no finding that is an error" {
    run "$PIPELINES/report-tables" "$SMALL" out
    assert_success
    assert_equal "$(mlr --icsv --onidx filter '$severity == "error"' then count out/findings.csv)" 0
}

@test "the quarter with seeded faults is status 1" {
    run "$PIPELINES/report-tables" "$FIXTURES/inbox/msc/2567-q3.txt" out
    assert_failure 1
}

@test "a folder that cannot be made or written is status 2, and named" {
    echo mine >file
    for dir in file/d /proc/d/e /proc/d; do
        run "$PIPELINES/report-tables" "$SMALL" "$dir"
        assert_failure 2
        assert_line --regexp '^report-tables: error: .*/: cannot be (made|written)$'
    done
    assert_equal "$(ls -A)" file
}

@test "a text in which nothing is a project is told, with the profile that may be the wrong one" {
    printf 'Dear all,\n\nplease find the report attached.\n' >letter.txt
    run "$PIPELINES/report-tables" letter.txt out
    assert_failure 1
    assert_line "report-tables: warning: letter.txt: no project was found in it; is it a report, and $TRAIMAT_PROFILE its profile?"
    run "$PIPELINES/report-tables" "$SMALL" out
    refute_output --partial "no project"
}

@test "with status 1 it says how many findings there are, and with -q it does not" {
    run "$PIPELINES/report-tables" "$FIXTURES/inbox/msc/2567-q3.txt" out
    assert_failure 1
    wanted=$(mlr --icsv --ojson count-distinct -f severity then put -q '@n[$severity] = $count; end { emit @n }' out/findings.csv |
        jq -r '.[0] | "\(.error) errors, \(.warning) warnings, \(.note) notes"')
    assert_line --index -1 "report-tables: $wanted: out/findings.csv"
    printf 'Dear all\n' >letter.txt
    run "$PIPELINES/report-tables" -q letter.txt out
    assert_failure 1
    refute_output --partial "findings.csv"
    refute_output --partial "no project"
}

@test "a file of another kind is called what it is, whatever its name" {
    mkdir zip
    echo '<xml/>' >zip/sheet.xml
    (cd zip && zip -q ../excel.txt.zip sheet.xml)
    mv excel.txt.zip excel.txt
    printf '%%PDF-1.7\n' >pdf.txt
    printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0' >old.txt
    iconv -f UTF-8 -t UTF-16 "$SMALL" >wide.txt
    while IFS='|' read -r name words; do
        run "$PIPELINES/report-tables" "$name" out
        assert_failure 2
        assert_output --partial "report-tables: error: $name: $words"
        assert_equal "${#lines[@]}" 1
    done <<'WANTED'
excel.txt|is a zip archive, as Excel and Word files are
pdf.txt|is a PDF file
old.txt|is a file of an old Excel or Word
wide.txt|is in UTF-16: iconv -f UTF-16 -t UTF-8
WANTED
    assert_not_exist out
}

@test "for a report in TIS-620 the advice is one that can be followed" {
    iconv -f UTF-8 -t CP874 -c "$SMALL" >old.txt
    run "$PIPELINES/report-tables" old.txt out
    assert_failure 2
    assert_output --partial "it looks like TIS-620"
    assert_output --partial "iconv -f CP874 -t UTF-8"
    refute_output --partial "--encoding"
    iconv -f CP874 -t UTF-8 old.txt >new.txt
    run "$PIPELINES/report-tables" new.txt out
    assert [ "$status" -le 1 ]
}

@test "a report, profile or program that is not there or is something else is named as what it is" {
    echo >file
    run "$PIPELINES/report-tables" nothing.txt out
    assert_output "report-tables: error: nothing.txt: no such file"
    run "$PIPELINES/report-tables" -p file "$SMALL" out
    assert_failure 2
    assert_output "report-tables: error: file: is no folder"
    run "$PIPELINES/report-tables" -p nowhere "$SMALL" out
    assert_failure 2
    assert_output "report-tables: error: nowhere: no such folder"
    TRAIMAT_BIN=$PWD/nowhere run "$PIPELINES/report-tables" "$SMALL" out
    assert_failure 2
    assert_output "report-tables: error: no programs in $PWD/nowhere; run make"
    assert_not_exist out
}

@test "standard input is no report, since it can be read only once" {
    run bash -c '"$0" /dev/stdin out <"$1"' "$PIPELINES/report-tables" "$SMALL"
    assert_failure 2
    assert_output --partial "must be a file with a name"
}

@test "an option without its value is named" {
    run "$PIPELINES/report-tables" -p
    assert_failure 2
    assert_line --index 0 "report-tables: error: -p needs a value; usage: report-tables [-q] [-p PROFILE] REPORT DIR"
    run "$PIPELINES/report-tables" -p '' "$SMALL" out
    assert_failure 2
}

@test "the sections put end to end are the real report" {
    need_report
    unset TRAIMAT_PROFILE
    run "$PIPELINES/report-tables" "$REPORT" out
    assert [ "$status" -le 1 ]
    mlr --icsv --ojson cut -f text out/sections.csv | jq -j '.[].text' | cmp - "$REPORT"
}
