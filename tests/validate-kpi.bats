# validate-kpi: a schema and rules that find what is wrong, and nothing else.
#
# fixtures/validate/clean holds the tables of fixtures/validate/report.txt, a small report without a fault. A test of
# a rule changes them so that the rule must speak, and then so that it must just not.
bats_require_minimum_version 1.5.0
load helpers

setup_file() {
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    "$PIPELINES/report-tables" "$FIXTURES/inbox/msc/2567-q2.txt" "$BATS_FILE_TMPDIR/small" || [[ $? -eq 1 ]]
    unset TRAIMAT_PROFILE
    [[ ! -f $REPORT ]] || "$PIPELINES/report-tables" "$REPORT" "$BATS_FILE_TMPDIR/real" 2>/dev/null || [[ $? -eq 1 ]]
}

setup() {
    helpers_setup
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
    clean
}

# The clean tables anew, in t.
clean() {
    rm -rf t
    cp -r "$FIXTURES/validate/clean" t
}

# edit TABLE EXPRESSION: changes rows of a table by Miller's language.
edit() {
    mlr -I --csv put -S "$2" "t/$1.csv"
}

# found [OPTION]...: what -d finds in t, as lines `severity rule key line`.
found() {
    local status=0
    rm -f f.csv
    "$BIN/validate-kpi" -d t -f f.csv "$@" || status=$?
    ((status < 2)) || return "$status"
    mlr --icsv --onidx --ofs ' ' cut -o -f severity,rule,key,line f.csv | sed 's/ *$//'
}

# speaks LINE: that finding is there, and no other one of its rule.
speaks() {
    local rule
    rule=$(cut -d ' ' -f 2 <<<"$1")
    found >found.txt || fail "validate-kpi failed"
    assert_equal "$(grep -E " $rule( |$)" found.txt)" "$1"
}

# silent RULE: not a word of it.
silent() {
    found >found.txt || fail "validate-kpi failed"
    assert_equal "$(grep -cE " $1( |$)" found.txt)" 0
}

# ok TABLE / bad TABLE RULE: one row on standard input against the schema.
ok() {
    "$BIN/validate-kpi" -t "$1" -o good.csv 2>err
    assert_equal "$(cat err)" ""
}
bad() {
    run "$BIN/validate-kpi" -t "$1" -r bad.csv -o good.csv
    assert_equal "$status" 1
    assert_output --partial ": error: $2: "
    assert_equal "$(csv_count bad.csv) $(csv_count good.csv)" "1 0"
}

@test "a clean report has no finding at all" {
    run found
    assert_success
    assert_output ""
}

@test "the clean quarter of the made-up ministry has no finding at all" {
    rm -rf t
    cp -r "$FIXTURES/expected/msc/2567-q2" t
    run found
    assert_success
    assert_output ""
    rm -rf t
    cp -r "$BATS_FILE_TMPDIR/small" t
    run found
    assert_success
    assert_output ""
}

@test "-d refuses a folder with a table both plain and compressed" {
    gzip -k t/kpis.csv
    run "$BIN/validate-kpi" -d t -f f.csv
    assert_equal "$status" 2
    assert_output "validate-kpi: t/kpis.csv: error: stands there plain and compressed: which one is meant?"
}

@test "-d writes no findings into a version of a store, but elsewhere" {
    echo x >t/SHA256SUMS
    run "$BIN/validate-kpi" -d t --summary
    assert_equal "$status" 2
    assert_output "validate-kpi: t: error: a version of a store, which stays as it is: name a file for the findings with -f"
    [[ ! -e t/findings.csv ]]
    "$BIN/validate-kpi" -d t -f f.csv
}

@test "-d refuses the options on how an input is read" {
    local option
    for option in --invalid=replace --encoding=tis-620 --max-bytes=9 --max-line=9; do
        run "$BIN/validate-kpi" -d t -f f.csv "$option"
        assert_equal "$status" 2
        assert_output --partial "go with -t only"
    done
}

@test "the summary by rule and agency is CSV, whatever an agency is called" {
    edit projects 'if ($key == "S1.P01") {$agency = "X, \"Y\""}'
    assert_equal "$("$BIN/validate-kpi" -d t -f f.csv --summary | mlr --icsv --ojson filter '$agency =~ "X"' then cut -f agency then head -n 1 | jq -r '.[].agency')" 'X, "Y"'
}

# One table against its schema.

@test "good rows go through byte for byte, whatever their quoting" {
    printf 'key,n,objective,line\nS1.P01,1,"a ""b"" c",3\nS1.P01,2,"two\nlines",4\nS1.P01,3,"needless",6\n' >in.csv
    "$BIN/validate-kpi" -t objectives in.csv >out.csv
    cmp in.csv out.csv
}

# long_table ROWS: objectives in all forms that a row can have, many blocks of the input long. Every seventh is a plain
# one with blanks around its fields, others have quotes, line ends in quotes and blank lines before them.
long_table() {
    awk -v rows="$1" 'BEGIN {
        print "key,n,objective,line"
        for (i = 1; i <= rows; i++) {
            key = sprintf("S1.P%02d", i)
            if (i % 7 == 1) printf " %s ,1,  two words \t,%d \n", key, i
            else if (i % 7 == 2) printf "%s,1,\"a, \"\"b\"\"\",%d\n", key, i
            else if (i % 7 == 3) printf "%s,1,\"two\n\n lines\",%d\n", key, i
            else printf "%s,1,plain words,%d\n", key, i
        }
    }'
}

@test "the rows of a long table go through byte for byte, and blanks around a field are no part of it" {
    long_table 20000 >in.csv
    "$BIN/validate-kpi" -t objectives in.csv >out.csv
    cmp in.csv out.csv
    # The same without its line ends in quotes, from DOS and with blank lines: LF and nothing between rows.
    sed 's/"two$/"two lines"/; /^$/d; /^ lines"/d' in.csv | sed 's/"two lines"/&,5/' >one.csv
    awk '{ printf "%s\r\n", $0; if (NR % 5 == 0) printf "\r\n" }' one.csv >dos.csv
    "$BIN/validate-kpi" -t objectives dos.csv >out.csv
    cmp one.csv out.csv
}

@test "in a long table, too, findings tell the line, and come before the trouble behind them" {
    long_table 7000 >in.csv
    # Before row 4001 there are the header, 4000 rows, and two more lines for each of the 572 rows with line ends.
    sed -i 's/^S1.P4001,1,plain words/S1.P4001,1,/' in.csv
    printf 'S1.P1,1,"open,7\n' >>in.csv
    run --separate-stderr "$BIN/validate-kpi" -t objectives -o out.csv in.csv
    assert_equal "$status" 2
    [[ ${stderr_lines[0]} == 'validate-kpi: in.csv:5146: error: value-missing: '* ]]
    assert_equal "${stderr_lines[1]}" 'validate-kpi: in.csv:9002: error: malformed CSV: the file ends inside a quoted field'
    [[ ! -e out.csv ]]
}

@test "every row goes to exactly one of output and rejects, and rejects say why" {
    printf 'key,n,objective,line\nS1.P01,1,a,3\nS1.P01,x,b,4\nS1.P01,1,c,5\nS1.P01,2,d,6\n' >in.csv
    run "$BIN/validate-kpi" -t objectives -r bad.csv -f f.csv -o good.csv in.csv
    assert_equal "$status" 1
    assert_equal "$(cut -d , -f 3 good.csv)" $'objective\na\nd'
    assert_equal "$(cat bad.csv)" $'key,n,objective,line,reasons\nS1.P01,x,b,4,wrong-type: n\nS1.P01,1,c,5,duplicate-key: key'
    assert_equal "$(csv_column f.csv rule)" $'wrong-type\nduplicate-key'
    assert_equal "$(csv_column f.csv line)" $'4\n5'
    run csv_column f.csv message
    assert_line --index 0 --partial "(in.csv, line 3)"
}

@test "several files are one table: one header, keys unique over all" {
    printf 'key,n,objective,line\nS1.P01,1,a,3\n' >1.csv
    printf 'key,n,objective,line\nS1.P01,1,b,4\nS1.P02,1,c,5\n' >2.csv
    run --separate-stderr "$BIN/validate-kpi" -t objectives 1.csv 2.csv
    assert_equal "$status" 1
    assert_output $'key,n,objective,line\nS1.P01,1,a,3\nS1.P02,1,c,5'
    # shellcheck disable=SC2154 # set by run
    [[ $stderr == *"2.csv:2: error: duplicate-key:"* ]]
}

@test "files with other headers are trouble" {
    printf 'key,n,objective,line\n' >1.csv
    printf 'n,key,objective,line\n' >2.csv
    run "$BIN/validate-kpi" -t objectives 1.csv 2.csv
    assert_equal "$status" 2
    assert_output --partial "2.csv:1: error: the header is not that of the file before"
}

@test "columns that the schema does not know pass through" {
    printf 'key,n,objective,line,notes\nS1.P01,1,a,3,"x, y"\n' >in.csv
    "$BIN/validate-kpi" -t objectives in.csv >out.csv
    cmp in.csv out.csv
}

@test "gzip is read and written" {
    gzip -c t/kpis.csv >in.gz
    "$BIN/validate-kpi" -t kpis -z in.gz | gzip -dc | cmp - t/kpis.csv
}

@test "a byte order mark and CRLF are read, and written only when asked for" {
    printf '\xEF\xBB\xBFkey,n,objective,line\r\nS1.P01,1,a,3\r\n' >in.csv
    "$BIN/validate-kpi" -t objectives in.csv >out.csv
    printf 'key,n,objective,line\nS1.P01,1,a,3\n' | cmp - out.csv
    "$BIN/validate-kpi" -t objectives --bom in.csv >out.csv
    printf '\xEF\xBB\xBFkey,n,objective,line\nS1.P01,1,a,3\n' | cmp - out.csv
}

@test "a row with a field too many is trouble, with its line" {
    printf 'key,n,objective,line\nS1.P01,1,a,3\nS1.P01,2,b,4,5\n' >in.csv
    run "$BIN/validate-kpi" -t objectives in.csv
    assert_equal "$status" 2
    assert_output --partial "in.csv:3: error: the row has 5 fields, the header 4"
}

@test "a missing column that the schema requires is trouble" {
    run "$BIN/validate-kpi" -t objectives <<<'key,n,line'
    assert_equal "$status" 2
    assert_output --partial "the column 'objective' is missing"
}

@test "column-missing: a column that may be empty is missed, one that may be left out is not" {
    mlr -I --csv cut -x -f group t/kpis.csv
    speaks "note column-missing"
    clean
    mlr -I --csv cut -x -f text t/sections.csv
    silent column-missing
}

@test "value-missing: an empty title, but not an empty agency" {
    bad projects value-missing <<<$'key,title,line_first,line_last\nS1.P01,,1,2'
    ok projects <<<$'key,title,line_first,line_last,agency,parent,strategy,number,number_printed,agency_text,objectives,start,end,duration_days,budget_allocated,budget_contracted,budget_disbursed,kpis,results,activities,activities_stated,obstacles,progress_total,progress_year\nS1.P01,x,1,2,,,,,,,,,,,,,,,,,,,,'
}

@test "wrong-type: a fraction as a number of the row, but not a whole one" {
    bad objectives wrong-type <<<$'key,n,objective,line\nS1.P01,1.5,a,3'
    ok objectives <<<$'key,n,objective,line\nS1.P01,15,a,3'
}

@test "wrong-form: a key without a project, but not a part of a sub-project" {
    bad objectives wrong-form <<<$'key,n,objective,line\nS1,1,a,3'
    ok objectives <<<$'key,n,objective,line\nS12.P104.2.A1,1,a,3'
}

@test "wrong-length: by characters, not by bytes" {
    mkdir -p p/schemas
    cp "$TRAIMAT_PROFILE"/*.csv p
    cat >p/schemas/objectives.json <<'JSON'
{"fields": [{"name": "objective", "constraints": {"minLength": 2, "maxLength": 3}}]}
JSON
    export TRAIMAT_PROFILE=p
    bad objectives wrong-length <<<$'objective\nทะเลา'
    ok objectives <<<$'objective\nทะเ'
}

@test "unknown-value: a status that is none, but not one of the five" {
    head=$(head -n 1 t/results.csv)
    bad results unknown-value <<<"$head"$'\nS1.P01,,1,a,2567,,,,,,late,3'
    ok results <<<"$head"$'\nS1.P01,,1,a,2567,,,,,,met,3'
}

@test "unknown-code: an agency of another ministry, but not one's own" {
    head=$(head -n 1 t/summary.csv)
    bad summary unknown-code <<<"$head"$'\n1,1,a,สสช.,NSO,1,3'
    ok summary <<<"$head"$'\n1,1,a,กทด.,PORT,1,3'
}

@test "out-of-range: a progress of 100.01, but not of 100" {
    head=$(head -n 1 t/summary.csv)
    bad summary out-of-range <<<"$head"$'\n1,1,a,กทด.,PORT,100.01,3'
    ok summary <<<"$head"$'\n1,1,a,กทด.,PORT,100,3'
    ok summary <<<"$head"$'\n1,1,a,กทด.,PORT,99.99,3'
}

@test "not-a-number: text as progress is a warning and the row good; a dash is not even that" {
    head=$(head -n 1 t/summary.csv)
    run "$BIN/validate-kpi" -t summary -o good.csv <<<"$head"$'\n1,1,a,กทด.,PORT,คืนงบประมาณ,3'
    assert_equal "$status" 0
    assert_output --partial ": warning: not-a-number: "
    assert_equal "$(csv_count good.csv)" 1
    ok summary <<<"$head"$'\n1,1,a,กทด.,PORT,-,3'
}

@test "not-a-date: text as a date is a warning; a month is a date" {
    head=$(head -n 1 t/activities.csv)
    run "$BIN/validate-kpi" -t activities -o good.csv <<<"$head"$'\nS1.P01,1,a,b,ตลอดปี,,3'
    assert_equal "$status" 0
    assert_output --partial ": warning: not-a-date: "
    ok activities <<<"$head"$'\nS1.P01,1,a,b,2024-02,2024,3'
}

@test "impossible-date: 30 February, and 29 February of a common year, but not of a leap year" {
    head=$(head -n 1 t/activities.csv)
    bad activities impossible-date <<<"$head"$'\nS1.P01,1,a,b,2024-02-30,,3'
    bad activities impossible-date <<<"$head"$'\nS1.P01,1,a,b,2023-02-29,,3'
    bad activities impossible-date <<<"$head"$'\nS1.P01,1,a,b,2023-13,,3'
    ok activities <<<"$head"$'\nS1.P01,1,a,b,2024-02-29,,3'
}

@test "duplicate-key: not of keys that differ in where one value ends" {
    run "$BIN/validate-kpi" -t objectives <<<$'key,n,objective,line\n"S1.P01\x1F1",1,a,3\nS1.P01,1,b,4'
    refute_output --partial duplicate-key
}

@test "a KPI that stands hundreds of times in one year is no reason for a finding of each row with each" {
    local i
    for ((i = 0; i < 300; i++)); do
        echo "S1.P04,,9,นับซ้ำ,2567,$i คน,$i,คน,ge,310"
    done >>t/kpis.csv
    for ((i = 300; i < 600; i++)); do
        echo "S1.P04,,9,นับซ้ำ,2567,$i คน,x,$i,,คน,unknown,320"
    done >>t/results.csv
    found >found.txt
    assert_equal "$(($(wc -l <found.txt) < 3000))" 1
}

@test "duplicate-key: in and out of order, but not another year of the same KPI" {
    head=$(head -n 1 t/kpis.csv)
    bad_rows=$'\nS1.P02,,1,a,2567,,,,,1\nS1.P10,,1,a,2567,,,,,2\nS1.P09,,1,a,2567,,,,,3\nS1.P02,,1,a,2567,,,,,4'
    run "$BIN/validate-kpi" -t kpis -o good.csv <<<"$head$bad_rows"
    assert_equal "$status" 1
    assert_line --index 0 --partial "-:5: error: duplicate-key:"
    assert_equal "$(csv_count good.csv)" 3
    ok kpis <<<"$head"$'\nS1.P02,,1,a,2567,,,,,1\nS1.P02,,1,a,2568,,,,,2\nS1.P02,,11,a,2567,,,,,3'
}

@test "duplicate-key: of the tables of a report, both lines are the report's" {
    edit kpis 'if ($line == 52) {$n = 1}'
    speaks "error duplicate-key S1.P01 52"
    assert_equal "$(mlr --icsv --onidx filter '$rule == "duplicate-key"' then cut -f expected f.csv)" 51
    run csv_column f.csv message
    assert_output --partial "it stood already in line 51 of the report."
}

@test "a hundred thousand keys in any order: those that come again are found, and no other" {
    awk 'BEGIN { srand(7); print "key,n,objective,line"
        for (i = 0; i < 100000; i++) printf "S%d.P%02d,%d,x,%d\n", rand() * 9 + 1, rand() * 999 + 1, rand() * 40 + 1, i + 2 }' >in.csv
    run "$BIN/validate-kpi" -t objectives -r bad.csv -f f.csv -o good.csv in.csv
    awk -F , 'NR > 1 && seen[$1 "," $2]++' in.csv >again.csv
    assert [ -s again.csv ]
    sed '1d; s/,[^,]*$//' bad.csv | cmp - again.csv
}

@test "a schema that is wrong is trouble, with file, line and what was expected" {
    mkdir -p p/schemas
    cp "$TRAIMAT_PROFILE"/*.csv p
    try() {
        printf '%s\n' '{' ' "fields": [' "  $1" ' ]' "$2" '}' >p/schemas/kpis.json
        run "$BIN/validate-kpi" -p p -t kpis <<<a
        assert_equal "$status" 2
        assert_output --partial "p/schemas/kpis.json:$3: error: "
        assert_output --partial "$4"
    }
    try '{"name": "a", "type": "int"}' '' 3 "expected one of the types"
    try '{"name": "a", "constraints": {"pattern": "("}}' '' 3 "pattern"
    try '{"name": "a", "constraints": {"requierd": true}}' '' 3 "expected one of the constraints"
    try '{"name": "a", "constraints": {"minimum": 1}}' '' 3 "expected a limit only where"
    try '{"name": "a"}, {"name": "a"}' '' 3 "expected a name that no other field has"
    try '{"name": "a"}' ', "primaryKey": "b"' 5 "expected the name of a field of this schema"
    try '{"name": "a"}' ', "foreignKeys": [{"fields": "a"}]' 5 "as \"reference\""
    try '{"name": "a"} x' '' 3 "expected JSON"
}

@test "an unknown table is trouble" {
    run "$BIN/validate-kpi" -t nonsense <<<a
    assert_equal "$status" 2
    assert_output --partial "schemas/nonsense.json"
}

@test "the schemas have the columns of the design, in order" {
    for table in t/*.csv; do
        name=$(basename "$table" .csv)
        assert_equal "$(jq -r '[.fields[].name] | join(",")' "$PIPELINES/profiles/common/schemas/$name.json")" \
            "$(head -n 1 "$table")"
    done
}

# Tables against each other.

@test "table-missing: a table that is not there is said" {
    rm t/obstacles.csv
    speaks "note table-missing"
    clean
    silent table-missing
}

@test "a folder without any table is trouble" {
    mkdir empty
    run "$BIN/validate-kpi" -d empty
    assert_equal "$status" 2
    assert_output --partial "empty: error: no table of a report here"
}

@test "tables may be gzip" {
    gzip t/kpis.csv t/sections.csv
    run found
    assert_success
    assert_output ""
}

@test "unknown-reference: a KPI of no project, but not a project without a KPI" {
    edit kpis 'if ($key == "S1.P03") {$key = "S1.P33"}'
    speaks "error unknown-reference S1.P33 238"
    clean
    edit projects 'if ($key == "S1.P03") {$kpis = 0; $results = 0}'
    mlr -I --csv filter '$key != "S1.P03"' t/kpis.csv
    mlr -I --csv filter '$key != "S1.P03"' t/results.csv
    silent unknown-reference
}

@test "rows-differ: three KPIs counted where two are listed, but years of one KPI count once" {
    edit projects 'if ($key == "S1.P01") {$kpis = 3}'
    speaks "error rows-differ S1.P01 48"
    clean
    printf 'S1.P04,,1,1. เจ้าหน้าที่ที่ผ่านการฝึก,2568,90 คน,90,คน,=,293\n' >>t/kpis.csv
    silent rows-differ
}

# Dates.

@test "end-before-start: a project and an activity that end first, but not one day alone" {
    edit projects 'if ($key == "S1.P03") {$end = "2023-11-30"}'
    speaks "error end-before-start S1.P03 240"
    clean
    edit activities 'if ($line == 62) {$end = "2023-12-31"}'
    speaks "error end-before-start S1.P01 62"
    clean
    edit activities 'if ($line == 62) {$end = "2024-01-01"}'
    silent end-before-start
}

@test "end-before-start: a month does not end before a day in it" {
    edit activities 'if ($line == 302) {$start = "2024-05-31"; $end = "2024-05"}'
    silent end-before-start
    edit activities 'if ($line == 302) {$start = "2024-06-01"; $end = "2024-05"}'
    speaks "error end-before-start S1.P04 302"
}

@test "length-differs: 298 and 301 days for 299 or 300, but not with or without the last day" {
    for days in 298 301; do
        edit projects 'if ($key == "S1.P01") {$duration_days = '"$days"'}'
        speaks "warning length-differs S1.P01 54"
    done
    for days in 299 300; do
        edit projects 'if ($key == "S1.P01") {$duration_days = '"$days"'}'
        silent length-differs
    done
}

@test "length-differs: dates without days leave room" {
    edit projects 'if ($key == "S1.P03") {$start = "2023-12"; $end = "2024-05"; $duration_days = 122}'
    silent length-differs
    edit projects 'if ($key == "S1.P03") {$duration_days = 184}'
    speaks "warning length-differs S1.P03 240"
}

@test "length-differs: months and years in the text against the dates beside them, rounded to half of the unit" {
    prints plan_project "300 วัน" "๙ เดือน"
    speaks "warning length-differs S1.P01 56"
    prints plan_project "๙ เดือน" "๑๐ เดือน"
    silent length-differs
    prints plan_project "๑๐ เดือน" "๒ ปี"
    speaks "warning length-differs S1.P01 56"
    prints plan_project "๒ ปี" "(๑ ปี)"
    silent length-differs
}

@test "length-differs: a length in years may count the fiscal years that the dates touch" {
    prints plan_project "300 วัน เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 26 กรกฎาคม 2567" "เริ่มวันที่ 5 สิงหาคม 2565 สิ้นสุดวันที่ 14 ธันวาคม 2566 (3 ปี)"
    silent length-differs
    prints plan_project "(3 ปี)" "(2 ปี)"
    speaks "warning length-differs S1.P01 56"
    prints plan_project "(2 ปี)" "(1 ปี 4 เดือน)"
    silent length-differs
}

@test "length-differs: years that a misprinted day makes up to a month shorter or longer, but not by a whole month" {
    for dates in '31 ตุลาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567' '1 ตุลาคม 2566 สิ้นสุดวันที่ 3 กันยายน 2567' '1 ตุลาคม 2566 สิ้นสุดวันที่ 4 ตุลาคม 2567'; do
        clean
        prints plan_project "300 วัน เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 26 กรกฎาคม 2567" "เริ่มวันที่ $dates (1 ปี)"
        speaks "warning length-differs S1.P01 56"
    done
    for dates in '1 พฤศจิกายน 2566 สิ้นสุดวันที่ 30 กันยายน 2567' '1 ตุลาคม 2566 สิ้นสุดวันที่ 1 ตุลาคม 2567' 'ตุลาคม 2566 - กันยายน 2567'; do
        clean
        prints plan_project "300 วัน เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 26 กรกฎาคม 2567" "เริ่มวันที่ $dates (1 ปี)"
        silent length-differs
    done
}

@test "length-differs: a length without dates beside it is the whole project's; a year is no length" {
    prints plan_project "300 วัน" '5 เดือน\n'
    speaks "warning length-differs S1.P01 56"
    prints plan_project '5 เดือน\n' 'ปี 2567 : '
    silent length-differs
    prints plan_project 'ปี 2567 : ' '9 เดือน 26 วัน '
    silent length-differs
}

@test "part-ends-before-start: one year's part of a plan runs backwards, the whole does not" {
    prints plan_project "300 วัน" 'ปี 2566 เริ่มวันที่ 1 ตุลาคม 2565 - กันยายน 2565\nปี 2567'
    speaks "warning part-ends-before-start S1.P01 56"
    prints plan_project "กันยายน 2565" "กันยายน 2566"
    silent part-ends-before-start
}

@test "a project that ends before it starts has no length and no year: that alone is told" {
    edit projects 'if ($key == "S1.P01") {$end = "2021-07-26"}'
    prints plan_project "26 กรกฎาคม 2567" "26 กรกฎาคม 2564"
    run found
    assert_success
    assert_output "error end-before-start S1.P01 56"
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9000001"}'
    silent contract-above-allocation
    speaks "note contract-above-year S1.P01 64"
}

@test "a project whose start and end changed places has no progress before its start, and takes no years" {
    edit projects 'if ($key == "S1.P01") {$start = "2024-07-26"; $end = "2023-10-01"; $duration_days = ""; $progress_year = 59}'
    run found
    assert_success
    assert_output "error end-before-start S1.P01 54"
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9000001"}'
    speaks "error contract-above-allocation S1.P01 64"
    silent contract-above-year
}

@test "activity-outside-project: a day too early or too late, but not the first or last day" {
    edit activities 'if ($line == 61) {$start = "2023-09-30"}'
    speaks "warning activity-outside-project S1.P01 61"
    clean
    edit activities 'if ($line == 62) {$end = "2024-07-27"}'
    speaks "warning activity-outside-project S1.P01 62"
    clean
    edit activities 'if ($line == 62) {$start = "2024-07-26"}'
    silent activity-outside-project
    edit activities 'if ($line == 62) {$start = "2024-07"; $end = "2024"}'
    silent activity-outside-project
}

@test "project-outside-year: over before the year began, but not when money was carried over" {
    edit projects 'if ($key == "S1.P04") {$start = "2023-03-01"; $end = "2023-09-30"}'
    speaks "warning project-outside-year S1.P04 295"
    edit sections 'if ($key == "S1.P04" && $section == "plan_project") {$text = $text . "(เป็นโครงการกันเงินเหลื่อมปี)\n"}'
    silent project-outside-year
    clean
    edit projects 'if ($key == "S1.P04") {$start = "2023-03-01"; $end = "2023-10-01"}'
    silent project-outside-year
}

@test "year-far-from-report: 2577 in a report of 2567, but not 2573" {
    edit projects 'if ($key == "S1.P02.1") {$end = "2034-09-30"}'
    speaks "warning year-far-from-report S1.P02.1 118"
    edit projects 'if ($key == "S1.P02.1") {$end = "2030-09-30"}'
    silent year-far-from-report
    edit kpis 'if ($line == 51) {$year = 2557}'
    speaks "warning year-far-from-report S1.P01 51"
    clean
    edit strategy_kpis '$year = 2587'
    speaks "warning year-far-from-report S1 18"
    edit strategy_kpis '$year = 2566'
    silent year-far-from-report
}

# Money.

@test "contract-above-allocation: by a satang, but not when equal" {
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "800000.01"}'
    speaks "error contract-above-allocation S1.P04 305"
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "800000.00"}'
    silent contract-above-allocation
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "-"}'
    silent contract-above-allocation
}

@test "contract-above-year: a project of two years may contract more than one year's allocation: a note" {
    edit projects 'if ($key == "S1.P02.1") {$budget_contracted = "3000001"}'
    speaks "note contract-above-year S1.P02.1 128"
    silent contract-above-allocation
    edit projects 'if ($key == "S1.P02.1") {$budget_contracted = "3000000"}'
    silent contract-above-year
}

@test "disbursed-above-contract: more than contracted, but not all of it" {
    edit projects 'if ($key == "S1.P01") {$budget_disbursed = "8500000.5"}'
    speaks "error disbursed-above-contract S1.P01 64"
    edit projects 'if ($key == "S1.P01") {$budget_disbursed = "8500000"}'
    silent disbursed-above-contract
}

@test "unit-in-doubt: million baht where baht is meant, but not a contract of a tenth" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "8500000000000"}'
    speaks "warning unit-in-doubt S1.P01 64"
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "8.5"; $budget_disbursed = ""}'
    speaks "warning unit-in-doubt S1.P01 64"
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "900000"}'
    silent unit-in-doubt
}

@test "unit-in-doubt: all amounts of a project far from those of the others" {
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "80"; $budget_contracted = "-"}'
    speaks "warning unit-in-doubt S1.P04 305"
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "80000"}'
    silent unit-in-doubt
}

@test "unit-in-doubt: an amount far above what nine of ten projects do not exceed, but not where they are few" {
    local key
    # With S2's six there are 11 allocations: nine of ten are not above the tenth, 9,000,000 baht.
    for key in 1 2 3 4 5 6; do
        echo "S2.P0$key,,2,$key,$key,โครงการที่ $key,PORT,,,2023-10-01,2024-09-30,,${key}000000,-,,,,,,,10,10,400,401"
    done >>t/projects.csv
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "270000000"; $budget_contracted = "-"}'
    speaks "warning unit-in-doubt S1.P04 305"
    assert_equal "$(mlr --icsv --onidx filter '$rule == "unit-in-doubt"' then cut -f expected f.csv)" 9,000,000
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "269999999"}'
    silent unit-in-doubt
    # Of ten the ninth is what nine do not exceed.
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "270000000"}'
    edit projects 'if ($key == "S2.P06") {$budget_allocated = "-"}'
    speaks "warning unit-in-doubt S1.P04 305"
    # Nine tell too little of how large a large one is.
    edit projects 'if ($key == "S1.P04") {$budget_allocated = "270000000"}'
    edit projects 'if ($key =~ "^S2.P0[56]") {$budget_allocated = "-"}'
    silent unit-in-doubt
}

@test "yearly-amounts-differ: parts that do not make the whole, but not parts that do" {
    edit sections '$text = sub($text, "ผูกพันงบประมาณ 4,000,000 บาท", "ผูกพันงบประมาณ ๔,๐๐๐,๐๐๑ บาท")'
    speaks "warning yearly-amounts-differ S1.P02.1 132"
    clean
    edit sections '$text = sub($text, "ผูกพันงบประมาณ 4,000,000 บาท", "ผูกพันงบประมาณ ๔.๐ ล้านบาท")'
    silent yearly-amounts-differ
}

# amounts ALLOCATED CONTRACTED DISBURSED: those of S1.P01; the column is printed that a finding of unit-in-doubt or
# contract-above-allocation names.
amounts() {
    clean
    edit projects 'if ($key == "S1.P01") {$budget_allocated = "'"$1"'"; $budget_contracted = "'"$2"'"; $budget_disbursed = "'"$3"'"}'
    found >/dev/null
    mlr --icsv --onidx --ofs ' ' filter '$key == "S1.P01"' then cut -o -f rule,field f.csv
}

@test "unit-in-doubt: an allocation with a group of zeros too many, but not one a hundredth of which is contracted just not" {
    assert_equal "$(amounts 9000000000 8500000 4250000.5)" "unit-in-doubt budget_allocated"
    speaks "warning unit-in-doubt S1.P01 64"
    assert_equal "$(amounts 850000000 8500000 4250000.5)" "unit-in-doubt budget_allocated"
    assert_equal "$(amounts 849999999 8500000 4250000.5)" ""
    # Paid beyond the contract, but not beyond the allocation: the contract is the wrong one.
    assert_equal "$(amounts 9000000 8500 4250000.5 | grep unit)" "unit-in-doubt budget_contracted"
}

@test "unit-in-doubt: with nothing paid, that of the two is told that is far from the other projects'" {
    # The middle allocation of all is 2,400,000 baht.
    assert_equal "$(amounts 9000000000 8500000 '')" "unit-in-doubt budget_allocated"
    assert_equal "$(amounts 9000000 8500 '')" "unit-in-doubt budget_contracted"
    assert_equal "$(amounts 9 8500000 '')" $'contract-above-allocation budget_allocated\nunit-in-doubt budget_allocated'
    assert_equal "$(amounts 9000000 8.5 '')" "unit-in-doubt budget_contracted"
}

@test "contract-above-allocation: told at the allocation where more than it is paid, else at the contract" {
    assert_equal "$(amounts 900000 8500000 4250000.5)" "contract-above-allocation budget_allocated"
    assert_equal "$(amounts 5000000 8500000 4250000.5)" "contract-above-allocation budget_contracted"
}

@test "disbursed-above-allocation: more than allocated and no contract, but not with one, nor all of the allocation" {
    assert_equal "$(amounts 9000000 - 9000000.01)" "disbursed-above-allocation budget_disbursed"
    speaks "error disbursed-above-allocation S1.P01 64"
    assert_equal "$(amounts 9000000 '' 9000000.01)" "disbursed-above-allocation budget_disbursed"
    assert_equal "$(amounts 9000000 - 9000000)" ""
    assert_equal "$(amounts 9000000 8500000 9000000.01)" "disbursed-above-contract budget_disbursed"
    assert_equal "$(amounts 9000000 'ตามจริง' 9000000.01 | grep disbursed)" ""
}

@test "disbursed-above-year: the same of a project of two years is a note" {
    edit projects 'if ($key == "S1.P02.1") {$budget_contracted = "-"; $budget_disbursed = 3000001}'
    speaks "note disbursed-above-year S1.P02.1 128"
    silent disbursed-above-allocation
    edit projects 'if ($key == "S1.P02.1") {$budget_disbursed = 3000000}'
    silent disbursed-above-year
}

# words FIGURES WORDS: the allocation of S1.P01 on line 66 in figures and, behind them, in words.
words() {
    clean
    edit sections '$text = sub($text, "9,000,000 บาท", "'"$1 ($2)"'")'
}

@test "amount-in-words-differs: other words than figures, but not the same amount, nor words that are none" {
    words '๙,๐๐๐,๐๐๐ บาท' แปดล้านบาทถ้วน
    speaks "error amount-in-words-differs S1.P01 66"
    assert_equal "$(csv_column f.csv observed) $(csv_column f.csv expected)" "9,000,000 8,000,000"
    words '๙,๐๐๐,๐๐๐ บาท' เก้าล้านบาทถ้วน
    silent amount-in-words-differs
    words '9.0 ล้านบาท' 'เก้าล้านบาทถ้วน '
    silent amount-in-words-differs
    words '๙,๐๐๐,๐๐๐ บาท' แปตล้านบาทถ้วน
    silent amount-in-words-differs
    words '๙,๐๐๐,๐๐๐ บาท' 'ไม่รวมแปดบาท'
    silent amount-in-words-differs
}

@test "amount-in-words-differs: a hundred thousand million and more are read" {
    words '๑๐๐,๐๐๐ ล้านบาท' สองแสนล้านบาทถ้วน
    speaks "error amount-in-words-differs S1.P01 66"
    words '๑๐๐,๐๐๐ ล้านบาท' หนึ่งแสนล้านบาทถ้วน
    silent amount-in-words-differs
}

@test "amount-in-words-differs: every place and the satang are read" {
    words '๑,๒๓๔,๕๖๗.๘๙ บาท' หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทแปดสิบเก้าสตางค์
    silent amount-in-words-differs
    words '๑,๒๓๔,๕๖๗.๘๘ บาท' หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทแปดสิบเก้าสตางค์
    speaks "error amount-in-words-differs S1.P01 66"
    assert_equal "$(csv_column f.csv expected)" "1,234,567.89"
    words '๒๑,๐๑๑,๑๑๐.๕๐ บาท' 'ยี่สิบเอ็ดล้านหนึ่งหมื่นหนึ่งพันหนึ่งร้อยสิบบาท ห้าสิบสตางค์'
    silent amount-in-words-differs
    words '๒,๐๐๐,๐๐๐,๐๐๐,๐๐๐ บาท' สองล้านล้านบาทถ้วน
    silent amount-in-words-differs
    # Places that rise are no number.
    words '๙,๐๐๐,๐๐๐ บาท' หนึ่งร้อยสองพันบาทถ้วน
    silent amount-in-words-differs
}

# Progress.

@test "progress-differs: neither the total nor the year's, but not when it is one of them" {
    edit summary 'if ($number == "2.1") {$progress = 55}'
    speaks "error progress-differs S1.P02.1 29"
    edit summary 'if ($number == "2.1") {$progress = 25}'
    silent progress-differs
}

@test "progress-differs: a dash in the summary is no contradiction to a zero, but to a number" {
    edit summary 'if ($number == "4") {$progress = "-"}'
    speaks "error progress-differs S1.P04 32"
    edit projects 'if ($key == "S1.P04") {$progress_total = "-"; $progress_year = 0}'
    silent progress-differs
}

@test "total-against-year: two figures for a project within the year, but not for one of two years" {
    edit projects 'if ($key == "S1.P01") {$progress_year = "59.99"}'
    speaks "warning total-against-year S1.P01 95"
    edit projects 'if ($key == "S1.P01") {$progress_year = "60.00"}'
    silent total-against-year
    edit projects 'if ($key == "S1.P02.1") {$progress_total = 100}'
    speaks "warning total-against-year S1.P02.1 168"
}

@test "total-against-year: the whole above the year it began in, but not below it, nor above a later one" {
    edit projects 'if ($key == "S1.P02.1") {$progress_total = 51}'
    speaks "warning total-against-year S1.P02.1 168"
    edit projects 'if ($key == "S1.P02.1") {$end = ""}'
    speaks "warning total-against-year S1.P02.1 168"
    edit projects 'if ($key == "S1.P02.1") {$progress_total = 49}'
    silent total-against-year
    edit projects 'if ($key == "S1.P02.1") {$progress_total = 51; $start = "2023-09-30"}'
    silent total-against-year
}

@test "complete-without-result: 100 % with a pending result, but not with a result of a later year" {
    edit results 'if ($key == "S1.P03") {$result = "อยู่ระหว่างดำเนินการ"; $result_value = ""; $status = "pending"}'
    speaks "warning complete-without-result S1.P03 260"
    edit results 'if ($key == "S1.P03") {$year = 2568}'
    edit kpis 'if ($key == "S1.P03") {$year = 2568}'
    silent complete-without-result
}

@test "progress-before-start: started after the period's end, but not on its last day" {
    edit projects 'if ($key == "S1.P04") {$start = "2024-07-01"}'
    speaks "error progress-before-start S1.P04 338"
    edit projects 'if ($key == "S1.P04") {$start = "2024-06"}'
    silent progress-before-start
    edit projects 'if ($key == "S1.P04") {$start = "2024-07-01"; $progress_total = 0; $progress_year = "-"}'
    silent progress-before-start
}

@test "parent-mean-differs: 45 is the mean of 50 and 40, 45.02 is not, 45.01 may be rounding" {
    edit summary 'if ($number == "2") {$progress = "45.02"}'
    speaks "warning parent-mean-differs S1.P02 28"
    edit summary 'if ($number == "2") {$progress = "45.01"}'
    silent parent-mean-differs
}

# KPIs.

@test "kpi-without-result: a KPI that the results leave out, but not one misprinted in a letter" {
    mlr -I --csv filter '$line != 77' t/results.csv
    speaks "warning kpi-without-result S1.P01 52"
    clean
    edit results '$kpi = sub($kpi, "ความพึงพอใจ", "ควมาพึงพอใจ")'
    silent kpi-without-result
    silent result-without-kpi
}

@test "kpi-without-result: no result is due for a year that the results are not about" {
    printf 'S1.P04,,2,2. เรือกู้ภัยที่จัดหาเพิ่ม,2568,2 ลำ,2,ลำ,=,294\n' >>t/kpis.csv
    silent kpi-without-result
    edit kpis 'if ($line == 294) {$year = 2567}'
    speaks "warning kpi-without-result S1.P04 294"
}

@test "result-without-kpi: a result of something else, but not rows in another order" {
    edit results 'if ($line == 77) {$kpi = "2. จำนวนเรือโดยสารที่เข้าเทียบท่าในแต่ละเดือน"}'
    speaks "warning result-without-kpi S1.P01 77"
    clean
    mlr -I --csv sort -nr line t/results.csv
    silent result-without-kpi
}

@test "a KPI that the results word at greater length, with its target, is in them, but not where both stand there" {
    more='1. เสาท่าเรือที่ซ่อมแล้วเสร็จ (รวมเสาไฟและราวกันตกของท่าเรือเกาะกลางที่ชำรุดจากพายุปีก่อน)'
    edit results 'if ($line == 76) {$kpi = "'"$more"'"}'
    silent kpi-without-result
    silent result-without-kpi
    # The KPI in more words is a KPI of its own: then the other has no result.
    mlr -I --csv put -q '@row = $*; emit @row; if ($line == 51) {@row["n"] = 3; @row["line"] = 53; @row["kpi"] = "'"$more"'"; emit @row}' t/kpis.csv
    edit projects 'if ($key == "S1.P01") {$kpis = 3}'
    speaks "warning kpi-without-result S1.P01 51"
    clean
    edit results 'if ($line == 76) {$kpi = "'"$more"'"; $target = "จำนวน 42 ต้น"; $target_value = 42}'
    speaks "warning kpi-without-result S1.P01 51"
    speaks "warning result-without-kpi S1.P01 76"
}

@test "results-missing: KPIs without any result, but not a project without both" {
    mlr -I --csv filter '$key != "S1.P04"' t/results.csv
    speaks "warning results-missing S1.P04 310"
    mlr -I --csv filter '$key != "S1.P04"' t/kpis.csv
    silent results-missing
}

@test "kpis-missing: results without any KPI are told once, and not each of them" {
    mlr -I --csv filter '$key != "S1.P01"' t/kpis.csv
    edit projects 'if ($key == "S1.P01") {$kpis = 0}'
    run found
    assert_success
    assert_output "warning kpis-missing S1.P01 48"
    mlr -I --csv filter '$key != "S1.P01"' t/results.csv
    silent kpis-missing
}

@test "kpis-missing, results-missing: not where the section is missing as a whole, which is told" {
    sed -i '/^S1.P04,/d' t/kpis.csv
    speaks "warning kpis-missing S1.P04 290"
    mlr -I --csv filter '!($key == "S1.P04" && $section == "kpis")' t/sections.csv
    silent kpis-missing
    speaks "warning section-missing S1.P04 295"
    clean
    sed -i '/^S1.P04,/d' t/results.csv
    mlr -I --csv filter '!($key == "S1.P04" && $section == "results")' t/sections.csv
    silent results-missing
}

@test "target-differs: another number in the results, but not another wording of it" {
    edit results 'if ($line == 76) {$target = "จำนวน 42 ต้น"; $target_value = 42}'
    speaks "error target-differs S1.P01 76"
    edit results 'if ($line == 76) {$target = "ครบ 24.0 ต้น"; $target_value = "24.0"}'
    silent target-differs
}

@test "target-differs: one of several numbers is another, but not the same ones with other blanks and words" {
    edit kpis 'if ($line == 238) {$target = "5,200/1,300 vCPU/VM"; $target_value = ""; $target_unit = ""}'
    edit results 'if ($line == 260) {$target = "5,200/ ๑,๓๐๐ เครื่อง"; $target_value = ""; $unit = ""}'
    silent target-differs
    edit results 'if ($line == 260) {$target = "5,200/1,350 vCPU/VM"}'
    speaks "error target-differs S1.P03 260"
    # A comma between numbers is none of thousands, and a list's number is none of the target's.
    edit kpis 'if ($line == 238) {$target = "1) ขั้นที่ 1,2,3"}'
    edit results 'if ($line == 260) {$target = "2) ขั้นที่ 1, 2, 3.0"}'
    silent target-differs
    edit results 'if ($line == 260) {$target = "ขั้นที่ 1 และ 2"}'
    speaks "error target-differs S1.P03 260"
}

@test "target-differs: words alone are no other target, but words without the other's numbers are" {
    edit kpis 'if ($line == 238) {$target = "สำรวจครบทุกสถานี"; $target_value = ""; $target_unit = ""}'
    edit results 'if ($line == 260) {$target = "ครบทุกสถานี"; $target_value = ""; $unit = ""}'
    silent target-differs
    edit kpis 'if ($line == 238) {$target = "ระดับ 5 ร้อยละ 80 ของทุกสถานี"}'
    speaks "error target-differs S1.P03 260"
    edit results 'if ($line == 260) {$target = "-"}'
    silent target-differs
}

@test "target-differs: the same words with a number in one table alone" {
    edit kpis 'if ($line == 238) {$target = "3 เรื่อง"; $target_value = 3; $target_unit = "เรื่อง"}'
    edit results 'if ($line == 260) {$target = "□ เรื่อง"; $target_value = ""; $unit = ""}'
    speaks "error target-differs S1.P03 260"
    edit results 'if ($line == 260) {$target = "ครบทุกเรื่อง"}'
    silent target-differs
}

@test "target-differs: another year of a law beside the same value, but not a remark that only one has" {
    law='รายงานผลสำรวจแนวปะการังน้ำตื้นตามพระราชบัญญัติส่งเสริมการบริหารจัดการทรัพยากรทางทะเล พุทธศักราช'
    edit kpis 'if ($line == 238) {$target = "'"$law"' 2577 จำนวน 1 ชุด"; $target_value = 1; $target_unit = "ชุด"}'
    edit results 'if ($line == 260) {$target = "'"$law"' 2477 จำนวน 1 ชุด"; $target_value = 1; $unit = "ชุด"}'
    speaks "error target-differs S1.P03 260"
    # The message shows what differs, though it is far behind.
    run csv_column f.csv message
    assert_output --regexp 'is “…[^”]* 2477 จำนวน 1 ชุด” .* “…[^”]* 2577 จำนวน 1 ชุด”'
    edit results 'if ($line == 260) {$target = "จำนวน 1 ชุด"}'
    silent target-differs
}

@test "target-blank: a target left out or a dash on either side of a number, or a blank beside a text, but not a dash there" {
    edit results 'if ($key == "S1.P03") {$target = ""; $target_value = ""}'
    speaks "note target-blank S1.P03 260"
    run csv_column f.csv message
    assert_output --partial "is blank in the table of results and “24 สถานี” in the table of KPIs"
    edit results 'if ($key == "S1.P03") {$target = "-"}'
    speaks "note target-blank S1.P03 260"
    edit kpis 'if ($key == "S1.P03") {$target = "-"; $target_value = ""}'
    silent target-blank
    edit kpis 'if ($key == "S1.P03") {$target = "ครบทุกสถานี"}'
    silent target-blank
    edit results 'if ($key == "S1.P03") {$target = ""}'
    speaks "note target-blank S1.P03 260"
    clean
    edit kpis 'if ($key == "S1.P03") {$target = "-"; $target_value = ""; $target_unit = ""}'
    speaks "note target-blank S1.P03 260"
    run csv_column f.csv message
    assert_output --partial "is “24 สถานี” in the table of results and “-” in the table of KPIs"
}

# three_years TABLE: a row for 2566 and one for 2568 beside each of 2567.
three_years() {
    mlr -I --csv put -q '@row = $*; @row["year"] = 2566; emit @row; @row["year"] = 2567; emit @row; @row["year"] = 2568; emit @row' "t/$1.csv"
}

@test "year-missing: a table that leaves the report's year out, but not for a project outside it" {
    three_years kpis
    three_years results
    edit results 'if ($key == "S1.P04" && $year == "2567") {$year = 2566}'
    speaks "warning year-missing S1.P04 316"
    clean
    edit kpis 'if ($key == "S1.P04") {$year = 2566}'
    edit results 'if ($key == "S1.P04") {$year = 2566}'
    assert_equal "$(found | grep year-missing)" $'warning year-missing S1.P04 293\nwarning year-missing S1.P04 316'
    edit projects 'if ($key == "S1.P04") {$start = "2022-10-01"; $end = "2023-09-30"}'
    silent year-missing
}

@test "year-missing: a table without years, where the other one has the report's, but not where neither has any" {
    edit kpis 'if ($key == "S1.P04") {$year = ""}'
    speaks "warning year-missing S1.P04 293"
    edit results 'if ($key == "S1.P04") {$year = ""}'
    silent year-missing
}

@test "years that differ are told once: not each KPI's, nor the report's own" {
    edit kpis 'if ($key == "S1.P01") {$year = 2566}'
    run found
    assert_success
    assert_output "warning years-differ S1.P01 76"
}

@test "kpi-years-differ: one KPI with targets for another year than its result, though the tables share years" {
    edit kpis 'if ($line == 52) {$year = 2566}'
    mlr -I --csv put -q '@row = $*; emit @row; if ($line == 76) {@row["year"] = 2566; emit @row}' t/results.csv
    edit kpis 'if ($line == 51) {$year = 2567}'
    speaks "warning kpi-years-differ S1.P01 77"
    edit kpis 'if ($line == 52) {$year = ""}'
    silent kpi-years-differ
}

# columns KPIS RESULTS: S1.P04's KPI and its result have the years of the two lists.
columns() {
    local table years=("$1" "$2")
    clean
    for table in kpis results; do
        mlr -I --csv put -q '@row = $*; if ($key != "S1.P04") {emit @row} else {for (_, year in splitnv("'"${years[0]}"'", ",")) {@row["year"] = year; emit @row}}' "t/$table.csv"
        years=("${years[1]}")
    done
}

@test "years-apart: columns of a table whose years leave one out, told once, but not where they run backwards" {
    columns 2565,2561,2567 2567
    speaks "warning years-apart S1.P04 293"
    assert_equal "$(mlr --icsv --onidx filter '$rule == "years-apart"' then cut -f observed f.csv)" "2565, 2561, 2567"
    columns 2567,2561 2567
    speaks "warning years-apart S1.P04 293"
    columns 2565,2566,2567,2563 2566,2567
    speaks "warning years-apart S1.P04 293"
    columns 2565,2566,2567 2566,2567
    silent years-apart
    columns 2568,2567,2566 2568,2567
    silent years-apart
    # Of two KPIs one finding; of the next table one more.
    columns 2564,2567 2564,2567
    mlr -I --csv put -q '@row = $*; emit @row; if ($key == "S1.P04") {@row["n"] = 2; @row["kpi"] = "2. เรือที่ใช้ฝึกซ้อม"; emit @row}' then sort -f key -n n,year t/kpis.csv
    assert_equal "$(found | grep years-apart)" $'warning years-apart S1.P04 293\nwarning years-apart S1.P04 316'
}

@test "years-apart: not where years that differ, or a missing one, are told of the table" {
    columns 2564,2567 2566,2567
    speaks "warning years-differ S1.P04 316"
    silent years-apart
    columns 2564,2566 2564
    assert_equal "$(found | grep year-missing)" $'warning year-missing S1.P04 293\nwarning year-missing S1.P04 316'
    silent years-apart
}

@test "years-differ: a year that the KPIs have not, once a project, but not fewer years than they have" {
    mlr -I --csv put -q '@row = $*; emit @row; if ($line == 76 || $line == 77) {@row["year"] = 2568; emit @row; @row["year"] = 2569; emit @row}' t/results.csv
    speaks "warning years-differ S1.P01 76"
    assert_equal "$(mlr --icsv --onidx --ofs '|' filter '$rule == "years-differ"' then cut -o -f observed,expected f.csv)" "2568, 2569|2567"
    clean
    mlr -I --csv put -q '@row = $*; emit @row; if ($line == 51) {@row["year"] = 2568; emit @row}' t/kpis.csv
    silent years-differ
}

@test "years-differ: not where a table has no years, nor where one of the two has no rows" {
    edit results 'if ($key == "S1.P01") {$year = 2568}'
    speaks "warning years-differ S1.P01 76"
    edit kpis 'if ($key == "S1.P01") {$year = ""}'
    silent years-differ
    mlr -I --csv filter '$key != "S1.P01"' t/kpis.csv
    silent years-differ
}

@test "target-differs: the number is the least in one table and the most in the other, but not in other words, nor bare" {
    edit results 'if ($line == 316) {$target = "ไม่เกิน 90 คน"}'
    speaks "error target-differs S1.P04 316"
    edit results 'if ($line == 316) {$target = "ไม่น้อยกว่า 90 คน"}'
    silent target-differs
    edit results 'if ($line == 316) {$target = "90 คน"}'
    silent target-differs
}

@test "unit-missing: left out in the results alone, but not in both, nor where there is no number" {
    edit results 'if ($line == 316) {$target = "อย่างน้อย 90"; $unit = ""}'
    speaks "note unit-missing S1.P04 316"
    edit results 'if ($line == 316) {$target = "-"; $target_value = ""}'
    silent unit-missing
    edit results 'if ($line == 316) {$target = "อย่างน้อย 90"; $target_value = 90}'
    edit kpis 'if ($line == 293) {$target = "อย่างน้อย 90"; $target_unit = ""}'
    silent unit-missing
}

@test "unit-differs: persons for boats, but not a blank within the word" {
    edit results 'if ($line == 316) {$unit = "ลำ"}'
    speaks "warning unit-differs S1.P04 316"
    edit results 'if ($line == 316) {$unit = "ค น"}'
    silent unit-differs
}

@test "unit-misspelt: one letter of the unit is another, which is no other unit, but not a blank within the word" {
    edit results 'if ($line == 260) {$unit = "สถาณี"}'
    speaks "note unit-misspelt S1.P03 260"
    silent unit-differs
    edit results 'if ($line == 260) {$unit = "สถา นี"}'
    silent unit-misspelt
}

@test "percent-in-doubt: 8550 percent, but not 500, nor 8550 of another unit" {
    edit kpis 'if ($line == 52) {$target = "ร้อยละ 8550"; $target_value = 8550}'
    speaks "warning percent-in-doubt S1.P01 52"
    edit kpis 'if ($line == 52) {$target = "ร้อยละ 500"; $target_value = 500}'
    silent percent-in-doubt
    edit kpis 'if ($line == 52) {$target = "8550 คน"; $target_value = 8550; $target_unit = "คน"}'
    silent percent-in-doubt
}

@test "target-missed: a result below its target, but not one that meets it" {
    edit results 'if ($line == 260) {$result = "20 สถานี"; $result_value = 20; $status = "missed"}'
    speaks "note target-missed S1.P03 260"
    clean
    silent target-missed
}

@test "target-without-number: prose as a target, but not a dash" {
    edit kpis 'if ($line == 116) {$target = "ซ่อมให้แล้วเสร็จ"; $target_value = ""; $target_unit = ""}'
    speaks "note target-without-number S1.P02.1 116"
    edit kpis 'if ($line == 116) {$target = "-"}'
    silent target-without-number
}

@test "target-without-unit: a bare number, but not a percentage" {
    edit kpis 'if ($line == 116) {$target = 1; $target_unit = ""}'
    speaks "note target-without-unit S1.P02.1 116"
    edit kpis 'if ($line == 116) {$target = "ร้อยละ 1"; $target_unit = "ร้อยละ"}'
    silent target-without-unit
}

@test "target-without-unit: once for all years of a KPI, but again where a year between has a unit" {
    mlr -I --csv put -q '@row = $*; if ($line != 238) {emit @row} else {
        for (year, target in {"2566": 20, "2567": 24, "2568": 30}) {
            @row["year"] = year; @row["target"] = target; @row["target_value"] = target;
            @row["target_unit"] = year == "2568" ? "สถานี" : ""; emit @row}}' t/kpis.csv
    speaks "note target-without-unit S1.P03 238"
    assert_equal "$(mlr --icsv --onidx filter '$rule == "target-without-unit"' then cut -f observed f.csv)" 20
    edit kpis 'if ($key == "S1.P03") {$target_unit = $year == 2567 ? "สถานี" : ""}'
    assert_equal "$(found | grep -c "note target-without-unit S1.P03 238")" 2
}

@test "kpi-twice: the same KPI and target, but not another target for it" {
    printf 'S1.P04,,2,1. เจ้าหน้าที่ที่ผ่านการฝึก,2567,อย่างน้อย 90 คน,90,คน,>=,294\n' >>t/kpis.csv
    speaks "warning kpi-twice S1.P04 294"
    edit kpis 'if ($line == 294) {$target = "อย่างน้อย 20 คน"; $target_value = 20}'
    silent kpi-twice
}

@test "kpi-weight: a row that says so, or a bare number beneath the project's own title, of which no result is due" {
    local title
    title=$(mlr --icsv --onidx filter '$key == "S1.P04"' then cut -f title t/projects.csv)
    edit projects 'if ($key == "S1.P04") {$kpis = 2}'
    for kpi in "$title" "ค่าน้ำหนักของโครงการ (ระบุรายปี)" '1) น้ำหนักโครงการ' ค่าน้ำหนัก; do
        cp "$FIXTURES/validate/clean/kpis.csv" t/kpis.csv
        printf 'S1.P04,,2,%s,2567,30,30,,=,294\nS1.P04,,2,%s,2568,70,70,,=,294\n' "$kpi" "$kpi" >>t/kpis.csv
        run found
        assert_success
        assert_output "note kpi-weight S1.P04 294"
    done
}

@test "kpi-weight: not a target with a unit, or above 100, beneath the title, nor a KPI that goes on behind it or weighs something" {
    local title
    title=$(mlr --icsv --onidx filter '$key == "S1.P04"' then cut -f title t/projects.csv)
    edit projects 'if ($key == "S1.P04") {$kpis = 2}'
    for row in "$title,2567,30 ลำ,30,ลำ" "$title,2567,300,300," "$title แล้วเสร็จ,2567,1,1," '1. น้ำหนักขยะที่เก็บได้,2567,30,30,'; do
        cp "$FIXTURES/validate/clean/kpis.csv" t/kpis.csv
        printf 'S1.P04,,2,%s,=,294\n' "$row" >>t/kpis.csv
        silent kpi-weight
        speaks "warning kpi-without-result S1.P04 294"
    done
}

@test "result-twice: the same result again, which is not told for want of a KPI too, but not another target for it" {
    mlr --icsv --ocsv --headerless-csv-output filter '$key == "S1.P04"' then put '$n = 2; $line = 318' t/results.csv >>t/results.csv
    edit projects 'if ($key == "S1.P04") {$results = 2}'
    run found
    assert_success
    assert_output "warning result-twice S1.P04 318"
    edit results 'if ($line == 318) {$target = "อย่างน้อย 95 คน"; $target_value = 95}'
    silent result-twice
}

@test "a KPI that stands twice is not told for want of a result too" {
    mlr --icsv --ocsv --headerless-csv-output filter '$key == "S1.P04"' then put '$n = 2; $line = 294' t/kpis.csv >>t/kpis.csv
    edit projects 'if ($key == "S1.P04") {$kpis = 2}'
    run found
    assert_success
    assert_output "warning kpi-twice S1.P04 294"
}

@test "two places that contradict each other are both named: the line of the one, the other's in the message" {
    edit summary 'if ($number == "4") {$progress = 31}'
    edit results 'if ($key == "S1.P03") {$target_value = 25; $unit = "แห่งหน"}'
    edit summary 'if ($number == "1") {$agency = "REEF"}'
    found >f
    said() { mlr --icsv --onidx filter -S '$rule == "'"$1"'"' then cut -f message f.csv; }
    run said progress-differs
    assert_output --partial "(line 336)"
    run said target-differs
    assert_output --partial "(line 238)"
    run said unit-differs
    assert_output --partial "(line 238)"
    run said agency-differs
    assert_output --partial "(line 41)"
    edit results 'if ($key == "S1.P03") {$kpi = "ความลึกของร่องน้ำหน้าท่าเรือ"}'
    found >f
    run said kpi-without-result
    assert_output --partial "line 254)"
    run said result-without-kpi
    assert_output --partial "line 235)"
}

@test "text-of-another-project: a foreign activity outside its project's dates, told there alone" {
    long='กิจกรรมที่ 2 ซ่อมเสาและพื้นท่าเรือพร้อมทั้งติดตั้งราวกันตกและป้ายบอกระดับน้ำขึ้นน้ำลงให้ครบทุกช่วง'
    printf 'S1.P04,3,%s,1 มกราคม 2567 - 26 กรกฎาคม 2567,2024-01-01,2024-07-26,304\n' "$long" >>t/activities.csv
    speaks "warning text-of-another-project S1.P04 304"
    silent text-in-two-projects
}

@test "text-of-another-project: a foreign result is told at the result without a KPI" {
    edit results 'if ($line == 316) {$kpi = "2. ความพึงพอใจของผู้โดยสารเรือประจำทางที่ใช้ท่าเรือเกาะกลางหลังการซ่อมแซม"}'
    speaks "warning text-of-another-project S1.P04 316"
}

@test "text-of-another-project: a foreign result is told where its KPI has other words in the year before" {
    printf 'S1.P04,,1,1. เจ้าหน้าที่ที่ผ่านการฝึก,2566,-,-,,,,none,316\n' >>t/results.csv
    mlr -I --csv sort -f key -n n,year t/results.csv
    edit results 'if ($line == 316 && $year == 2567) {$kpi = "2. ความพึงพอใจของผู้โดยสารเรือประจำทางที่ใช้ท่าเรือเกาะกลางหลังการซ่อมแซม"}'
    speaks "warning text-of-another-project S1.P04 316"
}

@test "text-of-another-project: an activity of the details that another project plans, but not one of its own plan" {
    local foreign='กิจกรรมที่ 2 ซ่อมเสาและพื้นท่าเรือพร้อมทั้งติดตั้งราวกันตกและป้ายบอกระดับน้ำขึ้นน้ำลงให้ครบทุกช่วง'
    # Under another number and with a blank from a page's edge.
    edit activity_results 'if ($line == 322) {$activity = "'"${foreign/ที่ 2 ซ่อมเสาและ/ที่ 1 ซ่อมเสา และ}"'"}'
    speaks "warning text-of-another-project S1.P04 322"
    assert_equal "$(csv_column f.csv expected)" S1.P01
    silent text-in-two-projects
    # A misprint of what the own plan says, or more words than it has, are its own.
    edit activities 'if ($line == 302) {$activity = "'"${foreign/ราวกันตก/ราวกันดก}"'"}'
    silent text-of-another-project
    edit activities 'if ($line == 302) {$activity = "กิจกรรมที่ 1 ซ่อมเสา"}'
    silent text-of-another-project
    # Without a plan there is nothing to belong to.
    mlr -I --csv filter '$key != "S1.P04"' t/activities.csv
    silent text-of-another-project
}

@test "text-of-another-project: a foreign activity of the details that stands in the details of another project only" {
    local long='กิจกรรมที่ 2 ซ่อมเสาและพื้นท่าเรือพร้อมทั้งติดตั้งราวกันตกและป้ายบอกระดับน้ำขึ้นน้ำลงครบทุกช่วงของท่า'
    edit activity_results 'if ($line == 87 || $line == 322) {$activity = "'"$long"'"}'
    speaks "warning text-of-another-project S1.P04 322"
}

@test "text-of-another-project: an activity in the words of the form, which many projects have, is silent" {
    local form='กิจกรรมที่ 1 การกำหนดรายละเอียดคุณลักษณะเฉพาะและการประชาพิจารณ์ร่างขอบเขตของงานพร้อมราคากลาง'
    edit activity_results 'if ($line == 322) {$activity = "'"$form"'"}'
    edit activities 'if ($line == 61) {$activity = "'"$form"'"}'
    speaks "warning text-of-another-project S1.P04 322"
    edit activities 'if ($line == 125 || $line == 247) {$activity = "'"$form"'"}'
    silent text-of-another-project
}

@test "text-in-two-projects: a copied objective is told at all three, but not a short one, nor one that many have" {
    long='1) เพื่อซ่อมเสาท่าเรือเกาะกลางที่ชำรุดจากพายุปีก่อนให้เรือโดยสารเทียบท่าได้ทุกฤดูกาล'
    edit objectives 'if ($key == "S1.P04") {$objective = "'"${long/1) เพื่อซ่อม/เพื่อ ซ่อม}"'"}'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P01 45\nnote text-in-two-projects S1.P04 288'
    edit objectives 'if ($key == "S1.P03") {$objective = "'"$long"'"}'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P01 45\nnote text-in-two-projects S1.P03 233\nnote text-in-two-projects S1.P04 288'
    assert_equal "$(csv_column f.csv expected)" $'S1.P03, S1.P04\nS1.P01, S1.P04\nS1.P01, S1.P03'
    run csv_column f.csv message
    assert_line --index 0 --partial "stands in S1.P03, S1.P04 too (line 233, 288)"
    edit objectives 'if ($key == "S1.P02.1") {$objective = "'"$long"'"}'
    silent text-in-two-projects
    clean
    edit objectives 'if ($key == "S1.P04") {$objective = "2) เพื่อให้ชาวเกาะเดินทางได้อย่างปลอดภัย"}'
    silent text-in-two-projects
}

@test "text-in-two-projects: a copied result is told where it begins, not where its activity does" {
    local long='ออกแบบและทำราคากลางเสร็จแล้วทั้งหมด อยู่ระหว่างเสนอผู้มีอำนาจลงนามในสัญญาจ้างของโครงการ'
    edit activity_results 'if ($line == 87 || $line == 322) {$result = "'"$long"'"}'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P01 89\nnote text-in-two-projects S1.P04 324'
    run csv_column f.csv message
    assert_line --partial "stands in S1.P01 too (line 89)"
    # Beneath the words that lead it in; and without them, where the activity does.
    edit sections '$text = ssub($text, "คือ** ฝึก", "คือ**\n- ฝึก")'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P01 89\nnote text-in-two-projects S1.P04 325'
    edit sections '$text = gsub($text, "มีผลการดำเนินการ คือ", "")'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P01 87\nnote text-in-two-projects S1.P04 322'
}

@test "text-in-two-projects: sub-projects of one project share their texts, and a result repeats its KPI's" {
    long='เพื่อซ่อมประภาคารและไฟสัญญาณที่ชำรุดจากพายุปีก่อนให้เรือประมงเห็นปากอ่าวได้ทุกฤดูกาล'
    edit objectives 'if ($key =~ "S1.P02") {$objective = "'"$long"'"}'
    silent text-in-two-projects
    clean
    long='1. จำนวนสถานีและท่าเรือที่สำรวจและซ่อมแล้วเสร็จครบทั้งสองรอบตามแผนที่ตั้งไว้ในปีนี้'
    edit kpis 'if ($line == 238 || $line == 293) {$kpi = "'"$long"'"}'
    edit results 'if ($line == 260 || $line == 316) {$kpi = "'"$long"'"}'
    assert_equal "$(found | grep two-projects)" $'note text-in-two-projects S1.P03 238\nnote text-in-two-projects S1.P04 293'
}

# The lines of what the table of projects states.

# prints SECTION OLD NEW: changes what the section of S1.P01 prints.
prints() {
    edit sections 'if ($key == "S1.P01" && $section == "'"$1"'") {$text = ssub($text, "'"$2"'", "'"$3"'")}'
}

@test "an amount is told on the line that prints it, in the digits of either script" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9500000"}'
    prints budget 8,500,000 9,500,000
    speaks "error contract-above-allocation S1.P01 67"
    prints budget 9,500,000 ๙,๕๐๐,๐๐๐.๐๐
    speaks "error contract-above-allocation S1.P01 67"
    prints budget "๙,๕๐๐,๐๐๐.๐๐ บาท" "๙.๕ ล้านบาท"
    speaks "error contract-above-allocation S1.P01 67"
}

@test "an amount that is only a part of the printed one, or other than it, is told where the section begins" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9500000"}'
    prints budget 8,500,000 19,500,000
    speaks "error contract-above-allocation S1.P01 64"
    prints budget 19,500,000 9,500,000.25
    speaks "error contract-above-allocation S1.P01 64"
    prints budget 9,500,000.25 9,500,0000
    speaks "error contract-above-allocation S1.P01 64"
}

@test "an amount on the line below its label is told there" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9500000"}'
    prints budget "จำนวน 8,500,000 บาท" 'จำนวน\n9,500,000 บาท'
    speaks "error contract-above-allocation S1.P01 68"
}

@test "the same amount under another label, in a total or in a remark is another one" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "9500000"; $budget_disbursed = "9500000"; $end = "2025-09-30"}'
    prints budget 4,250,000.50 9,500,000
    speaks "note contract-above-year S1.P01 64"
    prints budget 8,500,000 9,500,000
    speaks "note contract-above-year S1.P01 67"
    prints budget "จำนวน 9,500,000 บาท" 'จำนวน - บาท\nงบประมาณทั้งสิ้น 9,500,000 บาท\nหมายเหตุ 9,500,000 บาท\nและอีก 9,500,000 บาท'
    speaks "note contract-above-year S1.P01 64"
}

@test "text in place of an amount is told on its line" {
    edit projects 'if ($key == "S1.P01") {$budget_contracted = "ตามที่จ่ายจริง"}'
    speaks "warning not-a-number S1.P01 64"
    prints budget "จำนวน 8,500,000 บาท" "ตามที่จ่ายจริง"
    speaks "warning not-a-number S1.P01 67"
}

@test "a progress is told on the line that prints it: the year's, not the same figure of the whole" {
    edit projects 'if ($key == "S1.P01") {$progress_year = 61}'
    prints progress "60 ของเป้าหมายในปี" "๖๑.๐๐ ของเป้าหมายในปี"
    speaks "warning total-against-year S1.P01 99"
    prints progress "60 ของเป้าหมายทั้ง" "61 ของเป้าหมายทั้ง"
    speaks "warning total-against-year S1.P01 99"
    prints progress "๖๑.๐๐ ของเป้าหมายในปี" "๖๑.๐๑ ของเป้าหมายในปี"
    speaks "warning total-against-year S1.P01 95"
    edit projects 'if ($key == "S1.P01") {$progress_year = 6}'
    prints progress "๖๑.๐๑ ของเป้าหมายในปี" "60 ของเป้าหมายในปี"
    speaks "warning total-against-year S1.P01 95"
}

@test "a progress that is printed twice is told at the first, and never the year's for that of the whole" {
    edit projects 'if ($key == "S1.P04") {$start = "2024-07-01"; $progress_year = ""; $progress_total = 31}'
    edit sections 'if ($key == "S1.P04" && $section == "progress") {$text = ssub($text, "30 ของเป้าหมายในปี", "31 ของเป้าหมายในปี")}'
    speaks "error progress-before-start S1.P04 334"
    edit sections 'if ($key == "S1.P04" && $section == "progress") {$text = gsub($text, "31 ของเป้าหมายในปี พ.ศ. 2567", "31 ของเป้าหมายทั้งโครงการ") . "31 ของเป้าหมายทั้งโครงการ\n"}'
    speaks "error progress-before-start S1.P04 338"
    edit sections 'if ($key == "S1.P04" && $section == "progress") {$text = ssub($text, "30 ของเป้าหมายทั้ง", "31 ของเป้าหมายทั้ง")}'
    speaks "error progress-before-start S1.P04 336"
}

@test "start, end and length of a project are told each on its line" {
    edit projects 'if ($key == "S1.P01") {$start = "2034-10-01"; $end = "2035-07-26"; $duration_days = 30}'
    prints plan_project "300 วัน เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 26 กรกฎาคม 2567" '๓๐ วัน\nเริ่มวันที่ ๑ ต.ค. ๒๕๗๗\nสิ้นสุดวันที่ 26 กรกฎาคม 2578'
    assert_equal "$(found | grep -E ' (length-differs|year-far-from-report) ')" \
        $'warning length-differs S1.P01 56\nwarning year-far-from-report S1.P01 57\nwarning year-far-from-report S1.P01 58'
    prints plan_project "๓๐ วัน" "๓๓๐ วัน"
    prints plan_project "๑ ต.ค. ๒๕๗๗" "๑๑ ต.ค. ๒๕๗๗"
    prints plan_project "กรกฎาคม" "มิถุนายน"
    assert_equal "$(found | grep -E ' (length-differs|year-far-from-report) ')" \
        $'warning length-differs S1.P01 54\nwarning year-far-from-report S1.P01 54\nwarning year-far-from-report S1.P01 54'
}

@test "the stated number of activities is told on its line, bold or in a list" {
    edit projects 'if ($key == "S1.P01") {$activities_stated = 3}'
    prints activity_results "จำนวน 2 กิจกรรม" "จำนวน ๓ กิจกรรม"
    speaks "warning activities-stated-differ S1.P01 81"
    prints activity_results "มีกิจกรรมทั้งหมด" "- **มีกิจกรรมทั้งหมด**"
    speaks "warning activities-stated-differ S1.P01 81"
    prints activity_results "๓" "๑๓"
    speaks "warning activities-stated-differ S1.P01 79"
}

@test "an agency is told on the line that names it" {
    edit projects 'if ($key == "S1.P01") {$agency_text = "กองวิศวกรรมท่าเรือ (กทต.)"}'
    speaks "note agency-garbled S1.P01 39"
    prints agency "กองวิศวกรรมท่าเรือ กรมท่าเรือและการเดินเรือ (กวท. / กทด.)" "**กองวิศวกรรมท่าเรือ** (กทต.)"
    speaks "note agency-garbled S1.P01 41"
}

@test "without the section, the text or sections.csv: the line of the next best" {
    edit projects 'if ($key == "S1.P01") {$budget_disbursed = "8500000.5"}'
    prints budget 4,250,000.50 8,500,000.50
    speaks "error disbursed-above-contract S1.P01 68"
    mlr -I --csv cut -x -f text t/sections.csv
    speaks "error disbursed-above-contract S1.P01 64"
    mlr -I --csv filter '!($key == "S1.P01" && $section == "budget")' t/sections.csv
    speaks "error disbursed-above-contract S1.P01 37"
    rm t/sections.csv
    speaks "error disbursed-above-contract S1.P01 37"
}

@test "a section that stands twice: the first line that prints the value, else the first of the section" {
    mlr --icsv --ocsv --headerless-csv-output filter '$key == "S1.P04" && $section == "budget"' then put '$line_first = 340; $line_last = 344; $text = gsub($text, "800,000", "900,000")' t/sections.csv >>t/sections.csv
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "900000"}'
    speaks "error contract-above-allocation S1.P04 343"
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "950000"}'
    speaks "error contract-above-allocation S1.P04 305"
}

@test "in the real report every figure is told on a line that prints it" {
    need_report
    unset TRAIMAT_PROFILE
    mlr --icsv --onidx filter -S '$table == "projects" && $rule =~ "^(contract-|disbursed-|length-|activities-stated|progress-before)"' then cut -o -f line,observed \
        "$BATS_FILE_TMPDIR/real/findings.csv" >told
    assert [ "$(wc -l <told)" -ge 30 ]
    sed 'y/๐๑๒๓๔๕๖๗๘๙/0123456789/' "$REPORT" >digits
    while read -r line figure; do
        sed -n "${line}p" digits | grep -qE "(^|[^0-9.,])${figure//./\\.}([^0-9.]|$)" || fail "$figure is not printed on line $line"
    done <told
}

# Structure.

@test "section-missing: what a project or its sub-projects have is not missed in the others" {
    mlr -I --csv put '$key == "S1.P02.1" && $section =~ "^(agency|objectives)$" {$key = "S1.P02"}' t/sections.csv
    silent section-missing
    mlr -I --csv filter '!($key == "S1.P02" && $section == "objectives")' t/sections.csv
    speaks "warning section-missing S1.P02.1 113"
    mlr -I --csv filter '!($key == "S1.P02.2" && $section == "objectives")' t/sections.csv
    speaks $'warning section-missing S1.P02 108\nwarning section-missing S1.P02.1 113\nwarning section-missing S1.P02.2 180'
}

@test "section-missing: told where it should stand, but not of a project of sub-projects" {
    mlr -I --csv filter '!($key == "S1.P03" && $section == "obstacles")' t/sections.csv
    speaks "warning section-missing S1.P03 274"
    clean
    mlr -I --csv filter '!($key == "S1.P04" && $section == "progress")' t/sections.csv
    speaks "warning section-missing S1.P04 333"
    clean
    silent section-missing
}

@test "section-twice: the same section again, but not that of another project" {
    mlr --icsv --ocsv --headerless-csv-output filter '$key == "S1.P04" && $section == "budget"' then put '$line_first = 340; $line_last = 341' t/sections.csv >>t/sections.csv
    speaks "warning section-twice S1.P04 340"
}

@test "section-blank: a heading with nothing under it, but not with a dash under it" {
    edit sections 'if ($key == "S1.P03" && $section == "obstacles") {$text = "#### ปัญหาและอุปสรรคของการดำเนินงาน\n\n\n"}'
    assert_equal "$(found | grep -c 'warning section-blank S1.P03 ')" 1
    edit sections 'if ($key == "S1.P03" && $section == "obstacles") {$text = "#### ปัญหาและอุปสรรคของการดำเนินงาน\n\n-\n"}'
    silent section-blank
}

@test "section-blank: under any heading that the form has for the section, but not where the value stands behind it" {
    edit sections 'if ($key == "S1.P01" && $section == "budget") {$text = "#### โครงการใช้งบประมาณ\n\n"; $heading = "โครงการใช้งบประมาณ"}'
    speaks "warning section-blank S1.P01 64"
    edit sections 'if ($key == "S1.P01" && $section == "budget") {$text = "#### โครงการใช้งบประมาณ : ไม่มี\n\n"; $heading = "โครงการใช้งบประมาณ : ไม่มี"}'
    silent section-blank
}

@test "section-blank: not where headings of its own follow, and text beneath them" {
    edit sections 'if ($key == "S1.P03" && $section == "obstacles") {$text = "#### ปัญหาและอุปสรรคของการดำเนินงาน\n\n"}'
    # One heading without text, and one with.
    mlr -I --csv put -q '@row = $*; emit @row; if ($key == "S1.P03" && $section == "obstacles") {
        @row["section"] = "other"; @row["line_first"] = 273;
        @row["heading"] = "ด้านบุคลากร"; @row["text"] = "##### ด้านบุคลากร\n\n"; emit @row;
        @row["heading"] = "ด้านเครื่องมือ"; @row["text"] = "##### ด้านเครื่องมือ\n\nกล้องใต้น้ำชำรุด\n"; emit @row}' t/sections.csv
    silent section-blank
    edit sections 'if ($heading == "ด้านเครื่องมือ") {$text = "##### ด้านเครื่องมือ\n\n"}'
    speaks "warning section-blank S1.P03 270"
    # Text beneath a heading of another section's is not this one's.
    edit sections 'if ($heading == "ด้านบุคลากร") {$section = "progress"} elif ($heading == "ด้านเครื่องมือ") {$text .= "กล้องใต้น้ำชำรุด\n"}'
    assert_equal "$(found | grep -c "warning section-blank S1.P03 270")" 1
}

@test "section-out-of-order: results before the budget, but not sections in the form's order with one left out" {
    edit sections 'if ($key == "S1.P04") {$section = $section == "budget" ? "results" : $section == "results" ? "budget" : $section}'
    assert_equal "$(found | grep -c 'warning section-out-of-order S1.P04 ')" 1
    clean
    mlr -I --csv filter '!($key == "S1.P03" && $section == "budget")' t/sections.csv
    silent section-out-of-order
}

@test "number-misprinted: 4.2 for 42, but not the number of a part, nor a dot behind it" {
    edit projects 'if ($key == "S1.P04") {$number_printed = "4.1"}'
    speaks "warning number-misprinted S1.P04 280"
    edit projects 'if ($key == "S1.P04") {$number_printed = "4."}'
    silent number-misprinted
    edit projects 'if ($key == "S1.P04") {$number = "4.A7"; $number_printed = "7"}'
    silent number-misprinted
}

@test "number-missing: a heading without a number, but not a project whose heading is lost" {
    edit projects 'if ($key == "S1.P04") {$number_printed = ""}'
    speaks "warning number-missing S1.P04 280"
    mlr -I --csv filter '!($key == "S1.P04" && $section == "project")' t/sections.csv
    silent number-missing
}

@test "project-out-of-order: 4 before 3, but not sub-projects, nor another strategy's 1" {
    mlr --icsv --ocsv filter '$key == "S1.P04"' t/projects.csv >fourth
    mlr --icsv --ocsv --headerless-csv-output filter '$key != "S1.P04"' t/projects.csv >>fourth
    mv fourth t/projects.csv
    assert_equal "$(found | grep out-of-order)" "warning project-out-of-order S1.P01 37"
    clean
    silent project-out-of-order
}

@test "project-out-of-order: not where a sub-project stands between two strategies" {
    printf '%s\n' "S2.P03.1,,2,3.1,3.1,ส่วน,PORT,,,2023-10-01,2024-09-30,,-,-,,,,,,,10,10,400,401" \
        "S2.P01,,2,1,1,โครงการ,PORT,,,2023-10-01,2024-09-30,,-,-,,,,,,,10,10,402,403" >>t/projects.csv
    silent project-out-of-order
}

@test "a summary row without a strategy whose number has a point ends nothing" {
    echo ',6.1,ส่วนที่ไม่มีที่,PORT,กทท.,10,34' >>t/summary.csv
    run found
    assert_success
    assert_output --partial "error value-missing"
}

@test "row-misnumbered: 3 behind 1, or 1 after another 2, but not a list that begins again, nor the number behind a misprint" {
    edit activities 'if ($line == 303) {$activity = "กิจกรรมที่ 3 ฝึกภาคปฏิบัติ"}'
    speaks "warning row-misnumbered S1.P04 303"
    printf '%s\n' 'S1.P04,3,กิจกรรมที่ 3 สอบ,,,,304' 'S1.P04,4,กิจกรรมที่ 1 สรุปผล,,,,305' >>t/activities.csv
    speaks "warning row-misnumbered S1.P04 303"
    edit activities 'if ($line == 303) {$activity = "กิจกรรมที่ 2 ฝึกภาคปฏิบัติ"}'
    silent row-misnumbered
    edit kpis 'if ($line == 52) {$kpi = sub($kpi, "^2", "4")}'
    speaks "warning row-misnumbered S1.P01 52"
}

@test "row-misnumbered: not a further target of a KPI, whose text stands again with its number, but another KPI's" {
    list_kpis() {
        clean
        edit kpis 'if ($line == 52) {$kpi = "2. ทุ่นไฟที่ติดตั้ง"}'
        sed -i "/,52\$/a S1.P01,,3,$1,2567,3 ทุ่น,3,ทุ่น,=,53\nS1.P01,,4,3. ป้าย,2567,4 ป้าย,4,ป้าย,=,54" t/kpis.csv
    }
    list_kpis '2. ทุ่นไฟที่ติดตั้ง'
    silent row-misnumbered
    list_kpis '2. ทุ่นลอย'
    speaks "warning row-misnumbered S1.P01 53"
}

# list TABLE TEXT...: the rows of TABLE of S1.P04 have these texts, on lines 302, 303 and so on.
list() {
    local table=$1 n=0 text
    shift
    mlr -I --csv filter '$key != "S1.P04"' "t/$table.csv"
    for text; do
        n=$((n + 1))
        case $table in
        objectives) echo "S1.P04,$n,$text,$((301 + n))" ;;
        activities) echo "S1.P04,$n,$text,,,,$((301 + n))" ;;
        activity_results) echo "S1.P04,$n,$text,ผล$n,$((301 + n))" ;;
        esac
    done >>"t/$table.csv"
}

# told TABLE TEXT...: what is told of the numbers of such a list, as lines `rule line`.
told() {
    clean
    list "$@"
    found | grep -oE '(row-[a-z]+) S1.P04 [0-9]+' | sed 's/ S1.P04//' || true
}

@test "row-misnumbered: objectives and the KPIs of a strategy, too" {
    assert_equal "$(told objectives '1) ก' '2) ข' '4) ค')" "row-misnumbered 304"
    assert_equal "$(told objectives '1. ก' '2. ข' '3. ค')" ""
    clean
    echo '1,2,3. ร้อยละของท่าเรือที่ซ่อม,2567,ร้อยละ 70,,,900' >>t/strategy_kpis.csv
    speaks "warning row-misnumbered S1 900"
    edit strategy_kpis '$kpi = sub($kpi, "^3", "2")'
    silent row-misnumbered
}

@test "row-misnumbered: a list begins with 1, but a number of the text's own is none" {
    assert_equal "$(told objectives '2) ก' '3) ข')" "row-misnumbered 302"
    assert_equal "$(told objectives '20 หลักสูตรที่จัด' '30 คน')" ""
    assert_equal "$(told objectives 'เชิงปริมาณ : 1) ก' '2) ข' 'เชิงคุณภาพ : 1) ค')" ""
    assert_equal "$(told objectives '1) ก' '1.1) ข' '1.2) ค' '2) ง')" ""
}

@test "row-misnumbered: a 1 in place of a 3, but not the 1 of a list that begins again" {
    assert_equal "$(told objectives '1) ก' '2) ข' '1) ค' '4) ง')" "row-misnumbered 304"
    assert_equal "$(told objectives '1) ก' '2) ข' '1) ค' '2) ง')" ""
    assert_equal "$(told objectives '1) ก' '2) ข' '3) ค' '2) ง')" "row-misnumbered 305"
}

@test "row-misnumbered: activities that are all the first are told once, but not the first of each group" {
    assert_equal "$(told activities 'กิจกรรมที่ 1 ก' 'กิจกรรมที่ 1 ข' 'กิจกรรมที่ 1 ค')" "row-misnumbered 303"
    assert_equal "$(told activities 'กิจกรรมที่ 1 ก' 'ปีที่สอง' 'กิจกรรมที่ 1 ข')" ""
}

@test "row-misnumbered: a misread sign or a misspelt word before a number does not lose it" {
    assert_equal "$(told objectives '1. ก' '2 ข' '3. ค')" ""
    assert_equal "$(told objectives '1. ก' '2) ข' '3. ค')" ""
    assert_equal "$(told activities 'กิจกรรมที่ 1 ก' 'กิจกรรมที 2 ข' 'กิจกรรมที่ 3 ค')" ""
    assert_equal "$(told activity_results 'กิจกรรมที่ 1 ก' 'ก็จกรรมที่ 2 ข' 'กิจกรรมที่ 3 ค')" ""
    assert_equal "$(told activities 'กิจกรรมที่ 1 ก' 'กิจกรรมที 3 ข')" "row-misnumbered 303"
}

@test "row-unnumbered: a row in the place of a missing number, but not one more beside it" {
    assert_equal "$(told objectives '1) ก' 'ข' '3) ค')" "row-unnumbered 303"
    assert_equal "$(told activities 'ก' 'กิจกรรมที่ 2 ข')" "row-unnumbered 302"
    assert_equal "$(told activities 'กิจกรรมที่ 1 ก' 'ปี 2566' 'ปี 2567' 'กิจกรรมที่ 3 ข')" "row-misnumbered 305"
    assert_equal "$(told objectives 'ก' 'ข' 'ค')" ""
}

@test "row-unnumbered: one row between two numbers that follow, but neither headings nor steps of each" {
    assert_equal "$(told activity_results '1. ก' 'ตรวจรับงาน' '2. ข')" "row-unnumbered 303"
    assert_equal "$(told activity_results '1. ก' 'ขั้นหนึ่ง' '2. ข' 'ขั้นสอง' '3. ค')" ""
    assert_equal "$(told activities '1. ก' 'การขับเคลื่อน' '2. ข')" ""
}

@test "row-twice: an objective anywhere in its project, whatever its number, but not another project's" {
    assert_equal "$(told objectives '1) เพื่อฝึก' '2) เพื่อซ้อม' '3) เพื่อฝึก')" "row-twice 304"
    list objectives '1) เพื่อฝึก' '2) เพื่อซ้อม'
    edit objectives 'if ($line == 45) {$objective = "1) เพื่อฝึก"}'
    silent row-twice
}

@test "row-twice: an activity with its period again, but not in another period" {
    edit activities 'if ($line == 303) {$activity = "กิจกรรมที่ 1 ฝึกภาคทฤษฎี"; $period = "มีนาคม - พฤษภาคม 2567"}'
    speaks "warning row-twice S1.P04 303"
    edit activities 'if ($line == 303) {$period = "มิถุนายน 2567"}'
    silent row-twice
    edit activity_results 'if ($line == 87) {$activity = "กิจกรรมที่ 1 ออกแบบและทำราคากลาง"; $result = "ออกแบบเสร็จแล้ว"}'
    speaks "warning row-twice S1.P01 87"
}

@test "result-blank: an activity of the details without a result, where others of its list have one" {
    printf '%s\n' 'S1.P04,3,กิจกรรมที่ 3 สอบ,ผลสาม,330' >>t/activity_results.csv
    edit activity_results 'if ($line == 322) {$result = ""}'
    speaks "note result-blank S1.P04 322"
    # Its parts below have the results.
    edit activity_results 'if ($line == 326) {$activity = "1) ภาคเช้า"}'
    silent result-blank
    edit activity_results 'if ($line == 326) {$activity = "กิจกรรมที่ 2 ฝึก"; $result = ""} elif ($line == 330) {$activity = "สอบ"}'
    silent result-blank
}

@test "result-blank: a KPI's result that is due, once for its years, but not of a later year, nor without a target" {
    edit results 'if ($line == 260) {$result = ""; $status = "none"}'
    edit projects 'if ($key == "S1.P03") {$progress_total = 90; $progress_year = 90}'
    speaks "note result-blank S1.P03 260"
    mlr -I --csv put -q '@row = $*; emit @row; if ($line == 260) {@row["year"] = 2566; emit @row}' t/results.csv
    speaks "note result-blank S1.P03 260"
    clean
    edit results 'if ($line == 260) {$result = "-"}'
    silent result-blank
    edit results 'if ($line == 260) {$result = ""; $year = 2568}'
    edit projects 'if ($key == "S1.P03") {$progress_total = 90; $progress_year = 90}'
    silent result-blank
    edit results 'if ($line == 260) {$year = 2567; $target = "-"}'
    silent result-blank
    edit results 'if ($line == 260) {$target = "24 สถานี"}'
    edit projects 'if ($key == "S1.P03") {$progress_total = 100; $progress_year = 100}'
    silent result-blank
}

@test "activity-blank: a result that names no activity among others, but not the only one" {
    edit activity_results 'if ($line == 326) {$activity = ""}'
    speaks "note activity-blank S1.P04 326"
    edit activity_results 'if ($line == 266) {$activity = ""} elif ($line == 326) {$activity = "กิจกรรมที่ 2"}'
    silent activity-blank
    edit activities 'if ($line == 303) {$activity = ""}'
    speaks "note activity-blank S1.P04 303"
}

@test "period-blank: an activity of the plan without a period, where others have one, or that is the only one" {
    printf '%s\n' 'S1.P04,3,กิจกรรมที่ 3 สอบ,มีนาคม 2567,2024-03-01,2024-03-31,304' >>t/activities.csv
    edit projects 'if ($key == "S1.P04") {$activities = 3; $activities_stated = 3}'
    edit activities 'if ($line == 303) {$period = ""; $start = ""; $end = ""}'
    speaks "note period-blank S1.P04 303"
    # Rows without numbers, of which this one alone has none.
    edit activities 'if ($key == "S1.P04") {$activity = sub($activity, "^กิจกรรมที่ [0-9] ", "")}'
    speaks "note period-blank S1.P04 303"
    edit activities 'if ($line == 247) {$period = ""; $start = ""; $end = ""} elif ($line == 303) {$period = "-"}'
    speaks "note period-blank S1.P03 247"
}

@test "period-blank: not a row that heads others, numbered or not, nor where no row of the plan has one" {
    printf '%s\n' 'S1.P04,3,1. สอบ,มีนาคม 2567,2024-03-01,2024-03-31,304' >>t/activities.csv
    edit projects 'if ($key == "S1.P04") {$activities = 3; $activities_stated = 3}'
    edit activities 'if ($line == 303) {$period = ""; $start = ""; $end = ""}'
    silent period-blank
    edit activities 'if ($line == 303) {$activity = "ภาคปฏิบัติ"} elif ($line == 302) {$activity = "ภาคทฤษฎี"; $period = ""; $start = ""; $end = ""} elif ($line == 304) {$activity = "สอบ"}'
    silent period-blank
    edit activities 'if ($line == 303) {$period = "มีนาคม 2567"; $start = "2024-03-01"; $end = "2024-03-31"}'
    silent period-blank
    edit activities 'if ($key == "S1.P04") {$period = ""; $start = ""; $end = ""}'
    silent period-blank
}

@test "cells-exchanged: an activity named by its period or by what was done, a target that says how far the work is" {
    edit activities 'if ($line == 303) {$activity = "มิถุนายน - สิงหาคม 2567"; $period = "กิจกรรมที่ 2 ฝึกภาคปฏิบัติ"}'
    speaks "warning cells-exchanged S1.P04 303"
    edit activities 'if ($line == 247) {$period = $activity; $activity = "ธันวาคม 2566 - พฤษภาคม 2567"}'
    run -0 found
    assert_line "warning cells-exchanged S1.P03 247"
    clean
    edit activity_results 'if ($line == 326) {$result = $activity; $activity = "ไตรมาสที่ 3 ฝึกแล้ว 20 คน"}'
    speaks "warning cells-exchanged S1.P04 326"
    edit activity_results 'if ($line == 326) {$activity = "-"}'
    speaks "warning cells-exchanged S1.P04 326"
    edit activity_results 'if ($line == 326) {$activity = "ฝึกแล้ว 20 คน"}'
    speaks "warning cells-exchanged S1.P04 326"
    clean
    edit results 'if ($line == 76) {$result = $target; $target = "อยู่ระหว่างดำเนินการ"}'
    speaks "warning cells-exchanged S1.P01 76"
}

@test "cells-exchanged: not in a list by months or quarters, nor where both cells read alike or one is blank" {
    edit activities 'if ($key == "S1.P04") {$activity = sub($period, " .*", " 2567")}'
    silent cells-exchanged
    edit activity_results 'if ($key == "S1.P04") {$activity = "ไตรมาสที่ " . $n}'
    silent cells-exchanged
    edit activity_results 'if ($line == 326) {$activity = "-"; $result = "ไม่มี"}'
    silent cells-exchanged
    clean
    edit activity_results 'if ($line == 326) {$activity = "ภาคเช้า"; $result = "กิจกรรมที่ 4 ทำแทน"}'
    silent cells-exchanged
    edit activity_results 'if ($line == 326) {$activity = "ไตรมาสที่ 3"; $result = "ไตรมาสที่ 3 ฝึกแล้ว"}'
    silent cells-exchanged
    edit activities 'if ($line == 303) {$activity = "มิถุนายน 2567"; $period = ""}'
    silent cells-exchanged
    edit activities 'if ($line == 303) {$activity = "ก.พ.ร. 2 ฝึก"; $period = "ตลอดปี"}'
    silent cells-exchanged
    edit results 'if ($line == 76) {$target = "อยู่ระหว่างดำเนินการ"; $result = "ยังไม่แล้วเสร็จ"}'
    silent cells-exchanged
}

@test "activities-reported-differ: one more or fewer in the details than in the plan, but not with parts of them" {
    edit projects '$activities_stated = ""'
    sed -i '/,326$/d' t/activity_results.csv
    speaks "warning activities-reported-differ S1.P04 318"
    printf '%s\n' 'S1.P04,2,กิจกรรมที่ 2,,324' 'S1.P04,3,ภาคเช้า,ดี,325' 'S1.P04,4,ภาคบ่าย,ดี,326' >>t/activity_results.csv
    silent activities-reported-differ
    printf '%s\n' 'S1.P04,5,กิจกรรมที่ 3,ดี,327' >>t/activity_results.csv
    speaks "warning activities-reported-differ S1.P04 318"
    # As many as the text states: the plan is the odd one.
    edit projects 'if ($key == "S1.P04") {$activities_stated = 3}'
    silent activities-reported-differ
    speaks "warning activities-stated-differ S1.P04 318"
}

@test "title-differs: the title of something else in the summary table, but not one in other words" {
    edit summary 'if ($number == "4") {$title = "โครงการเพาะพันธุ์ปลากะพงขาวในกระชัง"}'
    speaks "warning title-differs S1.P04 32"
    edit summary 'if ($number == "4") {$title = "การฝึกซ้อมกู้ภัยทางทะเลประจำปี"}'
    silent title-differs
}

# plan_of STATED ROW...: S1.P01 states so many activities, and its plan has these rows, each `activity|period`.
plan_of() {
    edit projects 'if ($key == "S1.P01") {$activities_stated = '"$1"'; $activities = '"$(($# - 1))"'}'
    mlr -I --csv filter '$key != "S1.P01"' t/activities.csv
    shift
    local n=0 row
    for row; do
        printf 'S1.P01,%d,%s,%s,,,61\n' $((++n)) "${row%|*}" "${row#*|}" >>t/activities.csv
    done
}

@test "activities-stated-differ: three stated and two listed, but not when a row is a heading without a period" {
    edit projects 'if ($key == "S1.P01") {$activities_stated = 3}'
    speaks "warning activities-stated-differ S1.P01 79"
    assert_equal "$(csv_column f.csv expected)" 2
    clean
    edit activities 'if ($line == 61) {$period = ""; $start = ""; $end = ""}'
    edit projects 'if ($key == "S1.P01") {$activities_stated = 1}'
    silent activities-stated-differ
}

@test "activities-stated-differ: as many as there are headings without a period is no count of activities" {
    plan_of 2 'งานที่ไม่ใช้งบประมาณ|' '1. สำรวจเสา|2567' '2. ออกแบบ|2567' 'งานที่ใช้งบประมาณ|' '1. ซ่อมเสา|2567' '2. ติดป้าย|2567'
    speaks "warning activities-stated-differ S1.P01 81"
    assert_equal "$(csv_column f.csv expected)" 4
    edit projects 'if ($key == "S1.P01") {$activities_stated = 4}'
    silent activities-stated-differ
}

@test "activities-stated-differ: rows labelled as activities count, and not their years" {
    plan_of 2 'กิจกรรมที่ 1 ซ่อมเสา|2566' 'ปี พ.ศ. 2566|2566' 'ปี พ.ศ. 2567|2567' 'กิจกรรมที่ 2 ติดป้าย|2567'
    silent activities-stated-differ
    edit projects 'if ($key == "S1.P01") {$activities_stated = 3}'
    speaks "warning activities-stated-differ S1.P01 79"
    assert_equal "$(csv_column f.csv expected)" 2
}

@test "activities-stated-differ: the numbers of the only list count, but not those of several lists" {
    plan_of 2 'โครงการซ่อมท่าเรือ|' 'ดำเนินการตามสัญญา|2567' '1) งานงวดที่ 1|2566' '2) งานงวดที่ 2|2567'
    silent activities-stated-differ
    plan_of 3 'ดำเนินการตามสัญญา|2567' '1) งานงวดที่ 1|2566' 'เบิกจ่าย|2567' '1) งวดที่ 1|2567' '2) งวดที่ 2|2567'
    speaks "warning activities-stated-differ S1.P01 79"
}

@test "activities-stated-differ: activities with numbered steps count, but not where a list has no activity above it" {
    plan_of 2 'ซ่อมท่าเหนือ|2567' '1. ออกแบบ|2566' '2. ซ่อม|2567' 'ซ่อมท่าใต้|2567' '1. ออกแบบ|2566' '2. ซ่อม|2567'
    silent activities-stated-differ
    plan_of 1 'ซ่อมท่าเหนือ|2567' '1. ออกแบบ|2566' '2. ซ่อม|2567' 'ซ่อมท่าใต้|' '1. ออกแบบ|2566' '2. ซ่อม|2567'
    speaks "warning activities-stated-differ S1.P01 79"
}

@test "details-missing: a project of the summary alone, numbered or not; sub-rows are not told again" {
    printf '1,5,โครงการใหม่,กทด.,PORT,-,34\n1,5.1,โครงการย่อย,,PORT,-,35\n1,-,โครงการที่ไม่มีลำดับ,กทด.,PORT,-,36\n' >>t/summary.csv
    speaks $'warning details-missing S1.P05 34\nwarning details-missing S1.P00 36'
}

@test "details-missing: not of an unnumbered project that has its details" {
    printf '1,-,โครงการฝึกซ้อมกู้ภัยทางทะเล,กทด.,PORT,30,34\n' >>t/summary.csv
    for table in t/*.csv; do
        sed -i 's/S1\.P04/S1.P00/' "$table"
    done
    edit projects 'if ($key == "S1.P00") {$number = 0; $number_printed = "-"}'
    edit summary 'if ($line == 32) {$number = "total"; $progress = 58.75}'
    silent details-missing
}

@test "summary-row-missing: details without a row, but not in a report without a summary" {
    mlr -I --csv filter '$number != "3"' t/summary.csv
    speaks "warning summary-row-missing S1.P03 225"
    mlr -I --csv filter 'false' t/summary.csv
    head -n 1 "$FIXTURES/validate/clean/summary.csv" >t/summary.csv
    silent summary-row-missing
}

@test "summary-row-missing: not of a project that stands twice, which has its row" {
    mlr --icsv --ocsv --headerless-csv-output filter '$key == "S1.P04"' then put '$line_first = 400; $line_last = 450' t/projects.csv >>t/projects.csv
    silent summary-row-missing
}

@test "summary-number-twice: the same number again, but not the same number of another strategy" {
    printf '1,3,โครงการอื่น,กทด.,PORT,100,34\n' >>t/summary.csv
    speaks "error summary-number-twice S1.P03 34"
    clean
    printf '2,3,โครงการอื่น,กทด.,PORT,100,34\n' >>t/summary.csv
    silent summary-number-twice
}

@test "agency-differs: another agency in the summary, but not none" {
    edit summary 'if ($number == "3") {$agency = "PORT"}'
    speaks "warning agency-differs S1.P03 31"
    edit summary 'if ($number == "3") {$agency = ""}'
    silent agency-differs
    edit summary 'if ($number == "3") {$agency = "REEF"; $agency_text = "กทด."}'
    speaks "warning agency-differs S1.P03 31"
}

@test "agency-garbled: a misprinted abbreviation, known or not, but not the full name alone" {
    edit summary 'if ($number == "3") {$agency_text = "สนผ."}'
    speaks "note agency-garbled S1.P03 31"
    clean
    edit projects 'if ($key == "S1.P03") {$agency_text = "สถาบันแนวปะการังแห่งชาติ (สนบ.)"}'
    speaks "note agency-garbled S1.P03 227"
    edit projects 'if ($key == "S1.P03") {$agency_text = "สถาบันแนวปะการังแห่งชาติ"}'
    silent agency-garbled
}

@test "agency-garbled: an unknown misprint of the abbreviation behind the right name, but not a department's" {
    edit projects 'if ($key == "S1.P04") {$agency_text = "กรมท่าเรือและการเดินเรือ (กทต.)"}'
    assert_equal "$(found --lang=en | grep -c agency-garbled) $(csv_column f.csv observed)" "1 กทต."
    edit projects 'if ($key == "S1.P04") {$agency_text = "กรมท่าเรือและการเดินเรือ (กวท.)"}'
    silent agency-garbled
}

@test "agency-garbled: a text that is no agency's name is no misprint of one" {
    edit projects 'if ($key == "S1.P01") {$agency_text = "1) เพื่อให้ผู้โดยสารเรือประจำทางปลอดภัย"}'
    silent agency-garbled
}

@test "a project's agency that only the details have wrong makes no declared figure wrong" {
    edit summary 'if ($number == "1") {$agency = "REEF"}'
    edit projects 'if ($key == "S1.P01") {$agency = "REEF"; $agency_text = "สถาบันแนวปะการังแห่งชาติ (สนป.)"}'
    run found
    assert_success
    assert_output "warning agency-differs S1.P01 27"
    edit declared 'if ($name == "REEF") {$count = 3}'
    speaks "error projects-stated  11"
}

@test "projects-stated: a count of the front matter that is wrong, but not one that is right by the details" {
    edit declared 'if ($name == "PORT") {$count = 4}'
    speaks "error projects-stated  10"
    clean
    edit summary 'if ($number == "3") {$agency = "PORT"}'
    silent projects-stated
}

@test "projects-stated: the sentence above the summary table" {
    edit sections '$text = sub($text, "ยุทธศาสตร์ที่ 1 จำนวน 4 โครงการ", "ยุทธศาสตร์ที่ ๑ จำนวน ๕ โครงการ")'
    speaks "error projects-stated S1 24"
    edit sections '$text = sub($text, "จำนวน ๕ โครงการ", "จำนวน ๔ โครงการ")'
    silent projects-stated
}

@test "mean-stated: 58.77 for 58.75, but not 58.76" {
    edit declared 'if ($scope == "strategy") {$progress = "58.77"}'
    speaks "warning mean-stated S1 8"
    edit declared 'if ($scope == "strategy") {$progress = "58.76"}'
    silent mean-stated
}

@test "mean-stated: a dash counts as 0, a blank and a text not at all, as in aggregate-progress" {
    # 60, 45, 100 and 30 are there: without the 30 the mean is 68.33, with a dash for it 51.25.
    local blank
    for blank in '' คืนงบประมาณ; do
        clean
        edit summary 'if ($strategy == "1" && $number == "4") {$progress = "'"$blank"'"}'
        edit declared 'if ($scope == "strategy") {$progress = "68.33"}'
        assert_equal "$(found | grep ' mean-stated S1 8')" ""
    done
    clean
    edit summary 'if ($strategy == "1" && $number == "4") {$progress = "-"}'
    edit declared 'if ($scope == "strategy") {$progress = "51.25"}'
    assert_equal "$(found | grep ' mean-stated S1 8')" ""
}

@test "mean-stated: the ministry's, though a strategy has no numbered project" {
    echo '9,-,โครงการนอกแผน,PORT,กทท.,-,34' >>t/summary.csv
    edit declared 'if ($scope == "ministry") {$progress = "99"}'
    assert_equal "$(found | grep -c ' mean-stated  *6')" 1
}

# Text.

@test "mean-stated: the last row of a summary table" {
    edit summary 'if ($number == "total") {$progress = 58.73}'
    speaks "warning mean-stated S1 33"
    edit summary 'if ($number == "total") {$progress = 58.76}'
    silent mean-stated
}

@test "foreign-letters: a Latin letter between Thai ones, but not a Latin word, nor a letter of its own" {
    prints agency "กองวิศวกรรม" "กอsวิศวกรรม"
    speaks "warning foreign-letters S1.P01 41"
    prints agency "กอsวิศวกรรม" "กอง Wi Fi และ A ของDigitalวิศวกรรม"
    silent foreign-letters
}

# bars: the tables in the text of the sections are Markdown's.
bars() {
    edit sections 'lines = splitax($text, "\n"); for (i, line in lines) {if (line =~ "\t") {lines[i] = "| " . gsub(line, "\t", " | ") . " |"}} $text = joinv(lines, "\n")'
}

@test "a table's rows are none of a paragraph and state no project's value, with tabs and with bars" {
    prints budget "#### โครงการใช้งบประมาณ" '#### โครงการใช้งบประมาณ\n\nรายการ **\tจำนวน (บาท\nงบประมาณตามสัญญาจ้าง\t9,000,001 บาท'
    edit projects 'if ($key == "S1.P01") {$budget_contracted = 9000001}'
    prints budget "8,500,000 บาท" "9,000,001 บาท"
    found >tabs.txt
    assert_equal "$(cat tabs.txt)" "error contract-above-allocation S1.P01 70"
    bars
    assert_equal "$(grep -cF '| งบประมาณตามสัญญาจ้าง | 9,000,001 บาท |' t/sections.csv)" 1
    assert_equal "$(found)" "$(cat tabs.txt)"
}

@test "yearly-amounts-differ: in a table's rows, with tabs and with bars" {
    prints budget "#### โครงการใช้งบประมาณ" '#### โครงการใช้งบประมาณ\n\nงบประมาณทั้งสิ้น\t100 บาท\nปี 2566 ตั้งงบประมาณ\t30 บาท\nปี 2567 ตั้งงบประมาณ\t60 บาท'
    speaks "warning yearly-amounts-differ S1.P01 66"
    bars
    speaks "warning yearly-amounts-differ S1.P01 66"
    edit sections '$text = ssub($text, "| 60 บาท", "| 70 บาท")'
    silent yearly-amounts-differ
}

@test "the real report with Markdown's tables has the same findings as with tabs" {
    need_report
    unset TRAIMAT_PROFILE
    rm -r t
    cp -r "$BATS_FILE_TMPDIR/real" t
    rm t/findings.csv
    found >tabs.txt
    bars
    found | diff tabs.txt -
}

@test "unbalanced-marks: in a paragraph that is in no table, but not in one of two lines" {
    prints plan_project "300 วัน" "(300 วัน"
    speaks "note unbalanced-marks S1.P01 56"
    prints plan_project " เริ่มวันที่" ' เริ่มวันที่\n)'
    silent unbalanced-marks
}

@test "foreign-letters: Devanagari in a Thai word is told once, where it stands; Latin and Greek are not" {
    edit sections '$text = sub($text, "เพื่อให้ชาวเกาะ", "เพื่อให้ชาวเคาะ")'
    edit objectives '$objective = sub($objective, "เพื่อให้ชาวเกาะ", "เพื่อให้ชาวเคาะ")'
    silent foreign-letters
    edit sections '$text = sub($text, "เพื่อให้ชาวเคาะ", "เพื่อให้ชาวเकาะ")'
    edit objectives '$objective = sub($objective, "เพื่อให้ชาวเคาะ", "เพื่อให้ชาวเकาะ")'
    speaks "warning foreign-letters S1.P01 46"
    clean
    edit objectives '$objective = $objective . " (wi-fi, µm, Ω)"'
    silent foreign-letters
}

@test "foreign-letters: of one word misread in several lines, the section and the line's beginning are told" {
    local word="ทางเดินริมหาดซึ่งอยู่ติดกับท่าเรือโดยสารและสะพานปลาของอำเภอบ่อदानแห่งนี้"
    prints objectives "2) เพื่อให้ชาวเกาะ" "2) $word"
    prints plan_activities "กิจกรรมที่ 2" "กิจกรรมที่ 2 $word"
    found >found.txt || fail
    assert_equal "$(grep foreign found.txt)" $'warning foreign-letters S1.P01 46\nwarning foreign-letters S1.P01 62'
    assert_equal "$(csv_column f.csv observed | uniq)" "दान"
    run csv_column f.csv message
    assert_line --index 0 --partial "in the section “วัตถุประสงค์”: “दान” (from “2) ทางเดินริมหาด"
    assert_line --index 1 --partial "in the section “แผนระยะเวลาดำเนินงานแต่ละกิจกรรม”: “दान” (from “กิจกรรมที่ 2 ทางเดิน"
    assert_line --index 1 --partial "อำเภอบ่อदान"
}

@test "replacement-character: in a cell alone, or in the text" {
    edit objectives 'if ($line == 46) {$objective = "2) เพื่อให้ชาว�เกาะ"}'
    speaks "error replacement-character S1.P01 46"
    clean
    edit sections '$text = sub($text, "เปลี่ยนโคมไฟ\tตุลาคม", "เปลี่ยนโคม�\tตุลาคม")'
    speaks "error replacement-character S1.P02.1 126"
}

@test "unbalanced-marks: an open bracket, but not a list's 1) nor letters in brackets" {
    edit obstacles '$text = "ฝนตกชุก (เดือนพฤษภาคม"'
    speaks "note unbalanced-marks S1.P02.1 162"
    edit obstacles '$text = "1) ฝน (ตกชุก ข้อ 2) และ ก) ลม [แรง] 2.1) “คลื่น”"'
    silent unbalanced-marks
    edit sections 'if ($key == "S1.P04" && $section == "activity_results") {$text = sub($text, "\*\*กิจกรรมที่ 1", "กิจกรรมที่ 1")}'
    speaks "note unbalanced-marks S1.P04 322"
}

@test "cut-word: a leading vowel at the end, but not a whole word" {
    edit obstacles '$text = "ฝนตกชุกตลอดไตรมาส แ"'
    speaks "note cut-word S1.P02.1 162"
    edit obstacles '$text = "ฝนตกชุกตลอดไตรมาสและ"'
    silent cut-word
}

@test "cut-word: a leading vowel that has lost its consonant, but not with it" {
    for text in เื่อสร้าง แ่งน้ำ เ้าหน้าที่; do
        edit obstacles '$text = "ฝนตกชุก'"$text"'"'
        speaks "note cut-word S1.P02.1 162"
    done
    for text in เพื่อสร้าง แห่งน้ำ เจ้าหน้าที่; do
        edit obstacles '$text = "ฝนตกชุก'"$text"'"'
        silent cut-word
    done
}

# The list of findings.

@test "findings are sorted by severity, then line; those of other filters keep their rows" {
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "900000"; $number_printed = "44"; $activities_stated = 7}'
    edit activities 'if ($line == 61) {$end = "2023-01-01"}'
    cat >other.csv <<'CSV'
severity,rule,key,table,n,field,line,observed,expected,message
note,row-joined,S1.P04,kpis,1,,291,"a, ""b""",,joined
warning,number-misprinted,S1.P04,sections,,heading,280,44,4,theirs
note,row-joined,S1.P04,kpis,1,,291,"a, ""b""",,joined
CSV
    status=0
    "$BIN/validate-kpi" -d t other.csv || status=$?
    assert_equal "$status" 1
    assert_equal "$(mlr --icsv --onidx --ofs ' ' cut -o -f severity,rule,line t/findings.csv)" \
        $'error end-before-start 61\nerror contract-above-allocation 305\nwarning number-misprinted 280\nwarning activities-stated-differ 318\nnote row-joined 291'
    assert_equal "$(grep -c 'theirs' t/findings.csv)" 1
    grep -qxF 'note,row-joined,S1.P04,kpis,1,,291,"a, ""b""",,joined' t/findings.csv
}

@test "a cell of which another filter says as much is not told twice, but another cell of its row is" {
    edit kpis 'if ($line == 238) {$target = "2 รอบ 60 สถานี"; $target_value = ""; $target_unit = ""}'
    edit projects 'if ($key == "S1.P03") {$budget_contracted = "จากรายได้"; $budget_disbursed = "คืนงบประมาณ"; $progress_total = "รอผล"}'
    assert_equal "$(found | grep -cE " (target-without-number|not-a-number) S1.P03 ")" 4
    cat >other.csv <<'CSV'
severity,rule,key,table,n,field,line,observed,expected,message
note,several-numbers,S1.P03,kpis,1,target,238,2 รอบ 60 สถานี,,theirs
warning,amount-unread,S1.P03,projects,,budget_contracted,252,จากรายได้,,theirs
warning,progress-unread,S1.P03,projects,,progress_total,277,รอผล,,theirs
CSV
    run found other.csv
    assert_success
    refute_line --partial target-without-number
    assert_equal "$(mlr --icsv --onidx filter '$rule == "not-a-number"' then cut -f field f.csv)" budget_disbursed
    # The same cell in another year.
    sed -i 's/2 รอบ 60/3 รอบ 60/' other.csv
    run found other.csv
    assert_success
    assert_line "note target-without-number S1.P03 238"
}

@test "a merged table that is no findings table is trouble" {
    run "$BIN/validate-kpi" -d t t/kpis.csv
    assert_equal "$status" 2
    assert_output --partial "t/kpis.csv:1: error: the column 'severity' is missing"
    assert_file_not_exist t/findings.csv
}

@test "the findings of a folder are not read back in" {
    edit projects 'if ($key == "S1.P04") {$activities_stated = 7}'
    "$BIN/validate-kpi" -d t
    cp t/findings.csv first.csv
    "$BIN/validate-kpi" -d t
    cmp first.csv t/findings.csv
}

@test "--max-findings lists so many, counts all, and says so" {
    printf 'key,n,objective,line\n' >in.csv
    for i in 1 2 3 4 5; do printf 'S1.P0%s,x,a,%s\n' "$i" "$i" >>in.csv; done
    run "$BIN/validate-kpi" -t objectives --max-findings=2 -f f.csv -o good.csv --summary in.csv
    assert_equal "$status" 1
    assert_equal "$(csv_column f.csv rule)" $'wrong-type\nwrong-type\nfindings-not-listed'
    assert_output --partial "3 further findings were counted and are not listed here."
    assert_output --partial "total,,5,0,0"
}

@test "--summary counts by rule and agency" {
    edit projects 'if ($key == "S1.P04" || $key == "S1.P03") {$activities_stated = 7}'
    edit activities 'if ($line == 61 || $line == 302) {$end = "2023-01-01"}'
    run "$BIN/validate-kpi" -d t --summary
    assert_equal "$status" 1
    assert_output "rule,agency,errors,warnings,notes
activities-stated-differ,PORT,0,1,0
activities-stated-differ,REEF,0,1,0
end-before-start,PORT,2,0,0
total,,2,2,0"
}

@test "--lang=th writes Thai messages, and the English ones have the Thai term" {
    edit projects 'if ($key == "S1.P04") {$budget_contracted = "1234567.5"}'
    found --lang=th
    assert_equal "$(csv_column f.csv message)" \
        "ยุทธศาสตร์ที่ 1 โครงการที่ 4: งบประมาณตามสัญญาจ้าง 1,234,567.5 บาท สูงกว่างบประมาณที่ได้รับจัดสรร 800,000 บาท"
    found
    assert_equal "$(csv_column f.csv message)" \
        "Strategy 1, project 4: The contract (งบประมาณตามสัญญาจ้าง) of 1,234,567.5 baht is above the allocation (งบประมาณที่ได้รับจัดสรร) of 800,000 baht."
}

@test "every rule's message can be worded in both languages" {
    rm -rf t
    cp -r "$FIXTURES/expected/msc/2567-q3" t
    found >en
    found --lang=th >th
    cmp en th
    assert [ -s en ]
}

@test "a rule can be off, graver or wider by the profile's rule-changes.csv" {
    edit projects 'if ($key == "S1.P04") {$activities_stated = 7} if ($key == "S1.P01") {$duration_days = 303}'
    cp -r "$TRAIMAT_PROFILE" p
    printf '%s\n' rule,state,severity,thresholds,pattern,message,message_th \
        activities-stated-differ,,error,,,, length-differs,,,days=3,,, >p/rule-changes.csv
    export TRAIMAT_PROFILE=p
    run found
    assert_success
    assert_output "error activities-stated-differ S1.P04 318"
    printf 'activities-stated-differ,off,,,,,\n' >tail
    sed -i '2d' p/rule-changes.csv
    cat tail >>p/rule-changes.csv
    run found
    assert_success
    assert_output ""
}

@test "a rule that does not exist, and a state that is none, are trouble with file and line" {
    cp -r "$TRAIMAT_PROFILE" p
    printf '%s\n' rule,state,severity,thresholds,pattern,message,message_th nonsense,off,,,,, >p/rule-changes.csv
    run "$BIN/validate-kpi" -p p -d t
    assert_equal "$status" 2
    assert_output --partial "p/rule-changes.csv:2: error: there is no rule 'nonsense'"
    printf '%s\n' rule,state,severity,thresholds,pattern,message,message_th cut-word,maybe,,,,, >p/rule-changes.csv
    run "$BIN/validate-kpi" -p p -d t
    assert_equal "$status" 2
    assert_output --partial "p/rule-changes.csv:2: error: state: expected on or off"
}

@test "wrong uses are trouble" {
    for args in "" "-t kpis -d t" "-d t -r x" "-d t -z" "-t kpis --lang=fr" "-t kpis --max-findings=0"; do
        # shellcheck disable=SC2086 # several words are meant
        run "$BIN/validate-kpi" $args </dev/null
        assert_equal "$status" 2
    done
}

@test "a full disk is trouble" {
    run bash -c '"$BIN/validate-kpi" -t kpis t/kpis.csv >/dev/full'
    assert_equal "$status" 2
}

@test "--help and --version" {
    run "$BIN/validate-kpi" --help
    assert_success
    assert_output --partial "Usage: validate-kpi -t TABLE"
    run "$BIN/validate-kpi" --version
    assert_success
    assert_output --regexp '^validate-kpi \(traimat\) [0-9]'
}

# One fault of each kind at ten places (or as many as there are), in the tables of the small report and of the real
# one: each is found, at its line.
prepare=()

# section_lines SECTION: lines `key line` from standard input, with the line where the key's SECTION begins if it has one.
section_lines() {
    mlr --icsv --onidx filter -S '$section == "'"$1"'"' then head -n 1 -g key then cut -o -f key,line_first t/sections.csv >begins
    awk 'FILENAME == "begins" {line[$1] = $2; next} {print $1, ($1 in line) ? line[$1] : $2}' begins -
}

# all_found RULE NUMBER: each line `key line` of standard input has a finding of RULE in t that was not among those of
# t before the change, in found-before; there are NUMBER of them.
all_found() {
    local place places=0 here
    found >found.txt || fail "validate-kpi failed"
    tr -s ' ' <found.txt >after
    while read -r place; do
        places=$((places + 1))
        here="^[a-z]+ $1 ${place//./\\.}\$"
        (($(grep -cE "$here" after) > $(tr -s ' ' <found-before | grep -cE "$here"))) || fail "$1 not found at $place"
    done
    assert [ "$places" -gt 0 ]
    assert_equal "$places" "$2"
}

# seed RULE TABLE CONDITION CHANGE [LINE [KEY]]: changes ten rows of TABLE of the report $set that meet CONDITION, far
# from each other, and looks for RULE with each row's key at the line in its column LINE. All ten stand in one run, so
# that they could disturb each other. LINE may be a section: its first line is told of a value of a project, which the
# report does not print since it was put in. What else the fault needs, $prepare (TABLE EXPRESSION)... changes before.
seed() {
    local rule=$1 table=$2 condition=$3 change=$4 line=${5:-line} key=${6:-\$key} after="" places step column
    column=\$$line
    [[ $table != projects ]] || column='$line_first'
    rm -rf t seeded
    cp -r "$BATS_FILE_TMPDIR/$set" t
    local i
    for ((i = 0; i < ${#prepare[@]}; i += 2)); do edit "${prepare[@]:i:2}"; done
    found >found-before || fail "validate-kpi failed"
    # What the row before was, for conditions about two rows.
    local before='@key = ""; @last = 0; @year = 0; @kpi = ""; @target = ""; @number = ""; @activity = ""; @period = ""; @done = ""'
    [[ $table != @(kpis|results) ]] || after='@key = @now["key"]; @last = @now["n"]; @year = @now["year"]; @kpi = @now["kpi"]; @target = @now["target"]'
    [[ $table != activities ]] || after='@key = @now["key"]; @activity = @now["activity"]; @period = @now["period"]'
    # A condition about two rows is for one row of a project: the next would stand beside one that was changed.
    local done=true
    if [[ $condition == *@key* ]]; then
        condition="\$key != @done && $condition"
        done='@done = $key'
    fi
    [[ $table != summary ]] || after='@number = @now["number"]'
    places=$(mlr --icsv --ocsv put -q "begin {@c = 0; $before}
        @now = \$*;
        if ($condition) {@c += 1; $done}
        $after;
        end {print @c}" "t/$table.csv")
    assert [ "$places" -gt 0 ]
    step=$((places > 10 ? places / 10 : 1))
    mlr --icsv --ocsv put -S "begin {@i = 0; @n = 0; $before}
        @now = \$*;
        filter true;
        if ($condition) {
            @i += 1;
            $done;
            if (@i % $step == 0 && @n < 10) {
                @n += 1;
                $change;
                print > \"seeded\", $key . \" \" . ($column);
            }
        }
        $after;" "t/$table.csv" >changed.csv
    mv changed.csv "t/$table.csv"
    assert_equal "$(wc -l <seeded)" $((places < 10 ? places : 10))
    section_lines "$line" <seeded >places
    all_found "$rule" $((places < 10 ? places : 10)) <places
}

# ten: of the lines on standard input ten that are far from each other, or all.
ten() {
    awk '{rows[NR] = $0} END {step = NR > 10 ? int(NR / 10) : 1; for (i = step; i <= NR && n++ < 10; i += step) print rows[i]}'
}

# seed_emptied RULE TABLE OTHER: takes all rows of TABLE from ten projects that have rows in OTHER too.
seed_emptied() {
    rm -rf t
    cp -r "$BATS_FILE_TMPDIR/$set" t
    mlr --icsv --onidx --ofs ' ' filter '$'"$2"' >= 1 && $'"$3"' >= 1' then cut -o -f key,line_first t/projects.csv | ten >seeded
    assert [ -s seeded ]
    found >found-before || fail "validate-kpi failed"
    mlr -I --csv filter '!($key =~ "^('"$(cut -d ' ' -f 1 seeded | paste -sd '|')"')$")' "t/$2.csv"
    section_lines "$2" <seeded >places
    all_found "$1" "$(wc -l <seeded)" <places
}

# seed_text RULES PATTERN CHANGE [BELOW]: changes ten lines of the report's text that match PATTERN, far from each
# other, by the sed command CHANGE, reads it by the whole line of filters and looks for one of RULES on each of them, or
# up to BELOW lines beneath it.
seed_text() {
    local report=$FIXTURES/inbox/msc/2567-q2.txt line
    [[ $set == small ]] || report=$REPORT
    grep -nE "$2" "$report" | cut -d : -f 1 | ten >seeded
    assert [ -s seeded ]
    while read -r line; do printf '%s%s\n' "$line" "$3"; done <seeded >changes.sed
    sed -E -f changes.sed "$report" >seeded.txt
    assert_equal "$(cmp -l "$report" seeded.txt 2>/dev/null | head -n 1 | wc -l)" 1
    rm -rf t
    "$PIPELINES/report-tables" seeded.txt t 2>/dev/null || [[ $? -eq 1 ]]
    mlr --icsv --onidx filter -S '$rule =~ "^('"$1"')$"' then cut -f line t/findings.csv >after
    while read -r line; do
        awk -v line="$line" -v below="${4:-0}" '$1 >= line && $1 <= line + below {here = 1} END {exit !here}' after ||
            fail "$1 not found at line $line"
    done <seeded
}

# wrong-length is not seeded: no schema of the profile asks for a length.
seed_schema() {
    seed value-missing objectives true '$objective = ""'
    seed wrong-type activities true '$n = "x"'
    seed wrong-form projects true '$number = "4,1"' line_first
    seed unknown-code projects '$agency != ""' '$agency = "XYZ"; $agency_text = "zyx"' agency
    seed duplicate-key kpis '@key == $key && $n == @last + 1 && $year == @year' '$n = @last'
    seed duplicate-key activity_results '$n == 2' '$n = 1'
    local table columns=(duration_days budget_allocated budget_contracted budget_disbursed agency_text number_printed
        activities_stated obstacles progress_total progress_year)
    rm -rf t
    cp -r "$BATS_FILE_TMPDIR/$set" t
    mlr -I --csv cut -x -f "$(IFS=, && echo "${columns[*]}")" t/projects.csv
    found >after
    assert_equal "$(mlr --icsv --onidx filter '$rule == "column-missing"' then cut -f field then sort -f field f.csv)" \
        "$(printf '%s\n' "${columns[@]}" | sort)"
    for table in activities activity_results declared kpis objectives obstacles projects report results summary; do
        rm -rf t
        cp -r "$BATS_FILE_TMPDIR/$set" t
        rm "t/$table.csv"
        found >after
        assert_equal "$(mlr --icsv --onidx filter '$rule == "table-missing"' then cut -f observed f.csv)" "$table"
    done
}

seed_dates() {
    full='$start =~ "^....-..-..$" && $end =~ "^....-..-..$"'
    seed end-before-start activities "$full" '$end = "2019-01-01"'
    seed end-before-start projects "$full" '$end = "2019-01-01"' plan_project
    seed impossible-date activities "$full" '$end = "2024-06-31"'
    seed not-a-date activities "$full" '$end = "มิถุนายน"'
    seed length-differs projects "$full" '$duration_days = 3' plan_project
    # Beneath the section's last line, which is blank.
    local plan='$section == "plan_project"'
    seed length-differs sections "$plan" '$text .= "๑๑ เดือน เริ่มวันที่ ๑ ตุลาคม ๒๕๖๖ สิ้นสุดวันที่ ๓๐ กันยายน ๒๕๖๗\n"' 'line_last + 1'
    seed part-ends-before-start sections "$plan" '$text .= "ปี ๒๕๖๖ เริ่มวันที่ ๑ ตุลาคม ๒๕๖๕ - กันยายน ๒๕๖๕\n"' 'line_last + 1'
    seed activity-outside-project activities "$full" '$start = "2030-01-01"; $end = "2030-01-02"'
    seed year-far-from-report projects "$full" '$end = "2057-09-30"' plan_project
    seed progress-before-start projects "$full"' && $progress_total =~ "^[1-9]"' '$start = "2024-07-02"; $end = "2024-09-30"; $progress_total = 0.37; $progress_year = 0.37' progress
    seed project-outside-year projects "$full"' && !($key =~ "S3.P(0[4-9]|1[0-9]|2|3|4)")' '$start = "2027-01-01"; $end = "2027-02-01"; $progress_total = 0; $progress_year = 0' plan_project
}

seed_money_progress() {
    money='$budget_allocated =~ "^[1-9]" && $budget_contracted =~ "^[1-9]"'
    seed contract-above-allocation projects "$money"' && $start >= "2023-10-01" && $end <= "2024-09-30" && strlen($start) == 10 && strlen($end) == 10' '$budget_contracted = $budget_allocated + 1' budget
    seed contract-above-year projects "$money" '$end = "2026-01-01"; $start = "2023-10-02"; $budget_contracted = $budget_allocated + 1' budget
    seed disbursed-above-contract projects "$money" '$budget_disbursed = $budget_contracted + 1' budget
    seed unit-in-doubt projects "$money" '$budget_contracted = $budget_contracted * 1000000' budget
    # The other projects' decide, of which most must be right: in the small report there are not ten more.
    local allocated='$budget_allocated =~ "^[1-9]"'
    [[ $set == real ]] || allocated="$money"' && $key =~ "^S1.P0[1-4]"'
    seed unit-in-doubt projects "$allocated" '$budget_allocated = $budget_allocated * 1000' budget
    seed yearly-amounts-differ sections '$section == "budget"' '$text .= "งบประมาณทั้งสิ้น ๑๐๐ บาท\nปี ๒๕๖๖ ตั้งงบประมาณ ๓๐ บาท\nปี ๒๕๖๗ ตั้งงบประมาณ ๖๐ บาท\n"' 'line_last + 1'
    # The parents of the report's summary tables, with their strategies.
    local parents='$strategy . "." . $number =~ "^(2.2|3.6|3.47|3.54)$" && $progress =~ "^[1-9]"'
    [[ $set == real ]] || parents='$strategy . "." . $number =~ "^1.4$"'
    seed parent-mean-differs summary "$parents" '$progress = "12.34"' line '"S" . $strategy . ".P" . fmtnum(int($number), "%02d")'
    prepare=(projects '$progress_total = 100')
    seed complete-without-result results '$year == 2567 && $result_value != ""' '$status = "none"; $result = ""'
    prepare=()
    seed out-of-range projects '$progress_total =~ "^[0-9]"' '$progress_total = 100.5' progress
    seed not-a-number projects '$progress_total =~ "^[0-9]"' '$progress_total = "ยังไม่รายงาน"' progress
    seed total-against-year projects '$progress_total =~ "^[1-9]" && strlen($start) == 10 && strlen($end) == 10' '$start = "2023-10-01"; $end = "2024-09-30"; $progress_total = 31; $progress_year = 32' progress
}

seed_kpis() {
    # Results that have their KPI: those of the real report that have none are told in any case.
    local matched='!($key =~ "S1.P(03|09|18|19)|S2.P0[24]|S3.P(05|14|18|43|49|65|71|72|74)|S4.P02")'
    seed target-without-number kpis '$target_value != ""' '$target_value = ""; $target_unit = ""; $target = "ดีขึ้น"'
    seed target-without-unit kpis '$target_value != "" && $target_unit != ""' '$target_unit = ""'
    seed percent-in-doubt kpis '$target_unit == "ร้อยละ" && $target_value != ""' '$target_value = 8550'
    seed unit-misspelt results '$year == 2567 && $target_value =~ "^[0-9]" && strlen($unit) > 4 && '"$matched" '$unit .= "ก"'
    seed target-missed results '$status != "missed"' '$status = "missed"'
    seed unknown-value results '$status != ""' '$status = "finished"'
    seed result-without-kpi results '$year == 2567 && '"$matched" '$kpi = "ก" . $key . " เรื่องที่ไม่เกี่ยวข้องกัน " . $line . " zyx wvu tsr qpo nml " . $n'
    seed kpi-without-result kpis '$year == 2567 && $target != "-" && $target != "" && !($key =~ "P73|P48")' '$kpi = "ก" . $key . " เรื่องที่ไม่เกี่ยวข้องกัน " . $line . " zyx wvu tsr qpo nml " . $n'
    seed target-differs results '$year == 2567 && $target_value =~ "^[0-9]" && $unit != "" && '"$matched" '$target_value = $target_value + 7'
    seed target-blank results '$year == 2567 && $target_value =~ "^[0-9]" && $unit != "" && '"$matched" '$target = ""; $target_value = ""'
    seed unit-differs results '$year == 2567 && $target_value =~ "^[0-9]" && $unit != "" && '"$matched" '$unit = "zyx wvu"'
    # A KPI becomes the one before it in its project.
    seed kpi-twice kpis '@key == $key && $n == @last + 1 && $year == @year' '$kpi = @kpi; $target = @target'
    seed result-twice results '@key == $key && $n == @last + 1 && $year == @year' '$kpi = @kpi; $target = @target'
    seed_emptied results-missing results kpis
    seed_emptied kpis-missing kpis results
    # Rows of other projects come into the last one: a result has no KPI there, an objective has nothing against it.
    local last=S1.P05
    [[ $set == small ]] || last=S4.P08
    local copied='@copy = $*; emit @copy; $key = "'$last'"; $n = 900 + @n; $line = 90000 + @n'
    local long='$kpi .= " ในพื้นที่ตามลำดับความสำคัญทั้งหมดของโครงการ " . $key'
    prepare=(kpis "$long" results "$long")
    seed text-of-another-project results 'strlen($kpi) >= 70 && $year == 2567 && !($key =~ "^'$last'") && '"$matched" "$copied"
    prepare=()
    # Where the text is no longer like its own KPI's, both places are as odd.
    seed text-in-two-projects results '$year == 2567 && !($key =~ "^'$last'")' '$kpi = "ก" . $key . " เรื่องที่ไม่เกี่ยวข้องกัน " . $line . " zyx wvu tsr qpo nml kji hgf edc ba " . $n; '"$copied"
    seed text-in-two-projects objectives '!($key =~ "^'$last'")' '$objective .= " ในพื้นที่ตามลำดับความสำคัญของจังหวัดทั้งหมด ชุดที่ " . @n; '"$copied"
    seed unknown-reference kpis 'true' '$key = "S9" . sub($key, "^S.", "")'
}

seed_structure_text() {
    # Rows of the summary that have details of their own, and how their projects are called.
    local single='$number =~ "^[0-9]+$" && $strategy < 5 && !($number =~ "^(2|4|5|6|47|48|49|54)$")'
    local called='"S" . $strategy . ".P" . fmtnum(int($number), "%02d")'
    seed progress-differs summary "$single"' && $progress =~ "^[1-9]"' '$progress = "12.34"' line "$called"
    seed agency-differs summary "$single" '$agency = $agency == "PORT" ? "REEF" : $agency == "REEF" ? "PORT" : $agency == "NSO" ? "TMD" : "NSO"' line "$called"
    # The lines of projects whose rows are gone.
    seed summary-row-missing summary "$single" 'filter false' project "$called"
    seed summary-number-twice summary "$single"' && @number =~ "^[0-9]+$" && $number == @number + 1' '$number = @number' line "$called"
    local scope='$scope == "strategy" ? "S" . $name : ""'
    seed projects-stated declared true '$count += 30' line "($scope)"
    seed mean-stated declared true '$progress -= 1.5' line "($scope)"
    seed mean-stated summary '$number == "total"' '$progress -= 1.5' line '"S" . $strategy'
    local agency='$agency = "PORT"; $agency_text = "กรม (กทค.)"'
    [[ $set == small ]] || agency='$agency = "ONDE"; $agency_text = "สำนักงาน (สคช.)"'
    seed agency-garbled projects '$agency_text != ""' "$agency" agency
    seed title-differs summary "$single" '$title = "abcdefghijklmnop"' line "$called"
    seed project-out-of-order projects '$number =~ "^[0-9]+$" && $number > 2 && $number % 2 == 0' '$number = 1' line_first
    seed number-missing projects '$number_printed =~ "^[0-9]+$"' '$number_printed = ""' line_first
    seed row-twice activities '@key == $key' '$activity = @activity; $period = @period'
    seed section-missing sections '$section == "obstacles" && $form != "none"' 'filter false' 'line_last + 1'
    seed details-missing summary "$single" '$number = $number + 700' line "$called"
    seed activities-stated-differ projects '$activities =~ "^[1-9]"' '$activities_stated = 77' activity_results
    seed number-misprinted projects '$number_printed =~ "^[0-9]+$" && $number == $number_printed' '$number_printed = "777"' line_first
    seed rows-differ projects '$kpis =~ "^[1-9]"' '$kpis = 777' kpis
    seed section-blank sections '$section == "obstacles" && $form != "none" && $heading == "ปัญหาและอุปสรรคของการดำเนินงาน"' '$text = sub($text, "\n(.|\n)*$", "\n\n")' line_first
    seed section-twice sections '$section == "objectives"' '$section = "agency"' line_first
    seed section-out-of-order sections '$section == "objectives"' '$section = "obstacles"' 'line_last + 1'
    seed foreign-letters objectives 'true' '$objective = $objective . "क"'
    seed replacement-character activities 'true' '$activity = $activity . "�"'
    seed unbalanced-marks obstacles '!($text =~ "[][()“”\"]")' '$text = $text . " (ต่อ"'
    seed cut-word activity_results '$result != ""' '$result = $result . " แ"'
}

# The same faults and others as a hand would make them in the report's text, read by the whole line of filters.
seed_report() {
    local n='[0-9๐๑๒๓๔๕๖๗๘๙]'
    seed_text out-of-range "คิดเป็นร้อยละ $n+ ของเป้าหมายทั้งโครงการ" "s/ร้อยละ $n+ ของเป้าหมายทั้งโครงการ/ร้อยละ ๑๔๐ ของเป้าหมายทั้งโครงการ/"
    seed_text date-impossible "(30|๓๐) (กันยายน|มิถุนายน) $n{4}\$" "s/(30|๓๐) (กันยายน|มิถุนายน) ($n{4})\$/31 \\2 \\3/"
    seed_text 'end-before-start|part-ends-before-start' "^ระยะเวลาดำเนินงาน.*เริ่มวันที่.*สิ้นสุดวันที่.*$n{4}\$" "s/$n{4}\$/2564/"
    seed_text length-differs "^ระยะเวลาดำเนินงาน.* $n+ (วัน|เดือน|ปี) .*เริ่มวันที่.*สิ้นสุดวันที่.*$n{4}\$" "s/$n+ (วัน|เดือน|ปี)/7 ปี/"
    seed_text 'contract-above-(allocation|year)' "ตามสัญญาจ้าง.*จำนวน $n(,|[.]|$n)* *บาท" "s/จำนวน $n(,|[.]|$n)* *บาท/จำนวน ๙,๙๙๙,๙๙๙,๙๙๙ บาท/"
    seed_text activities-stated-differ "^มีกิจกรรมทั้งหมด จำนวน $n+ กิจกรรม" "s/$n+/๗๗/"
    seed_text row-misnumbered '^กิจกรรมที่ *(๒|๓|๔|๕) ' 's/^กิจกรรมที่ *(๒|๓|๔|๕)/กิจกรรมที่ ๔๗/'
    seed_text number-misprinted "^#+ $n+[.] โครงการ" "s/$n+/๗๗/"
    seed_text number-missing "^#+ $n+[.] โครงการ" "s/$n+[.] //"
    # Headers of targets; told at the table's first row, or at that of the results, a few sections beneath.
    local header=$'^(ตัวชี้วัด)?(\t(ค่าเป้าหมาย )?ปี( พ\\.ศ\\.)? ?'"$n{4})+\$"
    seed_text 'year-missing|years-apart|years-differ|kpi-years-differ' "$header" 's/(๒๕๖|256)[๖๗67]/๒๕๖๑/' 60
    # Told where the next section begins, or where the section's own table does.
    seed_text 'section-missing|heading-lost' '^#+ (ปัญหาและอุปสรรคของการดำเนินงาน|ตัวชี้วัด/ค่าเป้าหมาย) *$' 's/.*//' 9
    seed_text foreign-letters '^[^#|<]*การดำเนิน' 's/การดำเนิน/กаรดำเนิน/'
    seed_text foreign-letters '^[^#|<]*การดำเนิน' 's/การดำเนิน/กsรดำเนิน/'
    seed_text replacement-character 'การ' 's/การ/ก�ร/'
}

@test "ten faults seeded into its text are found in the small report, each at its line" {
    set=small
    seed_report
}

@test "ten faults seeded into its text are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_report
}

@test "ten seeded faults against the schemas are found in the small report, each at its line" {
    set=small
    seed_schema
}

@test "ten seeded faults against the schemas are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_schema
}

@test "ten seeded faults of dates are found in the small report, each at its line" {
    set=small
    seed_dates
}

@test "ten seeded faults of dates are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_dates
}

@test "ten seeded faults of money and progress are found in the small report, each at its line" {
    set=small
    seed_money_progress
}

@test "ten seeded faults of money and progress are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_money_progress
}

@test "ten seeded faults of KPIs are found in the small report, each at its line" {
    set=small
    seed_kpis
}

@test "ten seeded faults of KPIs are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_kpis
}

@test "ten seeded faults of structure and text are found in the small report, each at its line" {
    set=small
    seed_structure_text
}

@test "ten seeded faults of structure and text are found in the real report, each at its line" {
    need_report
    set=real
    unset TRAIMAT_PROFILE
    seed_structure_text
}
