# nightly --hosts: the tables are made on other machines, which may die or hang. The machines are two sshd on loopback.
load helpers

setup() {
    helpers_setup
    need_heavy "two sshd"
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    SSHD=$(PATH=$PATH:/usr/sbin:/sbin type -P sshd)
    # Where sshd, as root, lets a session's child stay without rights.
    [[ $EUID -ne 0 ]] || mkdir -p /run/sshd
    ssh-keygen -q -t ed25519 -N '' -f key
    ssh-keygen -q -t ed25519 -N '' -f host-key
    sent_here >sent-before
    # Four datasets of one quarter, so that they go out together.
    for ministry in msc msd mse msf; do
        mkdir -p "inbox/$ministry"
        { cat "$FIXTURES/inbox/msc/2567-q3.txt" && echo "$ministry"; } >"inbox/$ministry/2567-q3.txt"
    done
}

teardown() {
    local name
    for name in a b; do
        [[ ! -s $T/$name.pid ]] || stop "$name"
    done
}

# start NAME [FORCED-COMMAND]: an sshd of that name, as a line of the file `hosts`. HOME is the test's, so that its sessions
# read no start-up file of the user's shell, and none is killed in one.
start() {
    local try port
    for try in {1..20}; do
        port=$((20000 + RANDOM % 20000))
        {
            printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' "HostKey $T/host-key" "PidFile $T/$1.pid" 'UsePAM no' \
                "AuthorizedKeysFile $T/key.pub" 'StrictModes no' 'PermitRootLogin yes' 'PasswordAuthentication no' \
                'LogLevel VERBOSE' 'MaxStartups 100' "SetEnv HOME=$T"
            [[ -z ${2-} ]] || printf 'ForceCommand %s\n' "$2"
        } >"$1.conf"
        "$SSHD" -f "$T/$1.conf" -E "$T/$1.log" || continue
        for _ in {1..50}; do
            [[ -s $1.pid ]] && break
            sleep 0.1
        done
        [[ ! -s $1.pid ]] || break
    done
    printf '2/ssh -p %s -i %s/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR 127.0.0.1\n' \
        "$port" "$T" >>hosts
}

# family PID: a process and all that it started.
family() {
    local child
    echo "$1"
    for child in $(ps -o pid= --ppid "$1"); do
        family "$child"
    done
}

# stop NAME: the machine is gone: its sshd, its sessions and what runs in them.
stop() {
    local pids
    mapfile -t pids < <(family "$(<"$1.pid")")
    kill -KILL "${pids[@]}" 2>/dev/null || true
    rm -f "$1.pid"
}

# sent_here: what was sent to the machines and still lies there: in the folder where a session begins, whatever its HOME.
sent_here() {
    compgen -G "$(getent passwd "$EUID" | cut -d : -f 6)/.traimat-nightly.*" | sort
}

nightly() {
    "$PIPELINES/nightly" --settle 0 --log log -p "$FIXTURES/profiles/msc" "$@" inbox store
}

# all_landed: every report has its version, with the tables that this machine makes.
all_landed() {
    "$PIPELINES/nightly" --settle 0 -q -p "$FIXTURES/profiles/msc" inbox here || true
    for ministry in msc msd mse msf; do
        diff -r "here/$ministry/2567-q3/v0001" "store/$ministry/2567-q3/v0001"
    done
    "$PIPELINES/store" -s store verify
    assert_equal "$(sent_here)" "$(<sent-before)"
}

@test "the reports go out to two machines, and the tables that come back are the same" {
    start a
    start b
    run nightly --hosts hosts
    assert_failure 1
    all_landed
    assert_equal "$(grep -c '	elsewhere	' log)" 4
    # Both have had a part.
    assert [ "$(grep '	elsewhere	' log | cut -f 5 | sort -u | wc -l)" -eq 2 ]
}

@test "a machine that is killed in mid-run costs no report" {
    start a
    # Slow enough to be killed with a report on it.
    start b 'sh -c "case \"$SSH_ORIGINAL_COMMAND\" in *report-tables*|*perl*) touch ~/busy; sleep 30 ;; esac; eval \"$SSH_ORIGINAL_COMMAND\""'
    nightly --hosts hosts >out 2>&1 &
    run_pid=$!
    # Until the machine is at work and a report has been sent, or the run has ended.
    while kill -0 "$run_pid"; do
        sent_here | comm -13 sent-before - >sent
        [[ ! -e busy || ! -s sent ]] || break
        sleep 0.1
    done
    kill -0 "$run_pid"
    stop b
    status=0
    wait "$run_pid" || status=$?
    cat out log
    assert_equal "$status" 1
    all_landed
}

@test "a machine that hangs from the beginning costs no report" {
    start a
    start b 'sleep 1000'
    run nightly --hosts hosts
    assert_failure 1
    all_landed
    assert_equal "$(grep -c '	elsewhere	' log)" 4
}

@test "a machine that hangs with a report on it costs no report" {
    start a
    start b 'case "$SSH_ORIGINAL_COMMAND" in true) ;; *) sleep 1000 ;; esac'
    run nightly --hosts hosts --host-timeout 5
    assert_failure 1
    all_landed
}

@test "without any machine the reports are made here, and the log says so" {
    start a
    stop a
    run nightly --hosts hosts
    assert_failure 1
    all_landed
    assert_equal "$(grep -c '	here	' log)" 4
}

@test "a bad report is refused with its reason, wherever it was looked at" {
    start a
    printf 'Dear all,\n\nplease find the report attached.\n' >inbox/msc/2567-q3.txt
    run nightly --hosts hosts
    assert_failure 2
    assert_output --partial "inbox/msc/2567-q3.txt"
    assert_output --partial "no project was found"
    assert_not_exist store/msc
    assert_exist store/msf/2567-q3/latest/projects.csv
}
