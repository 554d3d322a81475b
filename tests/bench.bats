# The bench: what its runner tells of answers, limits and cost. Times are told, not judged, but where a limit is so far
# off that no machine reaches or misses it.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_BENCH=$T/bench
    BENCH=$ROOT/tests/bench
    TOOLS=$(dirname -- "$BIN")/test/bench
}

# run_cases: the bench over the cases on standard input, in one pair of runs on small inputs.
run_cases() {
    cat >cases
    run "$BENCH/run" -f -m 1 -r 100 -n 1 -c "$T/cases" ratios
}

@test "a pair that gives the same answer is timed, and its limit told to be reached" {
    run_cases <<'END'
work    normalize-thai -d
        normalize-thai -d $text
input   $text
peer    sed
        sed 'y/๐๑๒๓๔๕๖๗๘๙/0123456789/' $text
limit   seconds <= 1000, MB/s >= 0
END
    assert_success
    assert_line --regexp '^normalize-thai -d +sed +1\.0 +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9]+ +[0-9.]+  reached: seconds <= 1000, MB/s >= 0$'
}

@test "a peer with another answer is not timed, and that is trouble" {
    run_cases <<'END'
work    normalize-thai -d
        normalize-thai -d $text
input   $text
peer    cat
        cat $text
END
    assert_failure 2
    assert_line --regexp '^normalize-thai -d +cat +another answer$'
    assert_line --partial 'bench: error: normalize-thai -d, cat: the answers differ'
}

@test "answers in different formats are compared as the case says" {
    run_cases <<'END'
work    aggregate-progress
        aggregate-progress $projects
input   $projects
peer    libcsv parse
        parse $projects
ours    parse -t /dev/stdin | awk '$1 == "projects" { print $2 }'
peer    nothing
        :
gives   -
END
    assert_success
    assert_line --regexp '^aggregate-progress +libcsv parse +0\.0 '
    assert_line --regexp '^aggregate-progress +nothing +0\.0 '
}

@test "a limit that is missed is told, with status 1, and the other cases are measured all the same" {
    run_cases <<'END'
work    wc
        wc -c $kpis
input   $kpis
peer    wc
        wc -c $kpis
limit   ratio <= 1000, MiB <= 0.001
peer    -
limit   MB/s >= 0
END
    assert_failure 1
    assert_line --regexp '^wc +wc .*  MISSED: ratio <= 1000, MiB <= 0.001$'
    assert_line --regexp '^wc +- .* - +- .*  reached: MB/s >= 0$'
}

@test "a peer that is not installed, or fails, is told and is trouble" {
    run_cases <<'END'
work    wc
        wc -c $kpis
input   $kpis
peer    none
        no-such-tool $kpis
peer    false
        wc -c $kpis && exit 3
END
    assert_failure 2
    assert_line --regexp '^wc +none +not here: no-such-tool$'
    assert_line --regexp '^wc +false +failed$'
}

@test "a slow peer's case runs both on a tenth of the rows" {
    run_cases <<'END'
work    rows
        parse $kpis
input   $kpis
peer    ten
        echo 10
tenth
END
    assert_success
    assert_line --regexp '^rows +ten +0\.0\* '
}

@test "measure tells the memory of the largest process of a command" {
    run "$TOOLS/measure" -n 1 "perl -e '\$x = \"x\" x 50e6' | cat"
    assert_success
    assert_equal "$(cut -f 2,3,5 <<<"$output")" $'-\t-\t-'
    kib=$(cut -f 4 <<<"$output")
    assert [ "$kib" -gt 48000 ]
}

@test "the made-up tables have the rows asked for, the same in every run, and another order changes only the order" {
    for table in kpis projects old new any; do
        "$TOOLS/generate" "$table" 20001 >"$table"
        assert_equal "$("$TOOLS/parse" "$table")" 20001
        "$TOOLS/generate" "$table" 20001 | cmp - "$table"
    done
    diff <(sort new) <(sort any)
    run cmp -s new any
    assert_failure 1
}

@test "every case gives the answer of its peers" {
    need_heavy "the peers of the bench"
    run "$BENCH/run" -f -m 1 -r 5000 -n 1 ratios
    refute_line --partial 'another answer'
    refute_line --partial 'failed'
    assert_equal "$(grep -c '^work ' "$BENCH/cases")" "$(printf '%s\n' "${lines[@]}" | sed '1d; $d' | grep -v '^bench:' | cut -c 1-25 | sort -u | wc -l)"
    assert_equal "$(grep -c '^peer ' "$BENCH/cases")" "$(printf '%s\n' "${lines[@]}" | sed '1d; $d' | grep -vc '^bench:')"
}

@test "growth has a line for each command with an input that grows, and charts" {
    need_heavy gnuplot
    run "$BENCH/run" -f -m 1 -r 500 growth
    assert_success
    assert_equal "$(grep -c '[$][a-z]' "$BENCH/modes")" "$(grep -Ec ' s +[0-9.]+ s +[0-9.]+ s ' <<<"$output")"
    for chart in growth-time.svg growth-time.png growth-memory.svg growth-memory.png; do
        assert_file_not_empty "bench/$chart"
    done
}

@test "no command takes more instructions than the list in the tree says" {
    need_heavy valgrind
    case $BIN in */asan/bin | */debug/bin) skip "the list is that of the release build" ;; esac
    grep -qw avx2 /proc/cpuinfo || skip "the list is that of a processor with AVX2"
    "$BENCH/instructions" "$ROOT/tests/expected/instructions.tsv"
}
