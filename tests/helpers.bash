# shellcheck shell=bash
# What every bats file loads: `load helpers`. Sets
#   BIN        the programs under test (TRAIMAT_BIN, else build/bin)
#   PIPELINES  the pipelines       FIXTURES  the made-up reports and their tables
#   ACCURACY   the program that sets tables against tables made by hand
#   NPM        what tests/npm asks of npm, installed: $NPM/node_modules
#   REPORT     the real report, beside the checkout; ask need_report before using it
#   T          a folder of this test's own, removed after it (bats' BATS_TEST_TMPDIR)
# so that a file's own setup() calls helpers_setup first if it defines one.

load /usr/lib/bats/bats-support/load
load /usr/lib/bats/bats-assert/load
load /usr/lib/bats/bats-file/load

ROOT=$(cd -- "$BATS_TEST_DIRNAME/.." && pwd)
BIN=${TRAIMAT_BIN:-$ROOT/build/bin}
PIPELINES=$ROOT/pipelines
FIXTURES=$ROOT/fixtures
NPM=$ROOT/build/npm
REPORT=$ROOT/../shared/reports/mdes-2567-q3.txt
export TRAIMAT_BIN=$BIN
ACCURACY=$(dirname -- "$BIN")/test/accuracy
export ROOT ACCURACY BIN PIPELINES FIXTURES NPM REPORT

# The tests decide what the programs see, not the user's shell, nor a .mlrrc of the user's.
unset TRAIMAT_PROFILE TRAIMAT_PROFILES TRAIMAT_STORE CDPATH
export LC_ALL=C.UTF-8 MLRRC=__none__

helpers_setup() {
    T=$BATS_TEST_TMPDIR
    cd -- "$T" || return 1
}

setup() {
    helpers_setup
}

# Skips the test where the real report is not at hand; in CI that is a failure.
need_report() {
    [[ -f $REPORT ]] && return 0
    if [[ ${CI:-} == true ]]; then
        echo "the real report is missing: ../shared/reports/mdes-2567-q3.txt" >&2
        return 1
    fi
    skip "needs the real report at ../shared/reports/mdes-2567-q3.txt"
}

# need_heavy TOOL: skips the test outside of `make test-all`, which installs the heavy tools.
need_heavy() {
    [[ ${TRAIMAT_TEST_ALL:-} == 1 ]] || skip "needs $1: make test-all runs it"
}

# Skips the test for root, whom file permissions do not stop.
need_plain_user() {
    [[ $EUID -ne 0 ]] || skip "root may read and write everything"
}

# csv_count FILE: the number of data rows, counted by sqlite3.
csv_count() {
    sqlite3 :memory: -cmd '.mode csv' ".import '$1' t" 'SELECT count(*) FROM t' 2>/dev/null
}

# csv_column FILE COLUMN: a column's values, one a line, by Miller.
csv_column() {
    mlr --icsv --onidx cut -f "$2" "$1"
}
