# Copies of a report with noise that changes no value give the same tables, lines apart.
load helpers

# tables REPORT DIR: the tables of REPORT, without the columns that hold lines. Where a cell was cut, one blank stands for what was
# between its pieces.
tables() {
    "$BIN/extract-sections" -f sections-findings.csv "$1" | "$BIN/extract-records" -d made -f records-findings.csv
    mkdir -p "$2"
    for table in projects objectives kpis results activities activity_results obstacles strategy_kpis summary declared; do
        mlr --icsv --ojsonl cut -x -f line,line_first,line_last made/$table.csv | tr -s ' ' >"$2/$table.json"
    done
    rm -r made
}

# leave_out_doubtful DIR: drops the projects in which a finding says that a row may have been cut.
leave_out_doubtful() {
    mlr --icsv --onidx filter '$rule == "row-joined"' then cut -f key records-findings.csv | sort -u |
        sed 's/.*/"key": "&"/' >doubtful
    for table in "$1"/*.json; do
        grep -vFf doubtful "$table" >"$table.sure" || true
    done
}

# same_with_noise KIND REPORT: the tables of REPORT and of two noisy copies of it are the same.
same_with_noise() {
    tables "$2" clean
    cp -r clean kept
    for seed in 1 2; do
        perl "$BATS_TEST_DIRNAME/noise.pl" "$1" $seed <"$2" >noisy.txt
        rm -rf clean noisy
        cp -r kept clean
        tables noisy.txt noisy
        leave_out_doubtful clean
        leave_out_doubtful noisy
        for table in clean/*.sure; do
            run diff "$table" "noisy/${table#clean/}"
            assert_success
        done
    done
}

for_both_reports() {
    TRAIMAT_PROFILE=$FIXTURES/profiles/msc same_with_noise "$1" "$FIXTURES/inbox/msc/2567-q2.txt"
    need_report
    rm -rf clean noisy kept
    same_with_noise "$1" "$REPORT"
}

@test "a misspelt letter in every second heading changes no value" {
    for_both_reports misspell
}

@test "headings in other forms change no value" {
    for_both_reports forms
}

@test "page breaks between the rows of tables change no value" {
    for_both_reports breaks
}

@test "page breaks inside the rows of tables change no value" {
    for_both_reports cuts
}

@test "blank lines more or less change no value" {
    for_both_reports blanks
}

@test "Thai digits printed as ASCII change no value" {
    for_both_reports ascii
}

@test "ASCII digits printed as Thai change no value" {
    for_both_reports thai
}

@test "Thai digits printed as full-width ones change no value" {
    for_both_reports wide
}

@test "blanks of other kinds and letters of no width change no value" {
    for_both_reports spaces
}

@test "what stands between pages changes no value" {
    for_both_reports pages
}

@test "tables in Markdown's form change no value" {
    for_both_reports pipes
}

@test "tabs and blanks at the ends of lines change no value" {
    for_both_reports tails
}

# never_silently KIND REPORT: in three noisy copies of REPORT no cell differs of a project, or of a strategy's row, without a
# new finding of it. How many cells have no finding of their own is more than that, and only printed.
never_silently() {
    "$PIPELINES/report-tables" "$2" clean || [[ $? == 1 ]]
    for seed in 1 2 3; do
        perl "$BATS_TEST_DIRNAME/noise.pl" "$1" $seed <"$2" >noisy.txt
        "$PIPELINES/report-tables" noisy.txt noisy || [[ $? == 1 ]]
        run perl "$BATS_TEST_DIRNAME/silent.pl" clean noisy
        assert_success
        assert_output ''
        perl "$BATS_TEST_DIRNAME/silent.pl" --cells clean noisy >untold
        echo "# $1, ${2##*/}, copy $seed: $(wc -l <untold) cells differ of which no finding tells itself," \
            "$(grep -cE ': no row|-> no row' untold || true) of them in rows that one side has not" >&3
    done
}

never_silently_in_both() {
    TRAIMAT_PROFILE=$FIXTURES/profiles/msc never_silently "$1" "$FIXTURES/inbox/msc/2567-q2.txt"
    need_report
    never_silently "$1" "$REPORT"
}

@test "misspelt months change no date" {
    never_silently_in_both months
}

@test "a misspelt word of the form changes no value of a project without a finding of the project" {
    never_silently_in_both words
}

@test "a digit printed as a letter changes no value of a project without a finding of the project" {
    never_silently_in_both digits
}

@test "a comma printed as a point, or lost, changes no value of a project without a finding of the project" {
    never_silently_in_both points
}

@test "a tab lost or doubled changes no value of a project without a finding of the project" {
    never_silently_in_both tabs
}

@test "a row parted into two lines changes no value of a project without a finding of the project" {
    never_silently_in_both parted
}
