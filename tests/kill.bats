# Runs of nightly that are killed, that find the disk full, or whose writes fail: the store has the old version or the new
# one, nothing else, and the next run completes.
load helpers

# What every test starts from: a store with version 1, an inbox with a changed report, and the store that must come of it.
setup_file() {
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    cd -- "$BATS_FILE_TMPDIR" || return 1
    mkdir -p inbox/msc
    cp "$FIXTURES/inbox/msc/2567-q2.txt" inbox/msc/
    "$PIPELINES/nightly" --settle 0 inbox old
    cp "$FIXTURES/inbox/msc/2567-q3.txt" inbox/msc/2567-q2.txt
    cp -a old new
    status=0
    "$PIPELINES/nightly" --settle 0 inbox new 2>/dev/null || status=$?
    [[ $status == 1 && $(readlink new/msc/2567-q2/latest) == v0002 ]]
}

setup() {
    helpers_setup
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    F=$BATS_FILE_TMPDIR
    SHIM=$(dirname -- "$BIN")/test/fault.so
}

# listing FOLDER: every path in it with its kind, mode, link and hash; the lock aside.
listing() {
    (cd -- "$1" && find . -mindepth 1 ! -name .lock -printf '%P %y %m %l\n' | LC_ALL=C sort &&
        find . -type f ! -name .lock -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
}

fresh_store() {
    [[ ! -d store ]] || chmod -R u+w store
    rm -rf store
    cp -a "$F/old" store
}

nightly() {
    "$PIPELINES/nightly" --settle 0 "$F/inbox" store
}

# must_hold WHEN: the store verifies; it shows the old version or the new one, each as it must be; the next run completes.
must_hold() {
    local shown status=0
    "$PIPELINES/store" -s store verify >verified || fail "$1: $(cat verified)"
    shown=$(readlink store/msc/2567-q2/latest)
    assert_equal "$1: $(listing "store/msc/2567-q2/$shown")" "$1: $(listing "$F/new/msc/2567-q2/$shown")"
    assert_equal "$1: $(listing store/msc/2567-q2/v0001)" "$1: $(listing "$F/old/msc/2567-q2/v0001")"
    nightly >out 2>&1 || status=$?
    # 1: the new report has errors in it, 0: the version was there already.
    ((status <= 1)) || fail "$1: the next run has status $status: $(cat out)"
    assert_equal "$1: $(listing store)" "$1: $(listing "$F/new")"
    ! compgen -G 'store/.new*' || fail "$1: something is left over"
}

# with_fault COUNTED-STEPS FAULT AT: a run with the fault, its count of steps in the file `count`.
with_fault() {
    head -c 8 /dev/zero >count
    FAULT_COUNT=$PWD/count FAULT_STEPS=$1 FAULT=$2 FAULT_AT=$3 LD_PRELOAD=$SHIM \
        setsid -w "$PIPELINES/nightly" --settle 0 "$F/inbox" store >out 2>&1
}

# need_shim: the sanitizers want to be the first library of a program.
need_shim() {
    [[ $BIN != */asan/* ]] || skip "the sanitizers allow no library before theirs"
    [[ -f $SHIM ]]
}

# at_each_step COUNTED-STEPS FAULT STRIDE: the fault at the first of those steps, and at every STRIDE-th after it.
at_each_step() {
    local at steps
    need_shim
    fresh_store
    with_fault "$1" none 0 || true
    steps=$(od -An -tu8 count)
    # Five renames and a flush of each file are needed at least.
    ((steps >= 15)) || fail "only $steps steps were counted"
    for ((at = 1; at <= steps; at += $3)); do
        fresh_store
        with_fault "$1" "$2" "$at" || true
        must_hold "step $at of $steps"
    done
}

# at_random NUMBER: killed at that many instants between the beginning and the end of a run.
at_random() {
    local began ended i wait pid
    fresh_store
    began=$EPOCHREALTIME
    nightly >out 2>&1 || true
    ended=$EPOCHREALTIME
    for ((i = 1; i <= $1; i++)); do
        wait=$(((RANDOM * 32768 + RANDOM) % (${ended/./} - ${began/./})))
        fresh_store
        setsid "$PIPELINES/nightly" --settle 0 "$F/inbox" store >out 2>&1 &
        pid=$!
        sleep "$(printf '%d.%06d' $((wait / 1000000)) $((wait % 1000000)))"
        kill -KILL -- "-$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
        must_hold "killed after $wait µs"
    done
}

renames_and_flushes='rename renameat renameat2 symlink symlinkat fsync fdatasync syncfs'
all_steps="$renames_and_flushes mkdir mkdirat unlink unlinkat rmdir chmod fchmod fchmodat"

@test "killed before some of the renames and flushes, the store has the old version or the new one" {
    at_each_step "$renames_and_flushes" before 5
}

@test "killed after some of the renames, the store has the old version or the new one" {
    at_each_step 'rename renameat renameat2' after 4
}

@test "killed before each step that changes the disk, the store has the old version or the new one" {
    need_heavy "minutes"
    at_each_step "$all_steps" before 1
}

@test "killed at 20 random instants, the store has the old version or the new one" {
    at_random 20
}

@test "killed at 200 random instants, the store has the old version or the new one" {
    need_heavy "minutes"
    at_random 200
}

@test "an input/output error at some of the steps leaves the old version or the new one" {
    at_each_step "$all_steps" error 12
}

@test "an input/output error at each step leaves the old version or the new one" {
    need_heavy "minutes"
    at_each_step "$all_steps" error 1
}

@test "a full disk at each rename and flush leaves the old version or the new one" {
    need_heavy "minutes"
    at_each_step "$renames_and_flushes" full 1
}

@test "files that may not grow are trouble, and the old version stays" {
    # From less than the smallest table to less than the largest.
    for kib in 1 4 16 64; do
        fresh_store
        run bash -c 'trap "" XFSZ; ulimit -f "$1"; exec "$2" --settle 0 "$3" store' - "$kib" "$PIPELINES/nightly" "$F/inbox"
        assert_failure 2
        assert_output --partial "refused; the store has what it had of msc/2567-q2"
        assert_equal "$(listing store)" "$(listing "$F/old")"
        must_hold "$kib KiB"
    done
}

@test "a full disk is trouble, and the old version stays" {
    need_heavy "a small tmpfs"
    mkdir store
    # From nearly nothing to nearly enough: the version before takes some of it.
    for kib in 260 300 400 500; do
        mount -t tmpfs -o "size=${kib}k" tmpfs store 2>/dev/null || skip "tmpfs cannot be mounted here"
        cp -a "$F/old/." store
        run nightly
        full=$(listing store)
        "$PIPELINES/store" -s store verify || true
        umount store
        assert_failure 2
        assert_output --partial "No space left on device"
        assert_equal "$full" "$(listing "$F/old")"
    done
}

@test "a write that fails in any program leaves the old version or the new one" {
    need_heavy "strace"
    strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
    for at in 1 2 3 4 5 6 8 10 15 20 30; do
        fresh_store
        strace -f -qq -o /dev/null -e trace=write -e "inject=write:error=EIO:when=$at" \
            "$PIPELINES/nightly" --settle 0 "$F/inbox" store >out 2>&1 || true
        must_hold "write $at of each program"
    done
}

@test "a version's files and folder are flushed before it has its name, and the link after that" {
    need_heavy "strace"
    strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
    fresh_store
    strace -f -y -qq -e trace=fsync,rename,renameat,renameat2 -e signal=none -o trace \
        "$PIPELINES/nightly" --settle 0 "$F/inbox" store >out 2>&1 || true
    # line_of PATTERN: the number of the first line of the trace that has it.
    line_of() { grep -nE -m 1 "$1" trace | cut -d : -f 1; }
    appears=$(line_of 'rename.*"[^"]*/\.new-v0002".*"[^"]*/v0002"')
    [[ -n $appears ]]
    for file in "$F"/new/msc/2567-q2/v0002/*; do
        flushed=$(line_of "fsync\(.*/version/${file##*/}>")
        ((flushed < appears)) || fail "$file: flushed in line $flushed, renamed in line $appears"
    done
    flushed=$(line_of 'fsync\(.*/msc/2567-q2/\.new-v0002>')
    ((flushed < appears))
    shown=$(line_of 'rename.*"[^"]*/latest"')
    flushed=$(awk -v after="$appears" 'NR > after && /fsync\(.*\/msc\/2567-q2>/ { print NR; exit }' trace)
    ((appears < flushed && flushed < shown))
    awk -v after="$shown" 'NR > after && /fsync\(.*\/msc\/2567-q2>/ { found = 1 } END { exit !found }' trace
}
