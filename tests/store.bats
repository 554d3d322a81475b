# pipelines/store: what looks after a store.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    mkdir -p inbox/msc/REEF
    cp "$FIXTURES/inbox/msc/2567-q2.txt" inbox/msc/
    cp "$FIXTURES/inbox/msc/REEF/2567-q3.txt" inbox/msc/REEF/
    "$PIPELINES/nightly" --settle 0 -q inbox store
    V=store/msc/2567-q2/v0001
}

# With three versions of the one dataset, made on the first, second and third of May.
three_versions() {
    local day
    for day in 2 3; do
        sed -i "1s/^/รายงาน /" inbox/msc/2567-q2.txt
        "$PIPELINES/nightly" --settle 0 -q inbox store >nightly.out 2>&1 || true
    done
    for day in 1 2 3; do
        touch -d "2024-05-0$day 12:00" "store/msc/2567-q2/v000$day/SHA256SUMS"
    done
}

store() {
    "$PIPELINES/store" "$@"
}

@test "list has a line for each dataset, with its versions, the latest, and its projects" {
    three_versions
    run store -s store list
    assert_success
    assert_line --index 0 --regexp '^dataset +versions +latest +made +projects +bytes$'
    # 15 projects in the ministry's report, four in the submission, and the four merged.
    assert_line --index 1 --regexp '^msc/2567-q2 +3 +v0003 +2024-05-03 12:00 +15 '
    assert_line --index 2 --regexp '^msc/2567-q3 +1 +v0001 .* 4 '
    assert_line --index 3 --regexp '^msc/REEF/2567-q3 +1 +v0001 .* 4 '
    assert_equal "${#lines[@]}" 4
    run store -s store list msc/2567-q2
    assert_equal "${#lines[@]}" 2
}

@test "path gives the folder of the latest version, of a version, and of what was the latest on a day" {
    three_versions
    run store -s store path msc/2567-q2
    assert_success
    assert_output "$T/store/msc/2567-q2/v0003"
    run store -s store path msc/2567-q2@v0001
    assert_output "$T/store/msc/2567-q2/v0001"
    run store -s store path msc/2567-q2@2024-05-02
    assert_output "$T/store/msc/2567-q2/v0002"
    run store -s store path 'msc/2567-q2@2024-05-02 11:59'
    assert_output "$T/store/msc/2567-q2/v0001"
    run store -s store path msc/2567-q2@2034-01-01
    assert_output "$T/store/msc/2567-q2/v0003"
}

@test "the store is named by -s, by the environment, by the operand, or is the current folder" {
    run store path store/msc/REEF/2567-q3
    assert_output "$T/store/msc/REEF/2567-q3/v0001"
    run store path "$T/store/msc/REEF/2567-q3@v0001"
    assert_output "$T/store/msc/REEF/2567-q3/v0001"
    TRAIMAT_STORE=store run store path msc/REEF/2567-q3
    assert_output "$T/store/msc/REEF/2567-q3/v0001"
    cd store
    run store path msc/REEF/2567-q3
    assert_output "$T/store/msc/REEF/2567-q3/v0001"
}

@test "what there is not is status 1, with its name" {
    for operand in msc/2566-q1 msc/2567-q2@v0009 msc/2567-q2@2020-01-01; do
        run store -s store path "$operand"
        assert_failure 1
        assert_output --partial "$operand: no such version"
    done
}

@test "what is no name of a dataset is status 2, and nothing outside the store is looked at" {
    mkdir -p msc/2567-q2/v0001
    for operand in 2567-q2 msc ../msc 'msc/2567-q2/../../x' 'msc/2567-q5' $'msc/2567-q2\n' msc/2567-q2@v1/../.. 'msc/2567-q2@yesterdays'; do
        run store -s store path "$operand"
        assert_failure 2
        refute_output --partial "$T/msc"
    done
}

@test "show tells where a version comes from and what is in it" {
    run store -s store show msc/2567-q2
    assert_success
    assert_line --regexp "^source +$(sha256sum <inbox/msc/2567-q2.txt | cut -d ' ' -f 1)\$"
    assert_line --regexp "^projects.csv +15 +$(stat -c %s $V/projects.csv)  $(sha256sum <$V/projects.csv | cut -d ' ' -f 1)\$"
    run store -s store show msc/2567-q3
    assert_line --regexp '^submission +msc/REEF/2567-q3@v0001, lines 1-245$'
}

@test "verify passes a store as nightly leaves it" {
    three_versions
    run store -s store verify
    assert_success
    assert_output '5 versions of 3 datasets: every file is as it was written'
}

# a_fault COMMAND OUTPUT: after the command verify fails and says so, of that version alone.
a_fault() {
    chmod -R u+w store
    eval "$1"
    run store -s store verify
    assert_failure 1
    assert_line "msc/2567-q2/v0001: $2"
    assert_equal "$(printf '%s\n' "${lines[@]}" | grep -vc '^msc/2567-q2/v0001: ')" 1
}

@test "verify names a file that is not as it was written" {
    a_fault "printf x | dd of=$V/kpis.csv conv=notrunc bs=1 seek=40 2>dd" 'kpis.csv: FAILED'
}

@test "verify names a file that is missing" {
    a_fault "rm $V/kpis.csv" 'kpis.csv: is in SHA256SUMS and not there'
}

@test "verify names a file that does not belong there" {
    a_fault "touch $V/notes.txt" 'notes.txt: is there and is not in SHA256SUMS (type f)'
}

@test "verify names a table that is a link" {
    a_fault "mv $V/kpis.csv elsewhere; ln -s $T/elsewhere $V/kpis.csv" 'kpis.csv: is there and is not in SHA256SUMS (type l)'
}

@test "verify names a version without its sums" {
    a_fault "rm $V/SHA256SUMS" 'no SHA256SUMS'
}

@test "verify names a data package that says otherwise than the sums" {
    a_fault "sed -i '0,/sha256:./s//sha256:x/' $V/datapackage.json
        sed -i \"s/.*  datapackage.json/\$(sha256sum <$V/datapackage.json | cut -d ' ' -f 1)  datapackage.json/\" $V/SHA256SUMS" \
        'datapackage.json: names other files or hashes than SHA256SUMS'
}

@test "verify names a version that lies in another one's place" {
    a_fault "rm -r $V; cp -R store/msc/REEF/2567-q3/v0001 $V" 'datapackage.json: is of msc/REEF/2567-q3/v0001'
}

@test "verify names a latest that shows no version" {
    ln -sfn v0007 store/msc/2567-q2/latest
    run store -s store verify
    assert_failure 1
    assert_line 'msc/2567-q2: latest shows no version'
}

@test "prune says what it would remove, and removes nothing" {
    three_versions
    run store -s store prune --keep 1
    assert_success
    assert_line 'would remove msc/2567-q2/v0001'
    assert_line 'would remove msc/2567-q2/v0002'
    assert_line 'store: 2 versions; --yes removes them'
    assert_equal "$(ls store/msc/2567-q2 | paste -sd ' ')" 'latest v0001 v0002 v0003'
}

@test "prune --yes removes the oldest, and each quarter keeps its last" {
    three_versions
    run store -s store prune --keep 2 --yes
    assert_success
    assert_output 'removed msc/2567-q2/v0001'
    run store -s store prune --keep 1 --yes
    assert_output 'removed msc/2567-q2/v0002'
    assert_equal "$(ls -A store/msc/2567-q2 | paste -sd ' ')" 'latest v0003'
    assert_exist store/msc/2567-q3/v0001
    run store -s store verify
    assert_success
}

@test "the version after pruned ones has the next number" {
    three_versions
    store -s store prune --keep 1 --yes
    sed -i '1s/^/รายงาน /' inbox/msc/2567-q2.txt
    "$PIPELINES/nightly" --settle 0 -q inbox store >out 2>&1 || true
    assert_equal "$(readlink store/msc/2567-q2/latest)" v0004
}

@test "prune never removes the latest, even when it is not the newest" {
    three_versions
    ln -sfn v0001 store/msc/2567-q2/latest
    run store -s store prune --keep 1
    assert_line 'would remove msc/2567-q2/v0002'
    refute_line --partial v0001
}

@test "prune wants to know how many to keep" {
    for keep in '' --keep=0 --keep=-1 --keep=all; do
        run store -s store prune $keep --yes
        assert_failure 2
        assert_output --partial '--keep N is needed'
    done
    assert_exist $V/projects.csv
}

@test "prune waits for a run that writes, up to its time limit" {
    three_versions
    exec 8>>store/.lock
    flock 8
    run store -s store prune --keep 1 --yes --lock-timeout 0
    assert_failure 2
    assert_output --partial 'still held after 0 s'
    assert_exist $V/projects.csv
}

@test "a date of the Buddhist era is refused with the date that is meant" {
    run store -s store path msc/2567-q2@2567-07-31
    assert_failure 2
    assert_output "store: error: 2567-07-31: 2567 is a year of the Buddhist era; 2024-07-31 is meant?"
    run store -s store show 'msc/2567-q2@2568-02-01 12:00'
    assert_failure 2
    assert_output --partial "2025-02-01 12:00 is meant?"
    run store -s store path msc/2567-q2@2567-q2
    assert_failure 2
    assert_output --partial "2567-q2: neither a version (v0001) nor a date (2024-07-31)"
    # A year that is far off, and no Buddhist one.
    run store -s store path msc/2567-q2@2399-12-31
    assert_output "$T/$V"
}

@test "a folder that is no store is said; a store without a version is none the less one" {
    mkdir empty some
    touch some/.lock
    for command in list verify; do
        run store -s empty "$command"
        assert_failure 2
        assert_output "store: error: empty: is no store: no version is in it"
    done
    run store -s some list
    assert_success
    assert_output "store: some: no version in it"
    run store -s inbox/msc/2567-q2.txt list
    assert_failure 2
    assert_output "store: error: inbox/msc/2567-q2.txt: is no folder"
    run store -s
    assert_failure 2
    assert_line --index 0 --partial "store: error: -s needs a value; usage"
}

@test "an unknown command is status 2" {
    run store -s store remove
    assert_failure 2
    assert_output --partial 'unknown command remove'
    run store
    assert_failure 2
}
