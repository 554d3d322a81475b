# nightly: the agencies' submissions of a period as the ministry's dataset, and beside the ministry's own report.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILES=$FIXTURES/profiles
    Q2=$FIXTURES/inbox/msc/2567-q2.txt
    Q3=$FIXTURES/inbox/msc/2567-q3.txt
    REEF=$FIXTURES/inbox/msc/REEF/2567-q3.txt
    mkdir -p inbox/msc/REEF inbox/msc/PORT
    M=store/msc/2567-q3
}

nightly() {
    "$PIPELINES/nightly" --settle 0 "$@" inbox store
}

# project STRATEGY-HEADING NUMBER TITLE: a project of PORT, as short as may be.
project() {
    cat <<END
$1
### $2. $3

#### ชื่อหน่วยงานรับผิดชอบ

กรมท่าเรือและการเดินเรือ (กทด.)

#### วัตถุประสงค์

เพื่อให้เรือเข้าออกได้

### ความก้าวหน้าของการดำเนินการ

มีความก้าวหน้า คิดเป็นร้อยละ ๔๐ ของเป้าหมายทั้งโครงการ
END
}

# rows TABLE FILTER COLUMNS: the merged dataset's rows, by Miller.
rows() {
    mlr --icsv --ocsv --headerless-csv-output filter "$2" then cut -o -f "$3" "$M/latest/$1.csv"
}

@test "submissions together are the ministry's dataset, where it has no report of its own" {
    cp "$REEF" inbox/msc/REEF/
    project '' ๑ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    run nightly
    assert_success
    # PORT comes before REEF. Neither tells its strategies, so each has a run of S0 of its own.
    assert_equal "$(rows projects true key,agency | paste -sd ' ')" \
        'S0.P01,PORT S0b.P01,REEF S0b.P02,REEF S0b.P05,REEF S0b.P06,REEF'
    # The rows of both, and REEF's as they are in its own dataset, under their new keys.
    for table in kpis results activities objectives; do
        mlr --icsv --ocsv --headerless-csv-output cut -x -f key,line "store/msc/REEF/2567-q3/latest/$table.csv" >wanted
        rows "$table" '$key =~ "^S0b"' "$(head -n 1 "$M/latest/$table.csv" | sed 's/^key,//; s/,line$//')" | diff wanted -
    done
}

@test "lines count in the submissions put end to end, which is the source" {
    cp "$REEF" inbox/msc/REEF/
    # It ends within a line.
    project '' ๑ โครงการขุดลอกร่องน้ำ | head -c -1 >inbox/msc/PORT/2567-q3.txt
    nightly
    gzip -dc $M/latest/source.txt.gz >source
    { cat inbox/msc/PORT/2567-q3.txt && echo && cat "$REEF"; } | cmp - source
    assert_equal "$(sha256sum <source | cut -d ' ' -f 1)" "$(jq -r .source_sha256 $M/latest/datapackage.json)"
    assert_equal "$(rows report true lines)" "$(wc -l <source)"
    while IFS=, read -r line title; do
        sed -n "${line}p" source | grep -qF "$title" || fail "line $line has no $title"
    done < <(rows projects true line_first,title)
    # PORT's 14 lines, REEF's 245.
    assert_equal "$(jq -r '.submissions[] | "\(.dataset) \(.version) \(.line_first)-\(.line_last)"' $M/latest/datapackage.json | paste -sd ' ')" \
        'msc/PORT/2567-q3 v0001 1-14 msc/REEF/2567-q3 v0001 15-259'
    # The sections' texts are the source, byte for byte.
    mlr --icsv --ojson cut -f text $M/latest/sections.csv | jq -j '.[].text' | cmp - <("$BIN/normalize-thai" source)
}

@test "nothing of one submission runs into the next" {
    project $'## **ยุทธศาสตร์ที่ ๒ : ฟื้นฟูแนวปะการังและชายฝั่งอย่างยั่งยืน**\n' ๗ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    { echo 'คำนำของสถาบัน' && cat "$REEF"; } >inbox/msc/REEF/2567-q3.txt
    nightly
    # PORT's strategy is not REEF's, and REEF's preface is not PORT's progress.
    assert_equal "$(rows projects true key | paste -sd ' ')" 'S2.P07 S0.P01 S0.P02 S0.P05 S0.P06'
    refute grep -q 'S2.P07.*คำนำ' $M/latest/sections.csv
    grep -q '^,front,.*คำนำของสถาบัน' $M/latest/sections.csv
}

@test "a project that two agencies hand in is an error, and both stand" {
    heading=$'## **ยุทธศาสตร์ที่ ๒ : ฟื้นฟูแนวปะการังและชายฝั่งอย่างยั่งยืน**\n'
    project "$heading" ๗ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    { project "$heading" ๗ โครงการขุดลอกร่องน้ำลึก && project '' ๘ โครงการอื่น; } >inbox/msc/REEF/2567-q3.txt
    run nightly
    assert_failure 1
    assert_equal "$(rows projects true key,strategy,number,title | paste -sd ' ')" \
        'S2.P07,2,7,โครงการขุดลอกร่องน้ำ S2b.P07,2,7,โครงการขุดลอกร่องน้ำลึก S2.P08,2,8,โครงการอื่น'
    # PORT's submission has 15 lines; REEF's has the project's heading in the third.
    assert_equal "$(rows findings '$rule == "project-submitted-twice"' severity,key,observed,line)" error,S2b.P07,S2.P07,18
    # The keys are unique, so that the dataset can be compared.
    sed -i 's/๔๐/๔๕/' inbox/msc/REEF/2567-q3.txt
    run nightly
    assert_exist $M/v0002/changes.csv
}

@test "agencies without a submission are named" {
    cp "$REEF" inbox/msc/REEF/
    nightly
    assert_equal "$(rows findings '$rule == "submission-missing"' severity,expected)" warning,PORT
}

@test "projects and strategies that the quarter before had and nobody handed in are named" {
    cp "$Q2" inbox/msc/
    cp "$REEF" inbox/msc/REEF/
    nightly
    # REEF hands in S2.P01, S2.P02, S1.P06 and S2.P05 of the quarter before, by other numbers; that has 15 rows.
    assert_equal "$(rows findings '$rule == "project-not-submitted"' expected | sort | paste -sd ' ')" \
        'S1.P01 S1.P02 S1.P03 S1.P04 S1.P04.1 S1.P04.2 S1.P05 S1.P05.A1 S1.P05.A2 S2.P03 S2.P04'
    assert_equal "$(rows findings '$rule == "strategy-not-submitted"' expected)" ''
    # Without project 5, S1.P06 of the quarter before, nothing of strategy 1 is left.
    awk '/^## ๕/ { skip = 1 } /^\*\*๖/ { skip = 0 } !skip' "$REEF" >inbox/msc/REEF/2567-q3.txt
    nightly
    assert_equal "$(rows findings '$rule == "strategy-not-submitted"' severity,expected)" warning,1
}

@test "the period that submissions do not say is that of their names, with a note" {
    cp "$REEF" inbox/msc/REEF/
    nightly
    assert_equal "$(rows report true ministry,fiscal_year,quarter,period_start,period_end)" MSC,2567,3,2023-10-01,2024-06-30
    assert_equal "$(rows findings '$rule == "period-from-name"' severity,expected)" note,2567-q3
    assert_equal "$(rows findings '$rule == "period-unknown"' rule)" ''
    mv inbox/msc/REEF/2567-q3.txt inbox/msc/REEF/2568-q1.txt
    nightly
    M=store/msc/2568-q1
    assert_equal "$(rows report true fiscal_year,quarter,period_start,period_end)" 2568,1,2024-10-01,2024-12-31
}

@test "the same submissions make no new version, a changed one or a new one does" {
    cp "$REEF" inbox/msc/REEF/
    nightly
    run nightly
    assert_line --regexp '^msc/2567-q3 +v0001 unchanged'
    project '' ๑ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    run nightly
    assert_line --regexp '^msc/2567-q3 +v0002 +5 '
    sed -i 's/๔๐/๔๕/' inbox/msc/PORT/2567-q3.txt
    run nightly
    assert_line --regexp '^msc/2567-q3 +v0003 +5 '
    assert_equal "$(jq -r '.submissions[] | "\(.dataset)@\(.version)"' $M/latest/datapackage.json | paste -sd ' ')" \
        'msc/PORT/2567-q3@v0002 msc/REEF/2567-q3@v0001'
    "$PIPELINES/store" -s store verify
}

@test "a submission that is refused leaves what the store has of it in the ministry's dataset" {
    cp "$REEF" inbox/msc/REEF/
    project '' ๑ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    nightly
    : >inbox/msc/PORT/2567-q3.txt
    run nightly
    assert_failure 2
    assert_line --regexp '^msc/2567-q3 +v0001 unchanged +5 '
}

@test "the ministry's own report takes the place of the submissions, and what they say otherwise is named by project" {
    cp "$REEF" inbox/msc/REEF/
    nightly
    # 5: the submission's number of what is S2.P04 in the report; its 75.5 % are 75.5 there too. 15.8 million are 16.8 now.
    sed -i 's/๑๕.๘๐๐๐ ล้าน/๑๖.๘๐๐๐ ล้าน/' inbox/msc/REEF/2567-q3.txt
    cp "$Q3" inbox/msc/
    run nightly
    assert_failure 1
    assert_line "nightly: inbox/msc/2567-q3.txt: warning: msc/REEF/2567-q3 and the ministry's report disagree, project (values): S2.P02 (1)"
    assert_equal "$(rows changes-REEF true change,key_old,key_new,table,field,old,new)" \
        changed,S0.P02,S2.P02,projects,budget_allocated,16800000,15800000
    gzip -dc $M/latest/source.txt.gz | cmp - "$Q3"
    assert_equal "$(jq .submissions $M/latest/datapackage.json)" null
    # It stays the source when it has gone from the inbox.
    rm inbox/msc/2567-q3.txt
    before=$(readlink $M/latest)
    run nightly
    assert_equal "$(readlink $M/latest)" "$before"
}

@test "a submission that comes after the ministry's report has the comparison in its own version" {
    cp "$Q3" inbox/msc/
    nightly || true
    sed 's/๑๕.๘๐๐๐ ล้าน/๑๖.๘๐๐๐ ล้าน/' "$REEF" >inbox/msc/REEF/2567-q3.txt
    run nightly
    assert_failure 1
    assert_line --partial "msc/REEF/2567-q3 and the ministry's report disagree, project (values): S2.P02 (1)"
    assert_line --regexp '^msc/2567-q3 +v0001 unchanged'
    M=store/msc/REEF/2567-q3
    assert_equal "$(rows changes-report true change,key_old,key_new,table,field,old,new)" \
        changed,S0.P02,S2.P02,projects,budget_allocated,16800000,15800000
}

@test "a damaged data package of a submission, or of what they were merged to, keeps the merged dataset as it is" {
    cp "$REEF" inbox/msc/REEF/
    project '' ๑ โครงการขุดลอกร่องน้ำ >inbox/msc/PORT/2567-q3.txt
    nightly
    chmod -R u+w store
    for dataset in msc/REEF/2567-q3 msc/2567-q3; do
        cp "store/$dataset/v0001/datapackage.json" whole
        echo '{' >"store/$dataset/v0001/datapackage.json"
        run nightly
        assert_failure 2
        assert_output --partial "$dataset"
        assert_line --regexp '^msc/2567-q3 +refused '
        assert_line --regexp '^msc/PORT/2567-q3 +v0001 unchanged '
        assert_equal "$(ls -d store/msc/2567-q3/v* store/msc/*/2567-q3/v* | wc -l)" 3
        cp whole "store/$dataset/v0001/datapackage.json"
    done
    run nightly
    assert_success
    assert_line --regexp '^msc/2567-q3 +v0001 unchanged '
}

@test "a quarter before that cannot be compared is told and keeps no merged dataset out" {
    cp "$Q2" inbox/msc/
    nightly -q
    chmod -R u+w store/msc/2567-q2
    echo 'S1.P01,too,short' >>store/msc/2567-q2/v0001/projects.csv
    cp "$REEF" inbox/msc/REEF/
    run nightly
    assert_failure 1
    assert_line "nightly: msc/2567-q3: warning: what the quarter before had and nobody handed in is not named: it cannot be compared"
    assert_line --partial 'warning: no comparison with msc/2567-q2@v0001'
    assert_line --regexp '^msc/2567-q3 +v0001 +4 '
    assert_equal "$(rows findings '$rule == "project-not-submitted"' rule)" ''
    assert_equal "$(rows findings '$rule == "submission-missing"' expected)" PORT
}

@test "what fails without a word of its own while submissions are merged is trouble, not something to look at" {
    run bash -c 'cd /proc && "$0" -p "$1" "$2" msc 2567-q3 version REEF/2567-q3@v0001' "$PIPELINES/lib/merge-submissions" \
        "$FIXTURES/profiles/msc" "$T/store"
    assert_failure 2
    assert_line "merge-submissions: error: /proc: cannot be written"
    mkdir work
    run bash -c 'cd work && "$0" -p "$1" "$2" msc 2567-q3 version REEF/2567-q3@v0001' "$PIPELINES/lib/merge-submissions" \
        "$FIXTURES/profiles/msc" "$T/store"
    assert_failure 2
}
