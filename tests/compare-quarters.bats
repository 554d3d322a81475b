#!/usr/bin/env bats
# compare-quarters: two versions of a store.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    helpers_setup
    C=$PIPELINES/compare-quarters
    mkdir -p store/sea/2567-q2/v0001 store/sea/2567-q3/v0001 store/sea/2567-q3/v0002
    cp "$FIXTURES"/diff/old/* store/sea/2567-q2/v0001
    cp "$FIXTURES"/diff/old/* store/sea/2567-q3/v0001
    cp "$FIXTURES"/diff/new/* store/sea/2567-q3/v0002
    ln -s v0001 store/sea/2567-q2/latest
    ln -s v0002 store/sea/2567-q3/latest
}

@test "two datasets stand for their latest versions" {
    run -1 "$C" -d review store/sea/2567-q2 store/sea/2567-q3
    diff -u "$FIXTURES/diff/changes.csv" review/changes.csv
    assert_line '  budget cut: 1  S1.P01'
    assert_file_exists review/changes.md
}

@test "two versions can be named" {
    run -0 "$C" -d review store/sea/2567-q2/v0001 store/sea/2567-q3/v0001
    assert_equal "$(wc -l <review/changes.csv)" 1
    run -1 "$C" -d review store/sea/2567-q3/v0001 store/sea/2567-q3/latest
    assert_equal "$(csv_count review/changes.csv)" "$(csv_count "$FIXTURES/diff/changes.csv")"
}

@test "the page is in Thai, or in English on request" {
    run -1 "$C" store/sea/2567-q2 store/sea/2567-q3
    grep -qx '## โดยสรุป' changes/changes.md
    run -1 "$C" -l en store/sea/2567-q2 store/sea/2567-q3
    grep -qx '## In short' changes/changes.md
}

@test "the page names every project that changed, with its title" {
    "$C" store/sea/2567-q2 store/sea/2567-q3 || true
    for heading in 'S1.P01  โครงการวางสายเคเบิลใต้น้ำ' 'S1.P03 → S2.P03  โครงการสำรวจชายหาดที่ถูกกัดเซาะ' \
        'S2.P04  โครงการจัดหาเรือตรวจการณ์'; do
        grep -qxF "### $heading" changes/changes.md
    done
    run ! grep -q 'S2.P02' changes/changes.md
}

@test "trouble leaves what was there" {
    "$C" -d review store/sea/2567-q2 store/sea/2567-q3 || true
    cp review/changes.csv before.csv
    echo S1.P09,short >>store/sea/2567-q3/v0002/projects.csv
    run -2 "$C" -d review store/sea/2567-q2 store/sea/2567-q3
    assert_output --partial 'projects.csv'
    cmp before.csv review/changes.csv
    assert_equal "$(find review -mindepth 1 | wc -l)" 2
}

@test "a folder that cannot be made or written is status 2, and named" {
    echo mine >file
    for dir in file file/d /proc/x; do
        run -2 "$C" -d "$dir" store/sea/2567-q2 store/sea/2567-q3
        assert_line "compare-quarters: error: $dir: cannot be made"
    done
    run -2 "$C" -d /proc store/sea/2567-q2 store/sea/2567-q3
    assert_line "compare-quarters: error: /proc: cannot be written"
}

@test "an option without its value, a profile that is no folder and a tree that is not built are named" {
    for option in -p -d -l; do
        run -2 "$C" "$option"
        assert_line --index 0 --partial "compare-quarters: error: $option needs a value; usage"
    done
    run -2 "$C" -p "$C" store/sea/2567-q2 store/sea/2567-q3
    assert_output "compare-quarters: error: $C: is no folder"
    TRAIMAT_BIN=$T/nowhere run -2 "$C" store/sea/2567-q2 store/sea/2567-q3
    assert_output "compare-quarters: error: no programs in $T/nowhere; run make"
}

@test "what is no version is named" {
    run -2 "$C" store/sea/2567-q1 store/sea/2567-q3
    assert_output --partial 'store/sea/2567-q1: no such version'
    run -2 "$C" store store/sea/2567-q3
    assert_output --partial 'store: no version'
    run -2 "$C" store/sea/2567-q3
    assert_output --partial usage
}

@test "the two quarters of the fixtures give a page with every meaning that they have" {
    run -1 "$C" -l en "$FIXTURES/expected/msc/2567-q2" "$FIXTURES/expected/msc/2567-q3"
    for words in completed started 'progress fell' 'no progress since' 'end moved later' 'end moved earlier' 'budget cut' \
        'budget raised' 'target lowered' 'target raised' 'result reported' 'result withdrawn' 'new obstacle' \
        'obstacle cleared' 'not handed in any more' 'new project' moved renumbered retitled; do
        grep -q "^| $words |" changes/changes.md || fail "the page lacks '$words'"
    done
}
