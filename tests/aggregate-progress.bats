# filters/aggregate-progress: the report's own figures, recomputed exactly and set against what it declares.
bats_require_minimum_version 1.5.0
load helpers

setup() {
    helpers_setup
    IN=$FIXTURES/aggregate
    A=$BIN/aggregate-progress
}

# aggregate [OPTION...]: over the fixture's tables; the period's end is 2024-06-30.
aggregate() {
    "$A" "$@" "$IN/projects.csv" "$IN/summary.csv" "$IN/report.csv"
}

# cell SCOPE NAME COLUMN: one value of aggregates.csv on standard input.
cell() {
    mlr --icsv --onidx filter '$scope == "'"$1"'" && string($name) == "'"$2"'"' then cut -f "$3"
}

# declare SED-SCRIPT: d.csv, the fixture's declared figures with a fault.
declare_wrong() {
    sed "$1" "$IN/declared.csv" >d.csv
    ! cmp -s d.csv "$IN/declared.csv"
}

# cause NAME: what standard error gives as the cause for a declared figure.
cause() {
    sed -n "s/.* $1: declared.*likely cause: //p" err
}

@test "counts, means, sums, plan and declared figures are those worked out by hand" {
    run --separate-stderr aggregate --declared "$IN/declared.csv"
    assert_success
    assert_equal "$stderr" ''
    diff "$IN/aggregates.csv" - <<<"$output"
}

@test "the order of the rows and of the tables does not matter" {
    for table in projects summary; do
        mlr --icsv --ocsv --seed 3 shuffle "$IN/$table.csv" >"$table.csv"
    done
    "$A" --declared "$IN/declared.csv" "$IN/report.csv" summary.csv projects.csv >out.csv
    diff "$IN/aggregates.csv" out.csv
}

@test "the summary alone gives counts and means, and no money" {
    "$A" "$IN/summary.csv" >out.csv
    assert_equal "$(cell ministry '' projects <out.csv) $(cell ministry '' progress <out.csv)" '5 47.21'
    assert_equal "$(cell projects '' allocated <out.csv)" ''
    assert_equal "$(cell agency CCC progress <out.csv)" 70
}

@test "the details alone give the figures of the projects that were handed in" {
    "$A" --as-of 2024-06-30 "$IN/projects.csv" >out.csv
    # strategy 1: (40 + 0 + 90) / 3; strategy 2: its one project has no figure of its own, its parts have 20 and 31.
    assert_equal "$(cell strategy 1 progress <out.csv) $(cell strategy 2 progress <out.csv)" '43.33 25.5'
    assert_equal "$(cell projects '' projects <out.csv)" 4
    assert_equal "$(cell ministry '' progress <out.csv)" 34.42 # (130/3 + 25.5) / 2 = 34.41666…
}

@test "tables are read from standard input and told apart by their columns" {
    "$A" <"$IN/summary.csv" >one.csv
    gzip -c "$IN/summary.csv" | "$A" - >two.csv
    "$A" "$IN/summary.csv" >three.csv
    cmp one.csv three.csv
    cmp two.csv three.csv
}

@test "a dash counts as 0, and with --missing=skip not at all" {
    assert_equal "$(aggregate | cell strategy 1 progress)" 46.67
    assert_equal "$(aggregate --missing=skip | cell strategy 1 progress)" 70
    assert_equal "$(aggregate --missing=skip | cell strategy 1 projects)" 3
    assert_equal "$(aggregate --missing=skip | cell agency AAA progress)" 40
}

@test "what is blank or text does not count as 0" {
    printf 'strategy,number,agency,progress\n1,1,A,50\n1,2,A,\n1,3,A,soon\n' >s.csv
    "$A" --detail s.csv >out.csv
    assert_equal "$(cell agency A projects <out.csv) $(cell agency A reported <out.csv)" '3 1'
    assert_equal "$(cell agency A progress <out.csv)" 50
    assert_equal "$(cell agency A blank <out.csv) $(cell agency A text <out.csv) $(cell agency A dash <out.csv)" '1 1 0'
}

@test "the ministry's figure is the mean of the strategies' means, and that over all projects stands beside it" {
    printf 'strategy,number,agency,progress\n1,1,A,100\n1,2,A,100\n1,3,A,100\n2,1,A,0\n' >s.csv
    "$A" s.csv >out.csv
    assert_equal "$(cell ministry '' progress <out.csv) $(cell projects '' progress <out.csv)" '50 75'
}

@test "the ministry's figure is rounded once, at the very end" {
    # 1.005 and 0.003 are 1.01 and 0 when rounded first, whose mean is 0.51; exactly it is 0.504.
    printf 'strategy,number,agency,progress\n1,1,A,1.005\n2,1,A,0.003\n' >s.csv
    assert_equal "$("$A" s.csv | cell ministry '' progress)" 0.5
}

@test "means are rounded half up" {
    printf 'strategy,number,agency,progress\n1,1,A,1\n1,2,A,1.01\n2,1,A,0.0049\n3,1,A,0.0050\n' >s.csv
    "$A" s.csv >out.csv
    assert_equal "$(cell strategy 1 progress <out.csv)" 1.01
    assert_equal "$(cell strategy 2 progress <out.csv) $(cell strategy 3 progress <out.csv)" '0 0.01'
}

@test "unnumbered projects, sub-projects and totals are not counted" {
    printf 'strategy,number,agency,progress\n5,-,A,90\n5,1,A,10\n5,1.1,A,30\n5,1.A1,A,30\n5,total,,10\n' >s.csv
    "$A" s.csv >out.csv || true
    assert_equal "$(cell strategy 5 projects <out.csv) $(cell strategy 5 progress <out.csv)" '1 10'
}

@test "the agency is that of the project's own section, not that of the summary row" {
    # The summary's third row says AAA, the section BBB.
    assert_equal "$(aggregate | cell agency AAA projects) $(aggregate | cell agency BBB projects)" '2 2'
    "$A" "$IN/summary.csv" >out.csv
    assert_equal "$(cell agency AAA projects <out.csv) $(cell agency BBB projects <out.csv)" '3 1'
}

@test "with --from=detail a project that was not handed in is counted and has no figure" {
    run --separate-stderr aggregate --detail --from=detail
    assert_equal "$status" 1 # the totals of the summary tables are now other figures
    assert_equal "$(cell strategy 2 projects <<<"$output") $(cell strategy 2 not_handed_in <<<"$output")" '2 1'
    assert_equal "$(cell strategy 2 progress <<<"$output")" 25.5
    assert_equal "$(cell strategy 1 progress <<<"$output")" 43.33
}

@test "with --from=summary a project that is only in the details has no figure" {
    grep -v '^1,3,\|total' "$IN/summary.csv" >summary.csv
    run --separate-stderr "$A" --detail --from=summary "$IN/projects.csv" summary.csv
    assert_success
    assert_equal "$(cell strategy 1 projects <<<"$output") $(cell strategy 1 reported <<<"$output")" '3 1'
    assert_equal "$(cell strategy 1 progress <<<"$output")" 20
    assert_equal "$stderr" 'aggregate-progress: warning: S1.P03: has details, but no row in the summary table'
}

@test "--weight=budget weighs by the money allocated, and leaves out projects without an amount" {
    # (40 * 1000 + 0 * 2000 + 100 * 500.25 + 25.5 * 1000) / 4500.25 = 115525 / 4500.25
    run --separate-stderr aggregate --weight=budget
    assert_equal "$(cell projects SEA progress <<<"$output")" 25.67
    assert_equal "$(cell ministry SEA progress <<<"$output")" 25.67
    assert_equal "$(cell agency CCC progress <<<"$output")" ''
}

@test "-g strategy,agency gives each agency within each strategy" {
    aggregate -g strategy,agency >out.csv
    run mlr --icsv --onidx --ofs ' ' filter '$scope == "strategy-agency"' then cut -f name,projects,progress out.csv
    assert_output "1/AAA 2 20
1/BBB 1 100
2/BBB 1 25.5
2/CCC 1 70"
}

@test "-g project gives each project with its figures, sub-projects and unnumbered ones too" {
    aggregate -g project >out.csv
    run mlr --icsv --onidx --ofs '|' filter '$scope == "project"' then cut -f name,progress,contracted,expected,gap,rating out.csv
    assert_output "S1.P01|40|900|49.73|-9.73|on-track
S1.P02|||49.73||unknown
S1.P03|100|500.25|100|-10|finished
S2.P00|||||unknown
S2.P01|25.5|300|33.27|-7.77|on-track
S2.P01.1|20|300|100|-80|critical
S2.P01.2|31||0|31|ahead
S2.P02|70||||unknown"
}

@test "--detail adds columns behind the others, with the spread, the rates and the ratings" {
    aggregate --detail >out.csv
    run head -n 1 out.csv
    assert_output --regexp "^$(head -n 1 "$IN/aggregates.csv"),with_details,not_handed_in,blank,dash,text,minimum,median,maximum,"
    assert_equal "$(mlr --icsv --onidx --ofs ' ' filter '$scope == "projects"' then cut -f minimum,median,maximum out.csv)" '0 40 100'
    assert_equal "$(mlr --icsv --onidx --ofs ' ' filter '$scope == "parent"' then cut -f minimum,median,maximum out.csv)" '20 25.5 31'
    # contracted: (900 + 0 + 500.25) / 3500.25; disbursed: the second project does not say: (450.5 + 500.25) / 1500.25
    assert_equal "$(mlr --icsv --onidx --ofs ' ' filter 'string($name) == "1"' then cut -f contracted_rate,disbursed_rate out.csv)" '40 63.37'
    assert_equal "$(mlr --icsv --onidx --ofs ' ' filter '$scope == "ministry"' then cut -f compared,finished,on-track,unknown out.csv)" '3 1 2 2'
}

@test "a dash for money counts as nothing spent, and with --missing=skip not at all" {
    assert_equal "$(aggregate --detail | cell agency AAA contracted_rate)" 30
    assert_equal "$(aggregate --detail --missing=skip | cell agency AAA contracted_rate)" 90
}

@test "each rating is given by its thresholds" {
    {
        echo key,strategy,agency,start,end,progress_total
        # On 2024-06-30, 50 of 100 days had passed of what began on 2024-05-12.
        printf '%s,1,A,2024-05-12,2024-08-19,%s\n' \
            S1.P01 100 S1.P02 60.01 S1.P03 60 S1.P04 40 S1.P05 39.99 S1.P06 20 S1.P07 19.99 S1.P08 -
        echo S1.P09,1,A,2024-07-01,2024-08-19,0
        echo S1.P10,1,A,2024-08-19,2024-05-12,50
        echo S1.P11,1,A,,,50
    } >p.csv
    "$A" --as-of 2024-06-30 -g project p.csv >out.csv
    run mlr --icsv --onidx --ofs ' ' filter '$scope == "project"' then cut -f name,rating out.csv
    assert_output "S1.P01 finished
S1.P02 ahead
S1.P03 on-track
S1.P04 on-track
S1.P05 behind
S1.P06 behind
S1.P07 critical
S1.P08 unknown
S1.P09 not-started
S1.P10 unknown
S1.P11 unknown"
}

@test "the thresholds are the profile's" {
    mkdir profile
    printf 'rating,progress_min,progress_max,expected_min,expected_max,gap_min,gap_max\nfine,,,,,-50,\nlate,,,,,,-50.01\n' >profile/ratings.csv
    aggregate -p profile -g project >out.csv
    assert_equal "$(cell project S1.P01 rating <out.csv)" fine
    assert_equal "$(cell project S2.P01.1 rating <out.csv)" late
    assert_equal "$(cell project S2.P02 rating <out.csv)" unknown
}

@test "inexact dates mean the first day of a start and the last of an end" {
    printf 'key,strategy,agency,start,end,progress_total\nS1.P01,1,A,2024-06,2024-07,50\nS1.P02,1,A,2024,2024,50\n' >p.csv
    "$A" --as-of 2024-06-30 -g project p.csv >out.csv
    assert_equal "$(cell project S1.P01 expected <out.csv)" 49.18 # 30 of 61 days
    assert_equal "$(cell project S1.P02 expected <out.csv)" 49.73 # 182 of 366 days
}

@test "the gap is that of the whole project, where its section states its progress beside that of the year" {
    # On 2024-06-30, 50 of 100 days had passed.
    {
        echo key,strategy,agency,start,end,progress_total,progress_year
        printf '%s,1,A,2024-05-12,2024-08-19,%s\n' S1.P01 30,75 S1.P02 ,75 S1.P03 -,75 S1.P04 60,
        echo S1.P05,1,B,,,,
        printf '%s,1,B,2024-05-12,2024-08-19,%s\n' S1.P05.1 20,90 S1.P05.2 30,80
    } >p.csv
    printf 'strategy,number,agency,progress\n1,1,A,75\n1,2,A,75\n1,3,A,75\n1,4,A,-\n1,5,B,85\n1,5.1,B,90\n1,5.2,B,80\n' >s.csv
    "$A" --as-of 2024-06-30 -g project p.csv s.csv >out.csv
    run mlr --icsv --onidx --ofs '|' filter '$scope == "project"' then cut -f name,progress,expected,gap out.csv
    assert_output "S1.P01|75|50|-20
S1.P02|75|50|25
S1.P03|75|50|25
S1.P04||50|
S1.P05|85|50|-25
S1.P05.1|90|50|-30
S1.P05.2|80|50|-20"
    assert_equal "$(cell agency A gap <out.csv) $(cell parent S1.P05 gap <out.csv)" '10 -25'
    # What is asked for alone is compared alone.
    assert_equal "$("$A" --as-of 2024-06-30 --from=summary p.csv s.csv | cell agency A gap)" 25
    assert_equal "$("$A" --as-of 2024-06-30 --from=detail p.csv s.csv | cell agency A gap)" 5
}

@test "a declared figure that disagrees is status 1, and is named with its line" {
    declare_wrong 's/^agency,AAA,2,20/agency,AAA,3,19.99/'
    run --separate-stderr aggregate --detail --declared d.csv
    assert_equal "$status" 1
    assert_equal "$(cell agency AAA agrees <<<"$output") $(cell agency BBB agrees <<<"$output")" 'no yes'
    assert_equal "$(cell agency AAA difference_projects <<<"$output") $(cell agency AAA difference_progress <<<"$output")" '-1 0.01'
    [[ $stderr == 'aggregate-progress: d.csv:5: warning: agency AAA: declared 3 projects, 19.99% (line 4 of the report), computed 2 projects, 20%'* ]]
}

@test "declared means agree to two places, however many are written" {
    declare_wrong 's/47.75/47.750/; s/,20,/,20.00,/'
    run aggregate --declared d.csv
    assert_success
    declare_wrong 's/62.75/62.8/'
    run aggregate --declared d.csv
    assert_equal "$status" 1
}

@test "a declared agency that no project names is a row of its own" {
    declare_wrong 's/^agency,CCC/agency,DDD/'
    run --separate-stderr aggregate --declared d.csv
    assert_equal "$status" 1
    assert_line 'agency,DDD,0,0,,,,,,,unknown,1,70,no'
    assert_equal "$(cell agency CCC agrees <<<"$output")" ''
    assert_equal "$stderr" 'aggregate-progress: d.csv:7: warning: agency DDD: declared 1 projects, 70% (line 6 of the report), computed 0 projects; likely cause: no project belongs to it'
}

@test "a count or a mean that is not declared is not compared" {
    printf 'scope,name,count,progress,line\nagency,AAA,,20,\nagency,BBB,2,-,\n' >d.csv
    run aggregate --declared d.csv
    assert_success
    assert_line --regexp '^agency,AAA.*,,20,yes$'
    assert_line --regexp '^agency,BBB.*,2,,yes$'
}

@test "the total rows of the summary tables are declared figures too" {
    run aggregate
    assert_success
    assert_line --regexp '^strategy,1,.*,,46.67,yes$'
    sed 's/46.67/46.76/' "$IN/summary.csv" >summary.csv
    run --separate-stderr "$A" --declared "$IN/declared.csv" "$IN/projects.csv" summary.csv
    assert_equal "$status" 1
    assert_equal "$stderr" 'aggregate-progress: summary.csv:5: warning: strategy 1: declared 46.76% (line 13 of the report), computed 3 projects, 46.67%; likely cause: a misprint: a digit differs, or two have changed places'
}

@test "a row agrees only where all that is declared for it does" {
    sed 's/46.67/50/' "$IN/summary.csv" >summary.csv
    run --separate-stderr "$A" --declared "$IN/declared.csv" "$IN/projects.csv" summary.csv
    assert_equal "$status" 1
    assert_line --regexp '^strategy,1,.*,3,46.67,no$' # declared.csv has what is computed, the total row has not
    assert_line --regexp '^strategy,2,.*,2,47.75,yes$'
    [[ $stderr == 'aggregate-progress: summary.csv:5: warning: strategy 1: declared 50% (line 13 of the report), computed 3 projects, 46.67%'* ]]
    assert_equal "${#stderr_lines[@]}" 1
}

@test "a group that declared.csv has twice is one row, with the first figure, and the other is told" {
    (cat "$IN/declared.csv" && printf 'agency,AAA,2,21,7\nagency,BBB,2,62.75,8\nagency,DDD,1,5,9\nagency,DDD,1,6,10\n') >d.csv
    run --separate-stderr aggregate --declared d.csv
    assert_equal "$status" 1
    assert_equal "$(grep -c -e ^agency,AAA -e ^agency,BBB -e ^agency,DDD <<<"$output")" 3
    assert_line --regexp '^agency,AAA,.*,2,20,no$'
    assert_line --regexp '^agency,BBB,.*,2,62.75,yes$'
    assert_line --regexp '^agency,DDD,.*,1,5,no$'
    assert_equal "$(grep -o 'd.csv:[0-9]*: warning: agency ...: declared . projects, [0-9]*%' <<<"$stderr")" 'd.csv:8: warning: agency AAA: declared 2 projects, 21%
d.csv:10: warning: agency DDD: declared 1 projects, 5%
d.csv:11: warning: agency DDD: declared 1 projects, 6%'
}

@test "what is stated for a project with sub-projects is set against their mean" {
    sed 's/,25.5,/,25.51,/; /total/d' "$IN/summary.csv" >summary.csv
    run --separate-stderr "$A" summary.csv
    assert_equal "$status" 1
    assert_line 'parent,S2.P01,2,2,25.5,,,,,,unknown,,25.51,no'
    assert_equal "$stderr" 'aggregate-progress: warning: parent S2.P01: declared 25.51% (line 20 of the report), computed 2 projects, 25.5%'
}

@test "cause: a dash was not counted as 0" {
    declare_wrong 's/AAA,2,20/AAA,2,40/'
    aggregate --declared d.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency AAA')" 'a dash counted the other way in the mean: S1.P02 (line 11, 200)'
}

@test "cause: figures of the details" {
    declare_wrong 's/^strategy,1,3,46.67/strategy,1,3,43.33/'
    aggregate --declared d.csv >out.csv 2>err || true
    assert_equal "$(cause 'strategy 1')" 'progress taken from the details: S1.P03 (line 12, 300)'
}

@test "cause: agencies of the summary rows, or as they are printed there" {
    mkdir profile
    cp "$ROOT/pipelines/profiles/common/ratings.csv" profile
    printf 'code,name\nAAA,aaa\nBBB,bbb\nCCC,ccc\n' >profile/agencies.csv
    declare_wrong 's/AAA,2,20/AAA,3,46.67/'
    aggregate -p profile --declared d.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency AAA')" 'agencies taken from the summary rows: S1.P03 (line 12, 300); or agencies taken from the abbreviations printed in the summary rows: S1.P03 (line 12, 300)'
    sed '/^1,3,/s/AAA/BBB/' "$IN/summary.csv" >summary.csv
    "$A" -p profile --declared d.csv "$IN/projects.csv" summary.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency AAA')" 'agencies taken from the abbreviations printed in the summary rows: S1.P03 (line 12, 300)'
}

@test "cause: unnumbered projects counted" {
    printf 'strategy,number,agency,progress,line\n1,1,A,10,1\n1,2,A,30,2\n1,-,A,80,3\n' >s.csv
    printf 'scope,name,count,progress,line\nstrategy,1,3,40,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    run cause 'strategy 1'
    assert_output --partial 'unnumbered projects counted: S1.P00 (line 3)'
}

@test "cause: sub-projects counted instead of their projects" {
    printf 'strategy,number,agency,progress,line\n1,1,A,10,1\n1,2,A,30,2\n1,2.1,A,25,3\n1,2.2,A,35,4\n' >s.csv
    printf 'scope,name,count,progress,line\nstrategy,1,3,23.33,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    assert_equal "$(cause 'strategy 1')" 'sub-projects counted instead of their projects: S1.P02 (line 2), S1.P02.1 (line 3), S1.P02.2 (line 4)'
}

@test "cause: a project left out, counted twice, or of another agency" {
    printf 'strategy,number,agency,progress,line\n1,1,A,10,1\n1,2,A,30,2\n1,3,A,80,3\n1,4,B,55,4\n' >s.csv
    printf 'scope,name,count,progress,line\nagency,A,2,20,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency A')" 'a project left out: S1.P03 (line 3)'
    printf 'scope,name,count,progress,line\nagency,A,4,50,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency A')" 'a project counted twice: S1.P03 (line 3)'
    printf 'scope,name,count,progress,line\nagency,A,4,43.75,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency A')" 'a project of elsewhere counted here: S1.P04 (line 4)'
}

@test "cause: the mean cut, not rounded, or rounded to fewer places, or misprinted, or the count alone" {
    # The mean is 10.69333…
    printf 'strategy,number,agency,progress\n1,1,A,10\n1,2,A,10\n1,3,A,12.08\n' >s.csv
    for case in '3,10.7:the mean rounded to fewer places' '3,10.96:a misprint: a digit differs, or two have changed places' \
        '5,10.69:the mean agrees, the count alone does not'; do
        printf 'scope,name,count,progress,line\nagency,A,%s,9\n' "${case%%:*}" >d.csv
        "$A" --declared d.csv s.csv >out.csv 2>err || true
        assert_equal "$(cause 'agency A')" "${case#*:}"
    done
    # The mean is 10.68666…
    printf 'strategy,number,agency,progress\n1,1,A,10\n1,2,A,10\n1,3,A,12.06\n' >s.csv
    printf 'scope,name,count,progress,line\nagency,A,3,10.68,9\n' >d.csv
    "$A" --declared d.csv s.csv >out.csv 2>err || true
    assert_equal "$(cause 'agency A')" 'the mean cut, not rounded'
}

@test "causes are no longer looked for when the searches have gone over a million projects" {
    awk 'BEGIN { print "strategy,number,agency,progress"; for (i = 1; i <= 20000; i++) printf "1,%d,A%d,%d\n", i, i % 60, i % 2 * 100 }' >s.csv
    awk 'BEGIN { print "scope,name,count,progress"; for (i = 0; i < 60; i++) printf "agency,A%d,7,%d\n", i, i % 2 * 100 }' >d.csv
    run --separate-stderr "$A" --declared d.csv s.csv
    assert_equal "$status" 1
    assert_equal "$(grep -c 'likely cause: the mean agrees, the count alone does not' <<<"$stderr")" 50
    assert_equal "$(grep -c 'declared 7 projects' <<<"$stderr")" 60
    assert_equal "$(grep note <<<"$stderr")" 'aggregate-progress: note: so many declared figures disagree that no more causes are looked for'
}

@test "the made-up ministry's second quarter agrees, and the seeded fault of the third is explained" {
    local q=$FIXTURES/expected/msc/2567-q2
    run --separate-stderr "$A" --declared "$q/declared.csv" "$q/projects.csv" "$q/summary.csv" "$q/report.csv"
    assert_success
    assert_equal "$stderr" ''
    q=$FIXTURES/expected/msc/2567-q3
    run --separate-stderr "$A" --declared "$q/declared.csv" "$q/projects.csv" "$q/summary.csv" "$q/report.csv"
    assert_equal "$status" 1
    assert_equal "$(mlr --icsv --onidx --ofs ' ' filter '$agrees == "no"' then cut -f name,progress,declared_progress <<<"$output")" 'REEF 47.75 59.69'
    [[ $stderr == *'likely cause: a dash counted the other way in the mean: S2.P03 '* ]]
}

@test "the real report's 17 declared figures, its totals and its parents all agree" {
    need_report
    "$BIN/extract-sections" -f f1.csv "$REPORT" >sections.csv || [[ $? -eq 1 ]]
    "$BIN/extract-records" -d real -f f2.csv sections.csv || [[ $? -eq 1 ]]
    run --separate-stderr "$A" --declared real/declared.csv real/projects.csv real/summary.csv real/report.csv
    assert_success
    assert_equal "$stderr" ''
    assert_equal "$(mlr --icsv --onidx filter '$agrees == "yes" && $scope != "parent"' then count <<<"$output")" 17
    assert_equal "$(mlr --icsv --onidx filter '$agrees == "yes" && $scope == "parent"' then count <<<"$output")" 5
    # Rows 47 to 54 of strategy 3 are printed with another agency's abbreviation (lines 2214 to 2223).
    sed '/^agency,NSO,/s/45,51.07/53,47.37/' real/declared.csv >d.csv
    "$A" --declared d.csv real/projects.csv real/summary.csv >out.csv 2>err || [[ $? -eq 1 ]]
    run cause 'agency NSO'
    assert_output --regexp '^agencies taken from the abbreviations printed in the summary rows: S3.P47 \(line 2214, [0-9]+\), .* and 5 more$'
}

@test "the real report's details give other means where a summary row and a section differ, and the cause says so" {
    need_report
    "$BIN/extract-sections" -f f1.csv "$REPORT" >sections.csv || [[ $? -eq 1 ]]
    "$BIN/extract-records" -d real -f f2.csv sections.csv || [[ $? -eq 1 ]]
    "$A" --from=detail --declared real/declared.csv real/projects.csv real/summary.csv >out.csv 2>err || [[ $? -eq 1 ]]
    # S1.P07 has 41.21 in line 106 and 30.93 of the whole project in its section.
    assert_equal "$(cause 'strategy 1')" 'progress taken from the summary tables: S1.P07 (line 106, 648)'
    assert_equal "$(cell strategy 5 projects <out.csv) $(cell strategy 5 progress <out.csv)" '15 '
}

@test "the sums of exact decimals are exact" {
    printf 'key,strategy,agency,budget_allocated,progress_total\nS1.P01,1,A,0.1,\nS1.P02,1,A,0.2,\nS1.P03,1,A,9007199254740993,\n' >p.csv
    assert_equal "$("$A" p.csv | cell agency A allocated)" 9007199254740993.3
}

@test "a sum that does not fit is status 2, and nothing is written" {
    printf 'key,strategy,agency,budget_allocated,progress_total\nS1.P01,1,A,9223372036854775807,\nS1.P02,1,A,1,\n' >p.csv
    run --separate-stderr "$A" -o out.csv p.csv
    assert_equal "$status" 2
    [[ $stderr == *'overflow'* ]]
    assert_file_not_exist out.csv
    # Whatever the order: it is the total that must fit.
    printf 'S1.P03,1,A,-1,\n' >>p.csv
    run --separate-stderr "$A" p.csv
    assert_success
    assert_equal "$(cell agency A allocated <<<"$output")" 9223372036854775807
}

@test "a number that stands twice is counted twice, with a warning" {
    printf 'strategy,number,agency,progress,line\n1,1,A,10,1\n1,1,A,30,2\n' >s.csv
    run --separate-stderr "$A" s.csv
    assert_success
    assert_equal "$(cell agency A projects <<<"$output") $(cell agency A progress <<<"$output")" '2 20'
    assert_equal "$stderr" 'aggregate-progress: warning: S1.P01: stands in a table more than once: every row is counted'
}

@test "many rows with one number take little time, in any order" {
    # In pairs each with each they would take minutes.
    awk 'BEGIN { print "strategy,number,agency,progress,line"; for (i = 400000; i; i--) printf "1,1,A,%d,%d\n", i % 2 * 100, i }' >s.csv
    run --separate-stderr timeout 60 "$A" s.csv
    assert_success
    assert_equal "$(cell agency A projects,progress <<<"$output")" '400000 50'
}

@test "names are ordered by the numbers in them" {
    printf 'strategy,number,agency,progress\n10,1,A,1\n9,1,A,1\n9,10,A,1\n9,9,A,1\n' >s.csv
    "$A" -g project s.csv >out.csv
    run mlr --icsv --onidx filter '$scope == "strategy" || $scope == "project"' then cut -f name out.csv
    assert_output "9
10
S9.P01
S9.P09
S9.P10
S10.P01"
}

@test "a table that is none of those, a key that is none, and a short row are status 2 with their place" {
    printf 'a,b\n1,2\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    [[ $stderr == 'aggregate-progress: x.csv:1: error: neither '* ]]
    printf 'key,progress_total\nS1.P01,5\nproject 7,6\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: x.csv:3: error: 'project 7' is no project's key"
    printf 'strategy,number,title,progress\n1,1,"a\nb",5\n1,2,c\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: x.csv:4: error: the row has 3 fields, the header 4"
    printf 'strategy,number,title,progress\n1,1,"a\nb,5\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    [[ $stderr == *'the file ends inside a quoted field' ]]
}

@test "line ends inside and outside quotes, CRLF, a byte order mark and columns in another order are read" {
    printf '\xEF\xBB\xBFprogress,"more\nlines",number,agency,strategy\r\n10,"x\r\ny",1,A,1\r\n\r\n30,"""q""\n",2,A,1\r\n50,,x,A,1\r\n' >s.csv
    run --separate-stderr "$A" s.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: s.csv:8: error: 'x' is no project's number"
    head -n 7 s.csv >t.csv
    assert_equal "$("$A" t.csv | cell agency A progress)" 20
}

@test "empty lines before the header are passed over, and what is no table is told as that" {
    printf 'strategy,number,agency,progress\n1,1,A,10\n1,2,A,30\n' >s.csv
    (printf '\n\n' && cat s.csv) >lf.csv
    (printf '\r\n' && sed 's/$/\r/' s.csv) >crlf.csv
    (printf ' \n' && cat s.csv) | gzip -c >blank.csv.gz
    tr '\n' '\r' <s.csv >cr.csv
    for table in s.csv lf.csv crlf.csv blank.csv.gz cr.csv; do
        assert_equal "$("$A" "$table" | cell agency A projects,progress)" '2 20'
    done
    printf '\n\nstrategy,number,agency,progress\n1,x,A,10\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: x.csv:4: error: 'x' is no project's number"
    for text in '\nx\n' '\r\nx\r\n' '\n# Report\n\n- one\n\n| a | b |\n'; do
        for squeeze in cat gzip; do
            # shellcheck disable=SC2059
            printf "$text" | $squeeze >x.txt
            run --separate-stderr "$A" x.txt
            assert_equal "$status" 2
            [[ $stderr == 'aggregate-progress: x.txt:'*' error: neither projects.csv '* ]]
        done
    done
    printf '\n\n' >x.csv
    run --separate-stderr "$A" x.csv
    assert_equal "$status" 2
    [[ $stderr == *'empty: a table has at least a header line' ]]
}

# long_table ROWS: projects.csv with rows in all forms, many blocks of the input long; of 100 baht and 50 % each.
long_table() {
    awk -v rows="$1" 'BEGIN {
        print "key,title,agency,budget_allocated,progress_total,line_first"
        for (i = 1; i <= rows; i++) {
            title = i % 5 == 1 ? "\"a, \"\"b\"\"\"" : i % 5 == 2 ? "\"two\nlines\"" : "one"
            if (i % 5 == 3) printf " S1.P%d ,%s,  NT\t,100 , 50,%d\r\n", i, title, i
            else printf "S1.P%d,%s,NT,100,50,%d\n%s", i, title, i, i % 11 == 0 ? "  \n\n" : ""
        }
    }'
}

@test "the rows of a long table are read in every form, and blanks around a field are no part of it" {
    long_table 20000 >long.csv
    "$A" long.csv >out.csv
    assert_equal "$(cell agency NT projects,progress,allocated <out.csv)" '20000 50 2000000'
}

@test "in a long table, too, what comes first is told first" {
    awk 'BEGIN { print "key,title,progress_total"; for (i = 1; i <= 30000; i++) printf "S1.P%d,one,50\n", i }' >long.csv
    (cat long.csv && printf 'P1,one,50\nS1,a"b\n') >in.csv
    run --separate-stderr "$A" in.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: in.csv:30002: error: 'P1' is no project's key"
    (cat long.csv && printf 'S1.P1,one\nP1,one,50\n') >in.csv
    run --separate-stderr "$A" in.csv
    assert_equal "$status" 2
    assert_equal "$stderr" 'aggregate-progress: in.csv:30002: error: the row has 2 fields, the header 3'
}

@test "two reports of different periods or ministries are not mixed" {
    sed 's/2024-06-30/2024-03-31/' "$IN/report.csv" >report.csv
    run --separate-stderr aggregate report.csv
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: $IN/report.csv:2: error: the tables are of two periods"
}

@test "a wrong option, value or date is status 2" {
    for option in --nonsense --from=both --missing=maybe --weight=heavy --as-of=yesterday '-g title'; do
        # shellcheck disable=SC2086
        run "$A" $option "$IN/summary.csv"
        assert_equal "$status" 2
    done
    run "$A" no-such-file.csv
    assert_equal "$status" 2
}

@test "--as-of takes no year of the Buddhist era" {
    run --separate-stderr "$A" --as-of=2567-06-30 "$IN/projects.csv"
    assert_equal "$status" 2
    assert_equal "$output" ''
    assert_equal "${stderr_lines[0]}" 'aggregate-progress: error: --as-of: 2567 is a year of the Buddhist era; 2024-06-30 is meant'
    run --separate-stderr "$A" --as-of=2400 "$IN/projects.csv"
    assert_equal "$status" 2
    [[ $stderr == *'2400 is a year of the Buddhist era; 1857 is meant'* ]]
    run "$A" --as-of=2399-12-31 "$IN/projects.csv"
    assert_success
}

@test "-o, -z and --bom write what standard output gets" {
    aggregate >plain.csv
    aggregate -o out.csv
    cmp plain.csv out.csv
    aggregate -o out.csv.gz
    aggregate -z >again.gz
    cmp out.csv.gz again.gz
    gzip -dc out.csv.gz | cmp - plain.csv
    aggregate --bom | tail -c +4 | cmp - plain.csv
}

@test "a full disk is status 2 and a closed pipe ends quietly" {
    [[ -e /dev/full ]] || skip "needs /dev/full"
    run --separate-stderr aggregate -o /dev/full
    assert_equal "$status" 2
    run --separate-stderr bash -c '"$1" "$2" | :' _ "$A" "$IN/summary.csv"
    assert_equal "$stderr" ''
}

@test "--help and --version go to standard output" {
    run --separate-stderr "$A" --help
    assert_success
    assert_line --partial 'Usage: aggregate-progress'
    run "$A" --version
    assert_output --regexp '^aggregate-progress \(traimat\) [0-9]'
}

@test "a piece of pieces is a piece, and --merge takes nothing else" {
    aggregate --partial >piece.csv
    "$A" --partial --merge piece.csv | cmp - piece.csv
    "$A" --merge --declared "$IN/declared.csv" piece.csv | cmp - "$IN/aggregates.csv"
    run --separate-stderr "$A" --merge "$IN/summary.csv"
    assert_equal "$status" 2
    assert_equal "$stderr" "aggregate-progress: $IN/summary.csv:1: error: the column 'piece' is missing"
}

# random_tables SEED ROWS: projects.csv and summary.csv of three strategies, four agencies, some sub-projects.
random_tables() {
    awk -v seed="$1" -v rows="$2" '
        function figure(   kind) {
            kind = rand()
            if (kind < 0.1) return "-"
            if (kind < 0.15) return ""
            if (kind < 0.2) return "later"
            if (kind < 0.3) return "100"
            return sprintf("%d.%02d", rand() * 100, rand() * 100)
        }
        function money(   kind) {
            kind = rand()
            if (kind < 0.1) return "-"
            if (kind < 0.2) return ""
            return sprintf("%.0f.%02d", rand() * 1e9, rand() * 100)
        }
        # A project with sub-projects has figures of its own here.
        function sure(value) { return value == "" ? "-" : value }
        function detail(key, parent, strategy, agency, subs,   i) {
            printf "%s,%s,%d,%s,2024-%02d-%02d,2025-%02d", key, parent, strategy, agency, \
                1 + rand() * 12, 1 + rand() * 28, 1 + rand() * 12 >"projects.csv"
            for (i = 0; i < 5; i++) {
                value = i < 3 ? money() : figure()
                printf ",%s", subs ? sure(value) : value >"projects.csv"
            }
            print "," ++line >"projects.csv"
        }
        BEGIN {
            srand(seed)
            print "key,parent,strategy,agency,start,end,budget_allocated,budget_contracted,budget_disbursed,progress_total,progress_year,line_first" >"projects.csv"
            print "strategy,number,agency,progress,line" >"summary.csv"
            for (row = 1; row <= rows; row++) {
                strategy = 1 + int(rand() * 3)
                number = ++numbers[strategy]
                agency = substr("ABCD", 1 + int(rand() * 4), 1)
                other = rand() < 0.1 ? "A" : agency
                key = sprintf("S%d.P%02d", strategy, number)
                subs = rand() < 0.1 ? 1 + int(rand() * 4) : 0
                details = rand() < 0.8
                if (details) detail(key, "", strategy, agency, subs)
                value = figure()
                if (!details || rand() < 0.9)
                    print strategy "," number "," other "," (subs ? sure(value) : value) "," ++line >"summary.csv"
                for (sub_number = 1; sub_number <= subs; sub_number++) {
                    if (details) detail(key "." sub_number, key, strategy, agency)
                    print strategy "," number "." sub_number "," agency "," figure() "," ++line >"summary.csv"
                }
            }
        }'
}

@test "the pieces of any split, merged in any order, give what one run over the whole gives" {
    for seed in 1 2 3 4 5 6 7 8; do
        rm -f piece.* part.*
        random_tables "$seed" 120
        "$A" --detail -g project -g strategy,agency --as-of 2024-09-30 projects.csv summary.csv "$IN/report.csv" >whole.csv 2>whole.err || [[ $? -eq 1 ]]
        for table in projects summary; do
            awk -v seed="$seed" -v table="$table" -v parts=$((seed % 5 + 1)) '
                BEGIN { srand(seed) }
                NR == 1 { for (i = 0; i < parts; i++) print >("part." table i); next }
                { print >("part." table int(rand() * parts)) }' "$table.csv"
        done
        for part in part.* "$IN/report.csv"; do
            "$A" --partial "$part" >"piece.${part##*/}"
        done
        mapfile -t pieces < <(printf '%s\n' piece.* | shuf --random-source=<(yes "$seed"))
        "$A" --merge --detail -g project -g strategy,agency --as-of 2024-09-30 "${pieces[@]}" >merged.csv 2>merged.err || [[ $? -eq 1 ]]
        cmp whole.csv merged.csv
        cmp whole.err merged.err
    done
}

@test "random tables give what the same computation gives in sqlite3" {
    for seed in 11 12 13 14 15 16; do
        random_tables "$seed" 150
        for missing in zero skip; do
            "$A" --detail -g strategy,agency --missing=$missing projects.csv summary.csv >out.csv 2>err || [[ $? -eq 1 ]]
            mlr --icsv --ocsv filter '$scope =~ "^(ministry|projects|strategy|agency|strategy-agency|parent)$"' \
                then cut -o -f scope,name,projects,reported,progress,allocated,contracted,disbursed,blank,dash,text,minimum,maximum out.csv >ours.csv
            sqlite3 :memory: -cmd '.mode csv' -cmd '.import projects.csv p' -cmd '.import summary.csv s' \
                -cmd "CREATE TABLE option AS SELECT '$missing' = 'zero' AS dash" <"$ROOT/tests/aggregate-progress.sql" |
                tr -d '\r"' >theirs.csv
            diff <(sort ours.csv) <(sort theirs.csv)
        done
    done
}
