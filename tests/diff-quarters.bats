#!/usr/bin/env bats
# diff-quarters: what changed, and what it means.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    helpers_setup
    D=$BIN/diff-quarters
    OLD=$FIXTURES/diff/old
    NEW=$FIXTURES/diff/new
    Q2=$FIXTURES/expected/msc/2567-q2
    Q3=$FIXTURES/expected/msc/2567-q3
    mlr=(mlr -S --icsv --ocsv --headerless-csv-output)
}

# make_edits: builds the program that edits tables at random, with the library under test.
make_edits() {
    local -a sanitize=()
    [[ $BIN != */asan/* ]] || sanitize=(-fsanitize=address,undefined)
    "${CC:-cc}" -std=c11 -D_XOPEN_SOURCE=700 "${sanitize[@]}" -I "$ROOT/filters/lib" -I "$ROOT/filters/diff-quarters" -o edits "$ROOT/tests/diff_edits.c" \
        "$BIN/../obj/libtraimat.a" -lcsv -lpcre2-8 -lz -ljansson -lm
}

# without_rows FILE COLUMNS: those columns, sorted; of rows that came or went not what stands in them.
without_rows() {
    "${mlr[@]}" put 'if ($change == "added" || $change == "removed") {$old = ""; $new = ""; $meaning = ""}' \
        then cut -o -f "$2" "$1" | LC_ALL=C sort
}

# check_edits FOLDER SEED: random edits of FOLDER are found each and all and nothing else, proved by --check, and
# mirrored when old and new change places.
check_edits() {
    rm -rf new && mkdir new
    ./edits "$2" "$1" new || return 1
    local status=0
    "$D" --check -o changes.csv "$1" new || status=$?
    ((status == 1)) || { echo "seed $2: status $status" && return 1; }
    diff <("${mlr[@]}" cat new.expected | LC_ALL=C sort) \
        <(without_rows changes.csv change,key_old,key_new,table,field,old,new,meaning) >difference ||
        { echo "seed $2:" && head -n 5 difference && return 1; }
    status=0
    "$D" --check -o back.csv new "$1" 2>note || status=$?
    ((status == 1)) || { echo "seed $2, back: status $status" && return 1; }
    diff <(without_rows changes.csv change,key_old,key_new,table,field,old,new) \
        <(without_rows back.csv change,key_new,key_old,table,field,new,old |
            sed -e 's/^added,/x,/' -e 's/^removed,/added,/' -e 's/^x,/removed,/' | LC_ALL=C sort) >difference ||
        { echo "seed $2, back:" && head -n 5 difference && return 1; }
    found=$((found + $(wc -l <new.expected) - 1))
}

@test "the changes of two small versions are those that a reader finds" {
    run -1 "$D" --check -o changes.csv "$OLD" "$NEW"
    diff -u "$FIXTURES/diff/changes.csv" changes.csv
}

@test "a version is the same as itself: status 0 and a header alone" {
    run -0 "$D" "$Q3" "$Q3"
    assert_output 'change,key_old,key_new,title,table,n,field,old,new,delta,meaning,line_old,line_new'
}

@test "the two quarters of the fixtures show every meaning of one fiscal year" {
    run -1 "$D" --check -o changes.csv "$Q2" "$Q3"
    run -0 "${mlr[@]}" filter '$meaning != ""' then cut -f meaning then uniq -g meaning then sort -f meaning changes.csv
    assert_output "$(printf '%s\n' advanced budget-cut budget-raised completed new not-handed-in obstacle-cleared \
        obstacle-new regressed result-reported result-withdrawn slipped stalled started target-lowered target-raised)"
}

@test "every field that the list of the fixtures' changes names is found, and no other" {
    "$D" -o changes.csv "$Q2" "$Q3" || true
    # In changes.md a new key is listed as key, strategy, number and number_printed; here it is one line.
    awk -F ' *\\| *' '
        /^## / { table = substr($0, 4) }
        /^\| / && $2 != "project" && $2 !~ /^-/ && $4 !~ /^(n|key|strategy|number)$/ {
            if ($4 == "number_printed" && $2 ~ /→/) next
            key = $2; sub(/.* → /, "", key)
            if (table == "report") key = ""
            n = $3; sub(/ .*/, "", n)
            print table "," key "," n "," $4 }' "$FIXTURES/expected/msc/changes.md" | LC_ALL=C sort -u >wanted
    "${mlr[@]}" filter '$change != "unchanged" && $field != "key" && $field != "strategy/number"' then put '
        $key = $key_new == "" ? $key_old : $key_new;
        if ($field == "") {$field = "(row)"}
        if ($table == "summary" || $table == "strategy_kpis") {$n = $table == "summary" ? "" : $n}
        if ($table == "report") {$key = ""}
        if ($table == "declared") {$key = sub($key, "/", " ")}
        if ($table == "summary") {$key = sub(sub($key, "[.]P0?", " "), "[.]total", " total")}' \
        then cut -o -f table,key,n,field changes.csv | LC_ALL=C sort -u >found
    diff -u wanted found
}

@test "a project that took another's number is renumbered, not changed in everything" {
    "$D" -o changes.csv "$OLD" "$NEW" || true
    run -0 "${mlr[@]}" filter '$table == "projects" && $key_new == "S1.P03"' then cut -o -f change,field,delta changes.csv
    assert_line --index 0 'renumbered,key,~1.00'
    refute_output --partial retitled
}

@test "a misprinted number that is printed right under the new key is no change, one that stays misprinted is told" {
    mkdir a b
    printf 'key,number_printed,title\nS3.P42,4.2,โครงการขุดคลอง\nS3.P68,28,โครงการสร้างเขื่อน\nS3.P70,10,ทุ่น\nS3.P80.A1,1,ไฟ\n' >a/projects.csv
    printf 'key,number_printed,title\nS3.P41,41,โครงการขุดคลอง\nS3.P67,28,โครงการสร้างเขื่อน\nS3.P69,09,ทุ่น\nS3.P79.A1,1,ไฟ\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'renumbered,S3.P42,S3.P41,'
    assert_line --index 2 --partial 'renumbered,S3.P68,S3.P67,'
    assert_line --index 3 'unchanged,S3.P68,S3.P67,โครงการสร้างเขื่อน,projects,,number_printed,28,28,,,3,3'
    assert_line --index 4 --partial 'renumbered,S3.P70,S3.P69,'
    assert_line --index 5 'changed,S3.P70,S3.P69,ทุ่น,projects,,number_printed,10,09,-1,,4,4'
    assert_line --index 6 --partial 'renumbered,S3.P80.A1,S3.P79.A1,'
    assert_equal "${#lines[@]}" 7
}

@test "a project moved and retitled at once is matched by similarity, and the score is told" {
    mkdir a b
    printf 'key,strategy,number,title\nS1.P01,1,1,โครงการพัฒนาระบบเตือนภัยคลื่นยักษ์\nS1.P02,1,2,โครงการอื่น\n' >a/projects.csv
    printf 'key,strategy,number,title\nS1.P02,1,2,โครงการอื่น\nS2.P09,2,9,โครงการพัฒนาระบบเตือนภัยคลื่นยักษ์ใต้น้ำ\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 'moved,S1.P01,S2.P09,โครงการพัฒนาระบบเตือนภัยคลื่นยักษ์ใต้น้ำ,projects,,key,S1.P01,S2.P09,~0.94,,2,3'
    assert_line --index 2 --partial 'retitled,S1.P01,S2.P09,'
    assert_line --index 2 --partial ',~0.94,,2,3'
    assert_equal "${#lines[@]}" 3
}

@test "a project that left and one that came under its number are not one" {
    mkdir a b
    printf 'key,title,start\nS1.P01,โครงการขุดคลอง,2023-10-01\n' >a/projects.csv
    printf 'key,title,start\nS1.P01,อบรมครูสอนว่ายน้ำ,2024-04-01\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'removed,S1.P01,,โครงการขุดคลอง,projects,'
    assert_line --index 2 --partial 'added,,S1.P01,อบรมครูสอนว่ายน้ำ,projects,'
}

@test "a project that left and one that came under its number are not one because they begin on the fiscal year's first day" {
    mkdir a b
    printf 'key,title,start\nS1.P01,โครงการขุดคลอง,2023-10-01\nS1.P02,โครงการสร้างฝาย,2023-10-01\n' >a/projects.csv
    printf 'key,title,start\nS1.P01,อบรมครูสอนว่ายน้ำ,2023-10-01\nS1.P02,โครงการสร้างฝาย,2023-10-01\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'removed,S1.P01,,โครงการขุดคลอง,projects,'
    assert_line --index 2 --partial 'added,,S1.P01,อบรมครูสอนว่ายน้ำ,projects,'
    assert_equal "${#lines[@]}" 3
}

@test "a project under its old number whose budget no other has is the same, whatever its title" {
    mkdir a b
    printf 'key,title,budget_allocated\nS1.P01,โครงการขุดคลอง,1250000\nS1.P02,โครงการสร้างฝาย,900000\n' >a/projects.csv
    printf 'key,title,budget_allocated\nS1.P01,อบรมครูสอนว่ายน้ำ,1250000\nS1.P02,โครงการสร้างฝาย,900000\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 'retitled,S1.P01,S1.P01,อบรมครูสอนว่ายน้ำ,projects,,title,โครงการขุดคลอง,อบรมครูสอนว่ายน้ำ,,,2,2'
    assert_equal "${#lines[@]}" 2
}

@test "a project under its old number of which all but the title is the same is the same" {
    mkdir a b
    local columns=key,title,agency,start,end,objectives,kpis,results,activities,progress_total
    printf '%s\nS1.P01,โครงการขุดคลอง,NSO,2023-10-01,2024-09-30,3,2,2,5,40\nS1.P02,ฝาย,NSO,2023-10-01,2024-09-30,1,1,1,1,40\n' $columns >a/projects.csv
    printf '%s\nS1.P01,อบรมครูสอนว่ายน้ำ,NSO,2023-10-01,2024-09-30,3,2,2,5,55\nS1.P02,ฝาย,NSO,2023-10-01,2024-09-30,1,1,1,1,40\n' $columns >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'retitled,S1.P01,S1.P01,'
    assert_line --index 2 --partial ',progress_total,40,55,15,'
    assert_equal "${#lines[@]}" 3
    sed -i 's/,3,2,2,5,55/,1,1,1,2,55/' b/projects.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
}

@test "a project that got another number and half another title is found by its budget" {
    mkdir a b
    printf 'key,title,budget_allocated\nS1.P01,ฝาย,900000\nS1.P02,โครงการขุดคลองส่งน้ำ,1250000\n' >a/projects.csv
    printf 'key,title,budget_allocated\nS1.P01,โครงการขุดลอกบึงและสระ,1250000\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'renumbered,S1.P02,S1.P01,โครงการขุดลอกบึงและสระ,projects,,key,S1.P02,S1.P01,~0.66'
    assert_line --index 2 --partial 'retitled,S1.P02,S1.P01,'
    assert_line --index 3 --partial 'removed,S1.P01,,ฝาย,'
    assert_equal "${#lines[@]}" 4
}

@test "a project that got another number and half another title is found by all its other values" {
    mkdir a b
    local columns=key,title,agency,start,end,objectives,kpis,results,activities,progress_total
    printf '%s\nS1.P01,ฝาย,OPS,2024-01,2024-09-30,1,1,1,1,10\nS1.P02,โครงการขุดคลองส่งน้ำ,NSO,2023-10-01,2024-09-30,3,2,2,5,40\nS1.P03,เขื่อน,NSO,2023-10-01,2024-09-30,1,1,1,1,40\n' $columns >a/projects.csv
    printf '%s\nS1.P01,โครงการขุดลอกบึงและสระ,NSO,2023-10-01,2024-09-30,3,2,2,5,55\nS1.P02,เขื่อน,NSO,2023-10-01,2024-09-30,1,1,1,1,40\n' $columns >b/projects.csv
    run -1 "$D" --check a b
    assert_line --partial 'renumbered,S1.P02,S1.P01,โครงการขุดลอกบึงและสระ,projects,,key,S1.P02,S1.P01,~0.66'
    assert_line --partial 'removed,S1.P01,,ฝาย,'
    assert_equal "${#lines[@]}" 6
    sed -i 's/บึงและสระ/บึงและสระ 2/' b/projects.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | sort | xargs)" 'added change removed removed renumbered'
}

@test "of projects with like titles one went, one was retitled and took its number: the best pair goes first" {
    mkdir a b
    printf 'key,title\nS1.P01,โครงการจัดหาครุภัณฑ์สำนักงานอาคารเอ\nS1.P02,โครงการจัดหาครุภัณฑ์คอมพิวเตอร์อาคารซี\n' >a/projects.csv
    printf 'key,title\nS1.P01,โครงการจัดหาครุภัณฑ์คอมพิวเตอร์อาคารซีใหม่\n' >b/projects.csv
    run -1 "$D" --check --similarity=0.5 a b
    assert_line --index 1 --partial 'renumbered,S1.P02,S1.P01,'
    assert_line --index 3 --partial 'removed,S1.P01,,โครงการจัดหาครุภัณฑ์สำนักงานอาคารเอ,'
}

@test "the summary's row of a retitled project goes with its details" {
    mkdir a b
    printf 'key,title,budget_allocated\nS1.P01,โครงการขุดคลอง,1250000\nS1.P02,โครงการสร้างฝาย,900000\n' >a/projects.csv
    printf 'key,title,budget_allocated\nS1.P01,อบรมครูสอนว่ายน้ำ,1250000\nS1.P02,โครงการสร้างฝาย,900000\n' >b/projects.csv
    printf 'strategy,number,title,progress\n1,1,โครงการขุดคลอง,40\n1,2,โครงการสร้างฝาย,40\n' >a/summary.csv
    printf 'strategy,number,title,progress\n1,1,อบรมครูสอนว่ายน้ำ,50\n1,2,โครงการสร้างฝาย,40\n' >b/summary.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1,5,7 <<<"$output" | xargs)" 'change,table,field retitled,projects,title retitled,summary,title changed,summary,progress'
}

@test "a blank more or less beside a Thai letter is no change, between other letters and digits it is one" {
    mkdir a b
    printf 'key,title,agency_text\nS1.P01,โครงการขุดคลอง (Big Data) ใน 5 สาย,12 3\nS1.P02,ฝาย,Data Center\n' >a/projects.csv
    printf 'key,title,agency_text\nS1.P02,โครงการ ขุด คลอง(Big Data)ใน5สาย,12 3\nS1.P01,ฝาย,DataCenter\n' >b/projects.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1-3,7 <<<"$output" | tail -n +2 | sort)" $'changed,S1.P02,S1.P01,agency_text\nrenumbered,S1.P01,S1.P02,key\nrenumbered,S1.P02,S1.P01,key'
}

@test "titles with other numbers are other projects" {
    mkdir a b
    printf 'key,title\nS1.P01,โครงการสร้างเขื่อนกันคลื่น ระยะที่ 1\n' >a/projects.csv
    printf 'key,title\nS1.P02,โครงการสร้างเขื่อนกันคลื่น ระยะที่ 2\n' >b/projects.csv
    run -1 "$D" a b
    assert_line --index 1 --partial 'removed,S1.P01,'
    assert_line --index 2 --partial 'added,,S1.P02,'
}

@test "a project that the summary still lists is not handed in, one that it lists no more is dropped" {
    mkdir a b
    printf 'key,title\nS1.P01,โครงการหนึ่ง\nS1.P02,โครงการสอง\n' >a/projects.csv
    printf 'key,title\n' >b/projects.csv
    printf 'strategy,number,title\n1,1,โครงการหนึ่ง\n1,2,โครงการสอง\n' >a/summary.csv
    printf 'strategy,number,title\n1,1,โครงการหนึ่ง\n' >b/summary.csv
    "$D" --tables=projects -o changes.csv a b || true
    assert_equal "$(csv_column changes.csv meaning)" $'not-handed-in\ndropped'
    "$D" --tables=projects -o changes.csv b a || true
    assert_equal "$(csv_column changes.csv meaning)" $'handed-in\nnew'
}

@test "a new project with the number and much of the title of one that moved on is new" {
    mkdir a b
    printf 'key,title\nS1.P01,โครงการขุดคลองส่งน้ำ\n' >a/projects.csv
    printf 'strategy,number,title\n1,1,โครงการขุดคลองส่งน้ำ\n' >a/summary.csv
    printf 'key,title\nS1.P01,โครงการขุดคลองส่งน้ำ ระยะที่ 2\nS1.P02,โครงการขุดคลองส่งน้ำ\n' >b/projects.csv
    printf 'strategy,number,title\n1,1,โครงการขุดคลองส่งน้ำ ระยะที่ 2\n1,2,โครงการขุดคลองส่งน้ำ\n' >b/summary.csv
    "$D" --check --tables=projects -o changes.csv a b || true
    assert_equal "$(csv_column changes.csv meaning)" new
    "$D" --check --tables=projects -o changes.csv b a || true
    assert_equal "$(csv_column changes.csv meaning | xargs)" dropped
}

@test "in another fiscal year the progress of the year did not fall" {
    cp -r "$OLD" a && cp -r "$NEW" b
    chmod -R u+w a b
    printf 'ministry,fiscal_year,quarter,period_end\nSEA,2568,1,2024-12-31\n' >b/report.csv
    printf 'ministry,fiscal_year,quarter,period_end\nSEA,2567,2,2024-03-31\n' >a/report.csv
    "$D" -o changes.csv a b || true
    run -0 "${mlr[@]}" filter '$key_new == "S2.P01" && $field =~ "progress"' then cut -o -f field,meaning changes.csv
    assert_output $'progress_total,regressed\nprogress_year,new-fiscal-year'
    run -0 "${mlr[@]}" filter '$table == "report" && $field == "fiscal_year"' then cut -f meaning changes.csv
    assert_output new-fiscal-year
}

# one_project DIR KPI...: a version of one project with these KPIs, numbered from 1, each with its own target.
one_project() {
    local n=0 kpi
    mkdir -p "$1"
    printf 'key,title\nS1.P01,โครงการขุดคลอง\n' >"$1/projects.csv"
    echo key,n,kpi,year,target,line >"$1/kpis.csv"
    for kpi in "${@:2}"; do
        echo "S1.P01,$((++n)),$kpi,2567,${#kpi} แห่ง,$((n + 10))" >>"$1/kpis.csv"
    done
}

@test "KPIs that got another number because one went are no change" {
    one_project a '1. จำนวนคลองที่ขุด' '2. ร้อยละของผู้พอใจ' '3. รายงานผลการสำรวจ'
    one_project b '1. ร้อยละของผู้พอใจ' '2. รายงานผลการสำรวจ'
    run -1 "$D" --check a b
    assert_line --index 1 --partial 'removed,S1.P01,S1.P01,1. จำนวนคลองที่ขุด (2567),kpis,1,'
    assert_equal "${#lines[@]}" 2
}

# kpis_of DIR FISCAL_YEAR ROW...: a version with these rows `kpi,year,target` of one project.
kpis_of() {
    local dir=$1 year=$2 n=0
    shift 2
    mkdir -p "$dir"
    printf 'ministry,fiscal_year,quarter,period_start,period_end\nMSC,%s,%s,,%s\n' "$year" 1 "$((year - 543))-0${#dir}-28" >"$dir/report.csv"
    printf 'key,title\nS1.P01,โครงการหนึ่ง\n' >"$dir/projects.csv"
    {
        echo key,n,kpi,year,target
        for row; do echo "S1.P01,$((++n)),$row"; done
    } >"$dir/kpis.csv"
}

@test "a KPI whose year alone was mended, in its text and its column, is one changed row" {
    kpis_of a 2567 'จำนวนผู้เข้าชมในปี 2566,2566,5' 'จำนวนเรือที่ตรวจ,2567,9'
    kpis_of bb 2567 'จำนวนผู้เข้าชมในปี 2567,2567,5' 'จำนวนเรือที่ตรวจ,2567,9'
    run -1 "$D" --check --only year,kpi --tables kpis,projects a bb
    assert_line --index 1 'changed,S1.P01,S1.P01,จำนวนผู้เข้าชมในปี 2567 (2567),kpis,1,kpi,จำนวนผู้เข้าชมในปี 2566,จำนวนผู้เข้าชมในปี 2567,~0.94,,2,2'
    assert_line --index 2 --partial ',kpis,1,year,2566,2567,'
    assert_equal "${#lines[@]}" 3
}

@test "a KPI of another fiscal year is one changed row, whose target is neither raised nor lowered" {
    kpis_of a 2566 'จำนวนผู้เข้าชม,2566,5' 'จำนวนเรือ,2566,9'
    kpis_of bb 2567 'จำนวนผู้เข้าชม,2567,4' 'จำนวนเรือ,2566,8'
    sed -i 's/target$/target_value/' a/kpis.csv bb/kpis.csv
    run -1 "$D" --check --tables kpis,projects a bb
    run mlr --icsv --onidx cut -o -f change,n,field,old,new,meaning <<<"$output"
    assert_output "$(printf '%s\n' 'changed 1 year 2566 2567 ' 'changed 1 target_value 5 4 ' 'changed 2 target_value 9 8 target-lowered')"
}

@test "a KPI that stands twice, each with its target, is two changed rows in another fiscal year" {
    kpis_of a 2566 'จำนวนผู้เข้าชม,2566,เดือนละ 5' 'จำนวนผู้เข้าชม,2566,ปีละ 70'
    kpis_of bb 2567 'จำนวนผู้เข้าชม,2567,เดือนละ 5' 'จำนวนผู้เข้าชม,2567,ปีละ 70'
    run -1 "$D" --check --tables kpis,projects a bb
    run mlr --icsv --onidx cut -o -f change,n,field,old,new <<<"$output"
    assert_output $'changed 1 year 2566 2567\nchanged 2 year 2566 2567'
}

@test "KPIs of other years are other rows where one KPI has several, or with another text" {
    kpis_of a 2567 'จำนวนผู้เข้าชม,2566,5' 'จำนวนผู้เข้าชม,2567,6'
    kpis_of bb 2567 'จำนวนผู้เข้าชม,2567,6' 'จำนวนผู้เข้าชม,2568,7'
    run -1 "$D" --check --tables kpis,projects a bb
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
    kpis_of a 2567 'จำนวนผู้เข้าชมพิพิธภัณฑ์,2566,5'
    kpis_of bb 2567 'จำนวนเรือที่ผู้ตรวจเข้าตรวจสภาพ,2567,5'
    run -1 "$D" --check --tables kpis,projects a bb
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
}

@test "rows in another order, or with another kind of list mark, are no change" {
    one_project a '1. จำนวนคลองที่ขุด' '2) ร้อยละของผู้พอใจ' 'กิจกรรมที่ 3 ตรวจรับงาน' '- คู่มือการขุด' 'ข้อ 5 แผนที่คลอง' '2.1) ฝาย'
    one_project b '1. ร้อยละของผู้พอใจ' '2. จำนวนคลองที่ขุด' '(3) คู่มือการขุด' 'กิจกรรมที่ ๔ ตรวจรับงาน' 'แผนที่คลอง' '1.2.1. ฝาย'
    sed -i 's/,[0-9]* แห่ง,/,5 แห่ง,/' a/kpis.csv b/kpis.csv
    run -0 "$D" --check a b
}

# activities DIR NAME,PERIOD...: a version of one project with these activities, numbered from 1.
activities() {
    local n=0 row
    mkdir -p "$1"
    printf 'key,title\nS1.P01,โครงการขุดคลอง\n' >"$1/projects.csv"
    echo key,n,activity,period,start,end >"$1/activities.csv"
    for row in "${@:2}"; do
        echo "S1.P01,$((++n)),$row,2024-01,2024-0$((n % 9 + 1))" >>"$1/activities.csv"
    done
}

@test "an activity with quite another name at the same place, of the same period, is one changed row" {
    activities a '1. สำรวจพื้นที่,ม.ค. 67' '2. ขุดดิน,ก.พ. 67' '3. ตรวจรับงาน,มี.ค. 67' '4. ส่งมอบ,เม.ย. 67'
    activities b '1. สำรวจพื้นที่,ม.ค. 67' '2. ฝึกผู้ดูแลประตูน้ำ,ก.พ. 67' '3. ตรวจรับงาน,มี.ค. 67' '4. พิมพ์คู่มือ,เม.ย. 67'
    run -1 "$D" --check a b
    assert_line --index 1 --partial ',activities,2,activity,2. ขุดดิน,2. ฝึกผู้ดูแลประตูน้ำ,,,3,3'
    assert_line --index 2 --partial ',activities,4,activity,4. ส่งมอบ,4. พิมพ์คู่มือ,~0.36,,5,5'
    assert_equal "${#lines[@]}" 3
}

@test "a KPI that is put otherwise at the same place, with the same target, is one changed row though its operator went" {
    one_project a '1. จำนวนคลอง' '2. ผู้เข้าร่วม ไม่น้อยกว่า' && one_project b '1. จำนวนคลอง' '2. มีแผนบริหารความเสี่ยง'
    printf 'key,n,kpi,year,target,target_value,target_unit,target_op\n' | tee a/kpis.csv >b/kpis.csv
    printf 'S1.P01,1,1. จำนวนคลอง,2567,9 แห่ง,9,แห่ง,=\n' | tee -a a/kpis.csv >>b/kpis.csv
    echo 'S1.P01,2,2. ผู้เข้าร่วม ไม่น้อยกว่า,2567,30 คน,30,คน,>=' >>a/kpis.csv
    echo 'S1.P01,2,2. มีแผนบริหารความเสี่ยง,2567,30 คน,30,คน,=' >>b/kpis.csv
    run -1 "$D" --check a b
    run mlr --icsv --onidx cut -f change,n,field <<<"$output"
    assert_output $'changed 2 kpi\nchanged 2 target_op'
    sed -i '$s/30 คน,30/40 คน,40/' b/kpis.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
}

@test "an activity that went and one that came are not one at another place, of another period, or without one" {
    activities a '1. สำรวจพื้นที่,ม.ค. 67' '2. ขุดดิน,ก.พ. 67' '3. ตรวจรับงาน,มี.ค. 67'
    activities b '1. สำรวจพื้นที่,ม.ค. 67' '2. ฝึกผู้ดูแลประตูน้ำ,พ.ค. 67' '3. ตรวจรับงาน,มี.ค. 67'
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
    activities b '1. สำรวจพื้นที่,ม.ค. 67' '3. ตรวจรับงาน,มี.ค. 67' '2. ฝึกผู้ดูแลประตูน้ำ,ก.พ. 67'
    sed -i 's/,2024-01,.*/,2024-01,2024-09/' a/activities.csv b/activities.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
    activities a '1. สำรวจพื้นที่,ม.ค. 67' '2. ขุดดิน,-'
    activities b '1. สำรวจพื้นที่,ม.ค. 67' '2. ฝึกผู้ดูแลประตูน้ำ,-'
    sed -i '$s/-,.*/-,,/' a/activities.csv b/activities.csv
    run -1 "$D" --check a b
    assert_equal "$(cut -d, -f1 <<<"$output" | xargs)" 'change removed added'
}

@test "a text that changed behind its list mark is told as both are printed" {
    one_project a '2. จำนวนคลองที่ขุดแล้วเสร็จ'
    one_project b '1. จำนวนคลองที่ขุดใกล้เสร็จ'
    run -1 "$D" --check a b
    assert_line --index 1 --partial ',kpis,1,kpi,2. จำนวนคลองที่ขุดแล้วเสร็จ,1. จำนวนคลองที่ขุดใกล้เสร็จ,~0.'
    assert_equal "${#lines[@]}" 2
}

@test "a list mark of which a letter is misread does not make another row" {
    one_project a 'กิจกรรมที่ 3 ทำสัญญา' 'กิจกรรมที่ 4 ส่งมอบ'
    one_project b 'กินกรรมที่ 3 ทำสัญญา' 'กิจกรรมที่ 4 ส่งมอบ'
    run -1 "$D" --check a b
    assert_line --index 1 --partial ',kpis,1,kpi,กิจกรรมที่ 3 ทำสัญญา,กินกรรมที่ 3 ทำสัญญา,~0.'
    assert_equal "${#lines[@]}" 2
}

@test "numbers that belong to the text are no list marks" {
    local -a pairs=('1.5 ล้านคนเข้าร่วม' '2.5 ล้านคนเข้าร่วม' '20 ระบบที่ใช้ได้' '30 ระบบที่ใช้ได้' 'กิจกรรมที่ 1' 'กิจกรรมที่ 2'
        'งานระยะที่ 1 แล้วเสร็จ' 'งานระยะที่ 2 แล้วเสร็จ' '-5 องศาในห้องเย็น' '5 องศาในห้องเย็น' '1.' '2.' '2567) งานประจำปี' '2568) งานประจำปี'
        '1. 20 ระบบที่ใช้ได้' '1. 30 ระบบที่ใช้ได้')
    local at # bats' run sets i
    for ((at = 0; at < ${#pairs[@]}; at += 2)); do
        one_project a "${pairs[at]}"
        one_project b "${pairs[at + 1]}"
        sed -i 's/,[0-9]* แห่ง,/,5 แห่ง,/' a/kpis.csv b/kpis.csv
        run -1 --separate-stderr "$D" --check --similarity=0.1 a b
        assert_line --index 1 --partial ",kpi,${pairs[at]},${pairs[at + 1]},"
    done
}

@test "two files: what looks like a list mark is compared in columns of any kind" {
    printf 'id,kpi\n1,1. คลอง\n' >old.csv
    printf 'id,kpi\n1,2. คลอง\n' >new.csv
    run -1 "$D" -k id --check old.csv new.csv
    assert_line --index 1 'changed,1,1,,new,,kpi,1. คลอง,2. คลอง,,,2,2'
}

@test "without time passing nothing has stalled" {
    cp -r "$OLD" a && cp -r "$NEW" b
    cp "$OLD/report.csv" b/report.csv
    "$D" -o changes.csv a b || true
    run ! grep -q stalled changes.csv
}

@test "random edits of the fixtures' tables are found each and all, and mirrored" {
    make_edits
    found=0
    for seed in 1 2 3 4 5 6; do
        check_edits "$Q2" "$seed"
        check_edits "$Q3" "$seed"
    done
    ((found > 500))
}

@test "random edits of the real report's tables are found each and all, and mirrored" {
    need_report
    make_edits
    mkdir tables
    "$PIPELINES/report-tables" "$REPORT" tables || (($? == 1))
    found=0
    for seed in 1 2 3; do
        check_edits "$PWD/tables" "$seed"
    done
    ((found > 1000))
}

@test "two files: columns may stand in another order, one may come and one may go" {
    printf 'id,name,size,gone\na,one,1,x\nb,two,2,y\n' >old.csv
    printf 'size,fresh,name,id\n1,p,one,a\n3,q,two,b\n' >new.csv
    run -1 "$D" -k id --check old.csv new.csv
    assert_line --index 1 'added,,,,new,,fresh,,,,column-added,,'
    assert_line --index 2 'removed,,,,new,,gone,,,,column-dropped,,'
    assert_line --index 3 'changed,b,b,,new,,size,2,3,1,,3,3'
    assert_equal "${#lines[@]}" 4
}

@test "two files: a key of several columns" {
    printf 'a,b,c\n1,x/y,old\n1,x,same\n2,x,old\n' >old.csv
    printf 'a,b,c\n2,x,new\n1,x,same\n1,x/y,new\n' >new.csv
    run -1 "$D" -k a,b --check old.csv new.csv
    assert_line --index 1 'changed,1/x\/y,1/x\/y,,new,,c,old,new,,,2,4'
    assert_line --index 2 'changed,2/x,2/x,,new,,c,old,new,,,4,2'
}

@test "two files: rows that came and went hold the whole row" {
    printf 'id,a,b\n1,x,\n2,y,"say ""ho""\nthere"\n' >old.csv
    printf 'id,a,b\n1,x,\n3,z,w\n' >new.csv
    run -1 --separate-stderr "$D" -k id --check --format=csv -o changes.csv old.csv new.csv
    run -0 mlr -S --icsv --ojson cut -f change,old,new changes.csv
    assert_output --partial '\"b\":\"say \\\"ho\\\"\\u000athere\"'
    assert_equal "$(mlr -S --icsv --onidx filter '$change == "added"' then cut -f new changes.csv | jq -c .)" '{"id":"3","a":"z","b":"w"}'
}

@test "two files: rows without a partner are matched by title, or by the column that --match names" {
    printf 'id,title,v\n1,ท่าเรือสงขลา,5\n' >old.csv
    printf 'id,title,v\n9,ท่าเรือสงขลา,5\n' >new.csv
    run -1 "$D" -k id --check old.csv new.csv
    assert_line --index 1 'renumbered,1,9,ท่าเรือสงขลา,new,,id,1,9,~1.00,,2,2'
    assert_equal "${#lines[@]}" 2
    sed -i s/title/name/ old.csv new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_equal "${#lines[@]}" 3
    run -1 "$D" -k id --match=name old.csv new.csv
    assert_equal "${#lines[@]}" 2
}

@test "two files: the threshold of similarity can be set" {
    printf 'id,title\n1,abcdefghij\n' >old.csv
    printf 'id,title\n2,abcdefgxyz\n' >new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_equal "${#lines[@]}" 3
    run -1 "$D" -k id --similarity=0.7 old.csv new.csv
    assert_line --index 1 'renumbered,1,2,abcdefgxyz,new,,id,1,2,~0.70,,2,2'
}

@test "the best pairs are matched first, one to one" {
    printf 'id,title\n1,abcdefghij\n2,abcdefghiX\n' >old.csv
    printf 'id,title\n8,abcdefghXX\n9,abcdefghiX\n' >new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_line --partial 'renumbered,2,9,'
    assert_line --partial 'renumbered,1,8,'
}

@test "blanks, the script of digits and a decomposed sara am are no change" {
    printf 'id,a,b,c\n1,สำรวจ  ครั้งที่ 2,10,x\n' >old.csv
    printf 'id,a,b,c\n1,สํารวจ ครั้งที่ ๒,๑๐,"x "\n' >new.csv
    run -0 "$D" -k id --check old.csv new.csv
    printf 'id,a\n๑,x\n' >thai.csv
    printf 'id,a\n1,x\n' >ascii.csv
    run -0 "$D" -k id thai.csv ascii.csv
}

@test "numbers have their difference, dates their days, amounts their percent, to the last digit" {
    printf 'id,n,when,budget_allocated,big\n1,0.1,2024-02-28,3,90071992547409.93\n' >old.csv
    printf 'id,n,when,budget_allocated,big\n1,0.3,2024-03-01,4,90071992547409.94\n' >new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_line 'changed,1,1,,new,,n,0.1,0.3,0.2,,2,2'
    assert_line 'changed,1,1,,new,,when,2024-02-28,2024-03-01,2 days,,2,2'
    assert_line 'changed,1,1,,new,,budget_allocated,3,4,1 (33.33%),budget-raised,2,2'
    assert_line 'changed,1,1,,new,,big,90071992547409.93,90071992547409.94,0.01,,2,2'
}

@test "an end given as a month is its last day" {
    printf 'id,end\n1,2024-09\n2,2024-09\n' >old.csv
    printf 'id,end\n1,2024-09-30\n2,2024-10-01\n' >new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_line 'changed,1,1,,new,,end,2024-09,2024-09-30,0 days,,2,2'
    assert_line 'changed,2,2,,new,,end,2024-09,2024-10-01,1 day,slipped,3,3'
}

@test "a dash, an empty value and 0 are three things" {
    printf 'id,progress_total\n1,-\n2,\n3,0\n4,-\n' >old.csv
    printf 'id,progress_total\n1,0\n2,0\n3,10\n4,10\n' >new.csv
    run -1 "$D" -k id old.csv new.csv
    assert_line 'changed,1,1,,new,,progress_total,-,0,,,2,2'
    assert_line 'changed,2,2,,new,,progress_total,,0,,,3,3'
    assert_line 'changed,3,3,,new,,progress_total,0,10,10,started,4,4'
    assert_line 'changed,4,4,,new,,progress_total,-,10,,started,5,5'
}

@test "--tolerance lets numbers and dates differ a little" {
    printf 'id,v,d\n1,10,2024-01-01\n2,10,2024-01-01\n' >old.csv
    printf 'id,v,d\n1,10.5,2024-01-03\n2,10.51,2024-01-04\n' >new.csv
    run -1 "$D" -k id --check --tolerance=v=0.5 --tolerance d=2 old.csv new.csv
    assert_line --index 1 --partial 'changed,2,2,,new,,v,'
    assert_line --index 2 --partial 'changed,2,2,,new,,d,'
    assert_equal "${#lines[@]}" 3
}

@test "--only and --ignore choose the columns" {
    printf 'id,a,b,c\n1,x,x,x\n' >old.csv
    printf 'id,a,b,c\n1,y,y,y\n' >new.csv
    run -1 "$D" -k id --only=a,b --ignore=b old.csv new.csv
    assert_equal "${#lines[@]}" 2
    assert_line --index 1 --partial ',a,x,y,'
    run -0 "$D" -k id --ignore=a,b,c old.csv new.csv
}

@test "a column that no compared table has is wrong usage" {
    printf 'id,title,v\n1,a,10\n' >old.csv
    printf 'id,title,w\n1,a,10\n' >new.csv
    for option in --only --ignore --match; do
        run -2 --separate-stderr "$D" -k id $option=nosuch old.csv new.csv
        assert_equal "$output" ''
        assert_equal "$stderr" "diff-quarters: error: $option: no table that is compared has a column 'nosuch'"
    done
    run -2 "$D" -k id --only=v,nosuch old.csv new.csv
    run -2 --separate-stderr "$D" -k id --tolerance=nosuch=5 old.csv new.csv
    assert_equal "$stderr" "diff-quarters: error: --tolerance: no table that is compared has a column 'nosuch'"
    # One of the two is enough, and so is a key.
    run -0 "$D" -k id --ignore=v,w --only=id old.csv new.csv
    for option in --only=nosuch --ignore=nosuch --tolerance=nosuch=5; do
        run -2 "$D" $option "$OLD" "$NEW"
    done
    # A column of a table that is not compared.
    run -2 "$D" --tables=obstacles --ignore=progress_total "$OLD" "$NEW"
    run -1 "$D" --tables=projects --ignore=progress_total "$OLD" "$NEW"
    # Rows beneath projects, in two files.
    run -2 "$D" --ignore=nosuch "$OLD/kpis.csv" "$NEW/kpis.csv"
}

@test "--tables chooses the tables" {
    run -1 "$D" --check --tables=obstacles,projects -o changes.csv "$OLD" "$NEW"
    assert_equal "$(csv_column changes.csv table | LC_ALL=C sort -u)" $'obstacles\nprojects'
    run -2 "$D" --tables=obstakles "$OLD" "$NEW"
    assert_output --partial obstakles
}

@test "two files: a key that stands twice is an error with both lines" {
    printf 'id,v\na,1\nb,2\na,3\n' >twice.csv
    printf 'id,v\na,1\nb,2\n' >once.csv
    run -2 "$D" -k id twice.csv once.csv
    assert_output --partial "twice.csv:4: error: the key 'a' stands twice: on line 2 and on line 4"
    run -2 "$D" -k id once.csv twice.csv
    assert_output --partial "twice.csv:4: error: the key 'a' stands twice: on line 2 and on line 4"
}

@test "a key that stands twice only among the rows that came is an error too" {
    printf 'id,v\na,1\n' >old.csv
    printf 'id,v\nb,1\na,1\nb,2\n' >new.csv
    run -2 "$D" -k id old.csv new.csv
    assert_output --partial "new.csv:4: error: the key 'b' stands twice: on line 2 and on line 4"
}

# make_twins DIR: a version with one project twice, one KPI beneath each, which only the lines tell apart.
make_twins() {
    mkdir "$1"
    printf '%s\n' key,title,progress_total,line_first,line_last S1.P01,โครงการขุดคลอง,40,10,19 \
        S1.P02,โครงการสร้างเขื่อน,50,20,29 S1.P02,โครงการสร้างเขื่อน,50,30,39 >"$1/projects.csv"
    printf '%s\n' key,n,kpi,year,target,line S1.P01,1,จำนวนคลอง,2567,3,12 S1.P02,1,จำนวนเขื่อน,2567,1,22 \
        S1.P02,1,จำนวนเขื่อน,2567,1,32 >"$1/kpis.csv"
}

# drop_twin DIR: the version without the second of the two.
drop_twin() {
    sed -i '/,30,39$/d' "$1/projects.csv"
    sed -i '/,32$/d' "$1/kpis.csv"
}

@test "two versions: a project that stands twice is compared once, and the other is told with its rows" {
    make_twins a && drop_twin a
    make_twins b
    sed -i '3s/,50,/,60,/' b/projects.csv
    run -1 --separate-stderr "$D" --check a b
    assert_equal "$stderr" "diff-quarters: b/projects.csv:4: warning: the key 'S1.P02' stands twice: on line 3 and on line 4; rows without a partner are listed as added or removed"
    assert_line --index 1 'changed,S1.P02,S1.P02,โครงการสร้างเขื่อน,projects,,progress_total,50,60,10,,20,20'
    assert_line --index 2 --regexp '^added,,S1.P02,โครงการสร้างเขื่อน,projects,.*,doubled,,30$'
    assert_line --index 3 --regexp '^added,,S1.P02,จำนวนเขื่อน \(2567\),kpis,1,.*,,,32$'
    assert_equal "${#lines[@]}" 4
}

@test "two versions: of a project that stood twice one is left, and the other is told" {
    make_twins a
    make_twins b && drop_twin b
    run -1 --separate-stderr "$D" --check a b
    assert_line --index 1 --regexp '^removed,S1.P02,,โครงการสร้างเขื่อน,projects,.*,no-longer-doubled,30,$'
    assert_line --index 2 --regexp '^removed,S1.P02,,จำนวนเขื่อน \(2567\),kpis,1,.*,,32,$'
    assert_equal "${#lines[@]}" 3
}

@test "two versions: a project that stands twice in both is no change" {
    make_twins a
    cp -r a b
    run -0 --separate-stderr "$D" --check a b
    assert_equal "$(grep -c 'stands twice' <<<"$stderr")" 2
}

@test "two versions: a new project that stands twice is new, and doubled" {
    make_twins a && sed -i '/^S1.P02/d' a/*.csv
    make_twins b
    run -1 --separate-stderr "$D" --check --tables=projects a b
    assert_line --index 1 --regexp ',new,,20$'
    assert_line --index 2 --regexp ',doubled,,30$'
    assert_equal "${#lines[@]}" 3
}

@test "two versions: two projects under one key, of which one gets its own, take their rows along" {
    make_twins a && make_twins b
    sed -i '4s/เขื่อน/ฝายน้ำล้น/' a/projects.csv b/projects.csv
    sed -i '4s/เขื่อน/ฝาย/' a/kpis.csv b/kpis.csv
    sed -i '4s/S1.P02/S1.P03/' b/projects.csv b/kpis.csv
    run -1 --separate-stderr "$D" --check a b
    assert_line --index 1 'renumbered,S1.P02,S1.P03,โครงการสร้างฝายน้ำล้น,projects,,key,S1.P02,S1.P03,~1.00,,30,30'
    assert_equal "${#lines[@]}" 2
}

@test "two versions: a project without a key is compared, and its rows are" {
    mkdir a b
    printf '%s\n' key,title,line_first,line_last ,โครงการเก้า,1,2 S1.P01,โครงการขุดคลอง,3,9 >a/projects.csv
    printf '%s\n' key,n,kpi,year,target,line ,1,จำนวนก้าว,2567,1,1 S1.P01,1,จำนวนคลอง,2567,1,4 >a/kpis.csv
    cp a/projects.csv b/
    sed '2s/,2567,1,/,2567,2,/' a/kpis.csv >b/kpis.csv
    run -1 --separate-stderr "$D" --check a b
    assert_equal "$stderr" ''
    assert_line --index 1 --regexp '^changed,,,จำนวนก้าว \(2567\),kpis,1,target,1,2,1,'
    assert_equal "${#lines[@]}" 2
    # Rows without a key, and no project has none.
    sed -i '2d' a/projects.csv b/projects.csv
    run -1 --separate-stderr "$D" --check a b
    assert_line --index 1 --regexp '^changed,,,จำนวนก้าว \(2567\),kpis,1,target,1,2,1,'
    assert_equal "${#lines[@]}" 2
}

@test "two versions: many rows of projects that no table has take little time" {
    mkdir a
    # Backwards, so that each key would have to go before all others.
    awk 'BEGIN { print "key,n,objective,line"; for (i = 999999; i > 799999; i--) printf "S1.P%d,1,one,%d\n", i, i }' >a/objectives.csv
    cp -r a b
    sed -i '$s/one/two/' b/objectives.csv
    run -1 --separate-stderr timeout 60 "$D" --tables=objectives a b
    assert_line --index 1 --regexp '^removed,S1.P800000,S1.P800000,one,'
}

@test "two versions: --check follows many projects to their new keys in little time" {
    mkdir a b
    awk 'BEGIN {
        print "key,title,line_first,line_last" >"a/projects.csv"
        print "key,n,objective,line" >"a/objectives.csv"
        for (i = 100000; i < 140000; i++) {
            printf "S1.P%d,title %d,%d,%d\n", i, i, i * 10, i * 10 + 9 >"a/projects.csv"
            printf "S1.P%d,1,one,%d\nS1.P%d,2,two,%d\n", i, i * 10, i, i * 10 + 1 >"a/objectives.csv"
        }
    }'
    for table in projects objectives; do
        sed 's/^S1/S2/' a/$table.csv >b/$table.csv
    done
    run -1 --separate-stderr timeout 60 "$D" --check --summary a b
    assert_line projects,moved,,40000,40000
    assert_equal "${#lines[@]}" 2
}

@test "two versions: --check proves the changes of a table whose key is blank" {
    mkdir a b
    printf 'ministry,fiscal_year,quarter,title\n,2567,2,Report\n' >a/report.csv
    printf 'ministry,fiscal_year,quarter,title,sum\n,2567,3,Report,x\n' >b/report.csv
    run -1 --separate-stderr "$D" --check a b
    assert_equal "$stderr" ''
    assert_line --index 1 --regexp '^added,,,,report,,sum,,,'
    assert_line --index 2 --regexp '^changed,,,,report,,quarter,2,3,1,'
    assert_equal "${#lines[@]}" 3
    run -1 --separate-stderr "$D" --format=text a b
    assert_line '  added: sum  a column more'
    assert_line --regexp 'quarter: 2 → 3'
}

@test "a column that came in a table beneath the projects is told as that in the text" {
    mkdir a b
    printf 'key,n,kpi,year\nS1.P01,1,one,2567\n' >a/kpis.csv
    printf 'key,n,kpi,year,owner\nS1.P01,1,one,2567,x\n' >b/kpis.csv
    run -1 --separate-stderr "$D" --format=text a b
    assert_line '  added: owner  a column more'
    refute_output --partial 'KPI 1'
}

@test "two versions: a row of the summary or of what is declared that stands twice is told" {
    mkdir a b
    printf 'strategy,number,title,progress\n1,1,โครงการขุดคลอง,10\n' >a/summary.csv
    printf 'strategy,number,title,progress\n1,1,โครงการขุดคลอง,15\n1,1,โครงการขุดคลอง,10\n' >b/summary.csv
    printf 'scope,name,count,line\nstrategy,1,9,4\n' >a/declared.csv
    printf 'scope,name,count,line\nstrategy,1,9,4\nstrategy,1,8,5\n' >b/declared.csv
    run -1 --separate-stderr "$D" --check a b
    assert_line --index 1 --partial 'changed,S1.P01,S1.P01,โครงการขุดคลอง,summary,,progress,10,15,5,'
    assert_line --index 2 --regexp '^added,,S1.P01,โครงการขุดคลอง,summary,'
    assert_line --index 3 --regexp '^added,,strategy/1,,declared,.*,5$'
    assert_equal "${#lines[@]}" 4
}

@test "two projects without a number are no duplicates" {
    mkdir a b
    printf 'strategy,number,title,progress\n5,-,โครงการหนึ่ง,10\n5,-,โครงการสอง,20\n' >a/summary.csv
    printf 'strategy,number,title,progress\n5,-,โครงการสอง,20\n5,-,โครงการหนึ่ง,15\n' >b/summary.csv
    run -1 "$D" --check a b
    assert_line --index 1 'changed,S5.P00,S5.P00,โครงการหนึ่ง,summary,,progress,10,15,5,,2,3'
    assert_equal "${#lines[@]}" 2
}

@test "files in any order of rows give the same changes" {
    awk 'BEGIN { print "id,v"; for (i = 1; i <= 9000; i++) print i "," i % 7 }' >old.csv
    awk 'BEGIN { print "id,v"; for (i = 9000; i >= 1; i--) print i "," (i % 100 ? i % 7 : "new") }' >back.csv
    (echo id,v && tail -n +2 back.csv | sort -t , -k 1n) >new.csv
    "$D" -k id --check -o one.csv old.csv new.csv || true
    "$D" -k id --check -o two.csv old.csv back.csv || true
    assert_equal "$(wc -l <one.csv)" 91
    diff <(cut -d , -f 1-11 one.csv) <(cut -d , -f 1-11 two.csv | sed 's/,back,/,new,/')
}

@test "keys are sorted as people sort them" {
    printf 'id,v\nS1.P10,1\nS1.P9,1\nS1.P100,1\n' >old.csv
    printf 'id,v\nS1.P10,2\nS1.P9,2\nS1.P100,2\n' >new.csv
    "$D" -k id -o changes.csv old.csv new.csv || true
    assert_equal "$(csv_column changes.csv key_new)" $'S1.P9\nS1.P10\nS1.P100'
}

@test "plain and compressed input give the same, and so does standard input" {
    cp -r "$OLD" a
    gzip -n a/projects.csv
    run -1 "$D" a "$NEW"
    assert_output "$(cat "$FIXTURES/diff/changes.csv")"
    printf 'id,v\n1,a\n' >old.csv
    printf 'id,v\n1,b\n' >new.csv
    run -1 "$D" -k id old.csv - <new.csv
    assert_line --index 1 'changed,1,1,,,,v,a,b,,,2,2'
    run -2 "$D" -k id --check old.csv - <new.csv
    assert_output --partial 'regular file'
}

@test "a table in both forms, or in one version alone, is trouble" {
    cp -r "$OLD" a
    gzip -nk a/projects.csv
    run -2 "$D" a "$NEW"
    assert_output --partial 'a/projects.csv'
    rm a/projects.csv.gz a/kpis.csv
    run -2 "$D" a "$NEW"
    assert_output --partial "a: error: has no table 'kpis'"
    run -1 "$D" --tables=projects a "$NEW"
}

@test "wrong usage and unreadable input are status 2" {
    run -2 "$D" "$OLD"
    run -2 "$D" "$OLD" "$NEW/projects.csv"
    run -2 "$D" -k id missing.csv missing.csv
    printf 'a,b\n1,2\n' >plain.csv
    run -2 "$D" plain.csv plain.csv
    assert_output --partial '-k'
    run -2 "$D" -k c plain.csv plain.csv
    assert_output --partial "the column 'c' is missing"
    printf 'a,b\n1\n' >short.csv
    run -2 "$D" -k a plain.csv short.csv
    assert_output --partial 'short.csv:2'
    run -2 "$D" -k a --tolerance=b plain.csv plain.csv
    run -2 "$D" -k a --format=xml plain.csv plain.csv
    run -2 "$D" -k a --similarity=2 plain.csv plain.csv
}

@test "a full disk is status 2" {
    [[ -w /dev/full ]] || skip "no /dev/full"
    run -2 "$D" -o /dev/full "$OLD" "$NEW"
}

@test "the text names the projects, what changed and what it means, without colour when it is no terminal" {
    run -1 "$D" --format=text "$OLD" "$NEW"
    assert_line 'SEA 2567-q2 → SEA 2567-q3'
    assert_line 'S1.P01  โครงการวางสายเคเบิลใต้น้ำ'
    assert_line '  budget allocated: 1,000,000 → 880,000  (-120,000, -12.00%)  budget cut'
    assert_line 'S1.P04 → S1.P03  โครงการจัดทำแผนที่เดินเรือ'
    refute_output --partial $'\033'
}

@test "the text is coloured on a terminal, unless NO_COLOR is set" {
    command -v script >/dev/null || skip "needs script of bsdutils"
    TERM=xterm script -qec "'$D' --format=text '$OLD' '$NEW'" /dev/null </dev/null >coloured || true
    grep -q $'\033\\[32m' coloured
    NO_COLOR=1 TERM=xterm script -qec "'$D' --format=text '$OLD' '$NEW'" /dev/null </dev/null >plain || true
    run ! grep -q $'\033' plain
}

@test "text from the tables cannot command a terminal" {
    printf 'id,v\n1,a\n' >old.csv
    printf 'id,v\n1,\033[2Jb\302\233c\n' >new.csv
    run -1 "$D" -k id --format=text old.csv new.csv
    assert_output --partial '→ ?[2Jb?c'
}

@test "the page is Markdown that shows the values as they are" {
    printf 'id,v\n1,a\n' >old.csv
    printf 'id,v\n1,<b>*x*|y\n' >new.csv
    run -1 "$D" -k id --format=markdown old.csv new.csv
    assert_line --partial 'a → \<b\>\*x\*\|y'
    run -1 "$D" --format=markdown --language=th "$OLD" "$NEW"
    assert_line '- วันสิ้นสุด: 30 ก.ย. 2567 → 31 ธ.ค. 2567  (+92 วัน) — **เลื่อนวันสิ้นสุดออกไป**'
    assert_line '| ไม่มีความก้าวหน้าเพิ่ม | 2 | S1.P01, S1.P03 → S2.P03 |'
}

@test "the page says once what changed in all years of a KPI" {
    kpis_of a 2567 'จำนวนผู้ชม,2566,5' 'จำนวนผู้ชม,2567,6' 'จำนวนเรือ,2567,9'
    kpis_of bb 2567 'จำนวนผู้เข้าชม,2566,5' 'จำนวนผู้เข้าชม,2567,6' 'จำนวนเรือ,2567,8'
    sed -i 's/,2,จำนวนผู้/,1,จำนวนผู้/' a/kpis.csv bb/kpis.csv
    run -1 "$D" --format=markdown --tables kpis a bb
    assert_line '- KPI 1 «จำนวนผู้เข้าชม (2566)», (2567)'
    assert_equal "$(grep -c 'จำนวนผู้ชม → จำนวนผู้เข้าชม' <<<"$output")" 1
    assert_line '- KPI 3 «จำนวนเรือ (2567)»'
}

@test "the page says which agency changed in the summary table, where the project's own did otherwise" {
    mkdir a b
    printf 'key,title,agency_text\nS1.P01,โครงการขุดคลอง,กรมเจ้าท่า\n' >a/projects.csv
    printf 'key,title,agency_text\nS1.P01,โครงการขุดคลอง,กรมชลประทาน\n' >b/projects.csv
    printf 'strategy,number,title,agency_text\n1,1,โครงการขุดคลอง,จท.\n' >a/summary.csv
    printf 'strategy,number,title,agency_text\n1,1,โครงการขุดคลอง,ชป.\n' >b/summary.csv
    run -1 "$D" --format=markdown a b
    assert_line --partial 'กรมเจ้าท่า → กรมชลประทาน'
    assert_line --regexp '^- summary table, .*: จท\. → ชป\.$'
}

@test "--summary counts" {
    run -1 "$D" --summary "$OLD" "$NEW"
    assert_line 'projects,unchanged,stalled,2,2'
    assert_line 'projects,changed,completed,1,2'
    assert_line 'obstacles,removed,obstacle-cleared,1,1'
    run -1 "$D" --summary --format=text "$OLD" "$NEW"
    assert_line '  no progress since: 2  S1.P01, S1.P03 → S2.P03'
    refute_output --partial 'โครงการ'
}

@test "--help and --version say what the program is" {
    run -0 "$D" --help
    assert_line --index 0 --partial 'usage: diff-quarters'
    run -0 "$D" --version
    assert_output --partial 'diff-quarters (traimat)'
}
