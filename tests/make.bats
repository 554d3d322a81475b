# The Makefile: what is installed works where it lies, and nothing else is touched.
load helpers

setup() {
    helpers_setup
    # The same build as the one under test; a make above this one must not pass its goals or its jobs on.
    build=release
    case $BIN in */asan/bin) build=asan ;; */debug/bin) build=debug ;; esac
    unset MAKEFLAGS MFLAGS MAKELEVEL
}

install_to() {
    make -C "$ROOT" --no-print-directory -s install BUILD="$build" DESTDIR="$1" PREFIX=/usr
}

@test "install puts programs, pipelines, manual pages and profiles under DESTDIR and PREFIX" {
    install_to "$T/dest"
    for name in aggregate-progress compare-quarters diff-quarters extract-records extract-sections load-postgres \
        load-sqlite nightly normalize-thai report-page report-tables spreadsheet store validate-kpi; do
        assert [ -x "$T/dest/usr/bin/$name" ]
        assert_exist "$T/dest/usr/share/man/man1/$name.1"
        assert_exist "$T/dest/usr/share/bash-completion/completions/$name"
    done
    assert_exist "$T/dest/usr/share/man/man5/traimat-tables.5"
    assert_exist "$T/dest/usr/share/man/man7/traimat.7"
    assert_exist "$T/dest/usr/share/man/man7/traimat-rules.7"
    assert_exist "$T/dest/usr/share/zsh/site-functions/_traimat"
    diff -r "$ROOT/pipelines/profiles" "$T/dest/usr/share/traimat/profiles"
    assert_equal "$(ls "$T/dest") $(ls "$T/dest/usr" | paste -sd ' ')" "usr bin share"
}

@test "installed pipelines find their programs and profiles without the tree" {
    need_report
    install_to "$T/dest"
    mkdir -p inbox/mdes
    cp "$REPORT" inbox/mdes/2567-q3.txt
    TRAIMAT_BIN='' run "$T/dest/usr/bin/nightly" inbox store
    assert [ "$status" -le 1 ]
    assert_exist store/mdes/2567-q3/latest/projects.csv
}

@test "an installed pipeline and the tree's make the same tables" {
    install_to "$T/dest"
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    TRAIMAT_BIN='' run "$T/dest/usr/bin/report-tables" "$FIXTURES/inbox/msc/2567-q3.txt" installed
    assert [ "$status" -le 1 ]
    run "$PIPELINES/report-tables" "$FIXTURES/inbox/msc/2567-q3.txt" tree
    assert [ "$status" -le 1 ]
    diff -r installed tree
}

@test "installed, a version becomes a workbook and a store a database without the tree" {
    install_to "$T/dest"
    mkdir -p inbox/msc
    cp "$FIXTURES/inbox/msc/2567-q1.txt" inbox/msc/
    TRAIMAT_BIN='' "$T/dest/usr/bin/nightly" --profiles "$FIXTURES/profiles" inbox store
    "$T/dest/usr/bin/spreadsheet" store/msc/2567-q1
    assert_exist msc-2567-q1-v0001.xlsx
    run "$T/dest/usr/bin/load-sqlite" store store.db
    assert_success
    assert_output 'loaded msc/2567-q1 v0001'
}

@test "an installed report-page and the tree's make the same page" {
    install_to "$T/dest"
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    "$PIPELINES/report-tables" "$FIXTURES/inbox/msc/2567-q3.txt" tables || (($? == 1))
    TRAIMAT_BIN='' "$T/dest/usr/bin/report-page" -o installed.html tables
    "$PIPELINES/report-page" -o tree.html tables
    cmp installed.html tree.html
}

@test "an unknown BUILD is refused and the known ones are named" {
    run make -C "$ROOT" BUILD=fast
    assert_failure
    assert_output --partial "BUILD is release, asan or debug"
}

@test "make run runs the inbox given, into the store given, and is no failure when there is something to look at" {
    mkdir -p inbox/msc
    cp "$FIXTURES/inbox/msc/2567-q3.txt" inbox/msc/
    run make -C "$ROOT" --no-print-directory run BUILD="$build" INBOX="$T/inbox" STORE="$T/store" PROFILES="$FIXTURES/profiles"
    assert_success
    assert_output --regexp 'msc/2567-q3 +v0001'
    assert_output --partial "$T/store/MINISTRY/PERIOD/latest/"
    assert_exist store/msc/2567-q3/latest/projects.csv
}

@test "make run fails when a report is refused" {
    mkdir -p inbox/msc
    : >inbox/msc/2567-q3.txt
    run make -C "$ROOT" --no-print-directory run BUILD="$build" INBOX="$T/inbox" STORE="$T/store" PROFILES="$FIXTURES/profiles"
    assert_failure
    assert_output --partial "is empty"
}

@test "make page makes the page of the report given" {
    run make -C "$ROOT" --no-print-directory page BUILD="$build" REPORT="$FIXTURES/inbox/msc/2567-q2.txt" PAGE="$T/q2.html"
    assert_success
    assert_line --index -1 "The page is $T/q2.html."
    grep -qF 'ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2567' q2.html
}

@test "make page with a name without an ending makes that page, and a folder is refused" {
    mkdir a.b
    run make -C "$ROOT" --no-print-directory page BUILD="$build" REPORT="$FIXTURES/inbox/msc/2567-q2.txt" PAGE="$T/a.b/p"
    assert_success
    assert_line --index -1 "The page is $T/a.b/p."
    grep -qF 'ไตรมาสที่ 2' a.b/p
    assert_exist a.b/p.tables/projects.csv
    run make -C "$ROOT" --no-print-directory page BUILD="$build" REPORT="$FIXTURES/inbox/msc/2567-q2.txt" PAGE="$T/a.b"
    assert_failure
    assert_output --partial "a.b: is a folder"
}

@test "make run takes the profiles of the fixtures for their inbox, however that is called" {
    mkdir -p tree/fixtures
    cp "$ROOT/Makefile" tree/
    ln -s "$ROOT"/{filters,tests} tree/
    mkdir tree/pipelines tree/fixtures/inbox other
    printf '#!/bin/bash\necho "profiles=$2"\n' >tree/pipelines/nightly
    chmod +x tree/pipelines/nightly
    for inbox in fixtures/inbox fixtures/inbox/ ./fixtures/inbox "$T/tree/fixtures/inbox" fixtures/../fixtures/inbox; do
        run make -C tree --no-print-directory run MAKE=true INBOX="$inbox"
        assert_success
        assert_line profiles=fixtures/profiles
    done
    run make -C tree --no-print-directory run MAKE=true INBOX="$T/other"
    assert_line profiles=pipelines/profiles
    run make -C tree --no-print-directory run MAKE=true INBOX=fixtures/inbox PROFILES=mine
    assert_line profiles=mine
}

@test "a checkout in a folder with a blank in its name runs, makes a page and tests" {
    mkdir -p "my tree/build" "my inbox/msc"
    for entry in "$ROOT"/*; do
        [[ ${entry##*/} == build ]] || ln -s "$entry" "my tree"
    done
    ln -s "$BIN" "my tree/build/bin"
    cp "$FIXTURES/inbox/msc/2567-q2.txt" "my inbox/msc/"
    printf '@test "one" { [[ -x $TRAIMAT_BIN/extract-sections ]]; }\n' >one.bats
    run make -C "my tree" --no-print-directory run MAKE=true INBOX="$T/my inbox" STORE="$T/my store" PROFILES=fixtures/profiles
    assert_success
    assert_exist "my store/msc/2567-q2/latest/projects.csv"
    run make -C "my tree" --no-print-directory page MAKE=true REPORT="$T/my inbox/msc/2567-q2.txt" PAGE="$T/my page.html"
    assert_success
    assert_exist "my page.html"
    run make -C "my tree" --no-print-directory test MAKE=true TESTS="$T/one.bats"
    assert_success
    assert_line --index -1 "1 passed, 0 failed"
}

@test "the test runner fails when no test ran" {
    mkdir some
    : >some/none.bats
    run "$ROOT/tests/run" out some/none.bats
    assert_failure
    assert_line --index -1 "0 passed, 0 failed"
}

@test "the test runner counts passed, failed and skipped, and fails when one failed" {
    printf '@test "%s" { %s; }\n' one true two false three 'skip why' four true >some.bats
    run "$ROOT/tests/run" out some.bats
    assert_failure
    assert_line --index -1 "2 passed, 1 failed, 1 skipped"
}

@test "a package that nobody has is named when it cannot be installed" {
    mkdir fake
    printf '#!/bin/bash\necho "E: Unable to locate package" >&2\nexit 100\n' >fake/apt-get
    printf '#!/bin/bash\n[[ ${*: -1} != jq ]] && echo installed\n' >fake/dpkg-query
    printf '#!/bin/bash\nexec "$@"\n' >fake/sudo
    chmod +x fake/*
    PATH=$PWD/fake:$PATH run bash "$ROOT/tests/packages" run
    assert_failure 2
    assert_line --index -1 "tests/packages: error: cannot install jq"
}

@test "nothing is installed when nothing is missing" {
    mkdir fake
    printf '#!/bin/bash\necho called >&2\nexit 1\n' >fake/apt-get
    printf '#!/bin/bash\necho installed\n' >fake/dpkg-query
    chmod +x fake/*
    PATH=$PWD/fake:$PATH run bash "$ROOT/tests/packages" build run test lint
    assert_success
    refute_output
}

@test "--help of every pipeline says what it does, every option of its usage, and what its statuses mean" {
    for file in "$PIPELINES"/*; do
        [[ -f $file && -x $file ]] || continue
        run "$file" --help
        assert_success
        assert_line --index 0 --partial "usage: ${file##*/} "
        assert [ "${#lines[@]}" -ge 5 ]
        assert_output --partial "Exit status: 0 "
        printf '%s\n' "$output" | sed -n '/^$/,$p' >explained
        for option in $(printf '%s\n' "$output" | sed '/^$/,$d' | grep -oE -e '\[--?[a-z-]+' | tr -d '['); do
            grep -qE -e "^ .*$option( |=|,)" explained || fail "${file##*/}: $option is not explained"
        done
    done
}

@test "pipelines and filters are of one version" {
    version=$("$BIN/extract-sections" --version | head -n 1)
    for file in "$PIPELINES"/*; do
        [[ -f $file && -x $file ]] || continue
        run "$file" --version
        assert_success
        assert_line --index 0 "${file##*/} ${version#* }"
    done
}
