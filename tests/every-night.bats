# What starts nightly, and what the README says of it: cron, systemd, Slurm.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    mkdir -p srv/traimat/inbox var/log/traimat
    cp -R "$FIXTURES/inbox/msc" srv/traimat/inbox/
    SYSTEMD=$PIPELINES/systemd
}

# run_here COMMAND-LINE: runs it with this tree's nightly, and with this test's /srv and /var.
run_here() {
    run bash -c "$(sed "s,/usr/local/bin/,$PIPELINES/,; s,/srv/traimat,$T/srv/traimat,g; s,/var/log,$T/var/log,g" <<<"$1")"
}

@test "the line for cron stores the reports, and the second night is silent" {
    line=$(grep -v '^#' "$SYSTEMD/crontab" | sed -E 's/^([^ ]+ +){5}//')
    run_here "$line"
    assert_failure 1
    assert_exist srv/traimat/store/msc/2567-q3/latest/projects.csv
    run_here "$line"
    assert_success
    refute_output
    assert_equal "$(grep -c '	begun	' var/log/traimat/nightly.log)" 2
}

@test "systemd's service starts the same command as cron" {
    assert_equal "$(sed -n 's/^ExecStart=//p' "$SYSTEMD/traimat-nightly.service")" \
        "$(grep -v '^#' "$SYSTEMD/crontab" | sed -E 's/^([^ ]+ +){5}//')"
}

@test "README and manual page have the line for cron as it is" {
    line=$(grep -v '^#' "$SYSTEMD/crontab")
    grep -qxF "    $line" "$ROOT/README.md"
    grep -qxF "$line" "$PIPELINES/nightly.1"
}

@test "systemd finds nothing wrong with the service and the timer" {
    command -v systemd-analyze >/dev/null || skip "needs systemd-analyze"
    sed "s,/usr/local/bin/,$PIPELINES/," "$SYSTEMD/traimat-nightly.service" >traimat-nightly.service
    cp "$SYSTEMD/traimat-nightly.timer" .
    run systemd-analyze verify --man=no ./traimat-nightly.service ./traimat-nightly.timer
    assert_success
    refute_output
    run systemd-analyze calendar --iterations=1 "$(sed -n 's/^OnCalendar=//p' traimat-nightly.timer)"
    assert_success
}

@test "a task of the README's job array for each report gives the figures of one run over all" {
    # The script stands in the README from its first line to its last, indented by four.
    sed -n '/^    #!\/bin\/bash$/,/^$/s/^    //p' "$ROOT/README.md" |
        sed "s,/usr/local/share/traimat/profiles/mdes,$TRAIMAT_PROFILES/msc," >tables.sbatch
    printf '%s\n' "$FIXTURES/inbox/msc/2567-q3.txt" "$FIXTURES/inbox/msc/REEF/2567-q3.txt" >reports.list
    export PATH=$PIPELINES:$BIN:$PATH
    for task in 1 2; do
        SLURM_ARRAY_TASK_ID=$task bash tables.sbatch
    done
    aggregate-progress --merge -o aggregates.csv pieces/*.csv
    aggregate-progress tables/{1,2}/{report,projects,summary}.csv | diff - aggregates.csv
    # A report that is refused fails its own task.
    : >empty.txt
    echo empty.txt >>reports.list
    SLURM_ARRAY_TASK_ID=3 run bash tables.sbatch
    assert_failure
    assert_not_exist pieces/3.csv
}
