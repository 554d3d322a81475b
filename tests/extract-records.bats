# filters/extract-records: every value right, or absent with a finding, or printed as it stands with a finding.
load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
}

# section NAME LINE...: writes s.csv, the sections of one project with this one section, whose heading is on line 1.
section() {
    local name=$1 line
    shift
    {
        echo 'key,section,line_first,line_last,form,heading,text'
        printf 'S1.P01,%s,1,%d,markdown,x,"x\n' "$name" $(($# + 1))
        for line; do printf '%s\n' "${line//\"/\"\"}"; done
        echo '"'
    } >s.csv
}

# rows TABLE COLUMNS: those columns of the table made from s.csv, parted by |.
rows() {
    "$BIN/extract-records" -t "$1" -f f.csv s.csv | mlr --icsv --ocsvlite --ofs '|' --headerless-csv-output cut -o -f "$2"
}

# rules: the rules of the findings, but for the one that the report's period is not known.
rules() {
    mlr --icsv --onidx filter '$rule != "period-unknown"' then cut -f rule f.csv
}

TAB=$'\t'

@test "the made-up ministry's tables are those made by hand" {
    for report in msc/2567-q2 msc/2567-q3 msc/REEF/2567-q3; do
        "$BIN/extract-sections" -f f1.csv "$FIXTURES/inbox/$report.txt" >sections.csv
        "$BIN/extract-records" -d made -f f2.csv sections.csv
        mv sections.csv made
        run "$ACCURACY" made "$FIXTURES/expected/$report"
        assert_success
    done
}

@test "the real report's figures are those read by hand" {
    need_report
    TRAIMAT_PROFILE='' "$BIN/extract-sections" -f f1.csv "$REPORT" >sections.csv
    TRAIMAT_PROFILE='' "$BIN/extract-records" -d made -f f2.csv sections.csv
    mv sections.csv made
    run "$ACCURACY" made "$ROOT/tests/expected/mdes-2567-q3"
    assert_success
}

@test "the examples' tables are those made here, cell by cell" {
    need_report
    [[ -d $ROOT/../shared/examples ]] || skip "needs the examples at ../shared/examples"
    TRAIMAT_PROFILE='' "$BIN/extract-sections" -f f1.csv "$REPORT" >sections.csv
    TRAIMAT_PROFILE='' "$BIN/extract-records" -d made -f f2.csv sections.csv
    mv sections.csv made
    run "$ACCURACY" made "$ROOT/../shared/examples"
    assert_success
}

@test "one table is the same as when all are made" {
    "$BIN/extract-sections" -f f1.csv "$FIXTURES/inbox/msc/2567-q3.txt" >s.csv
    "$BIN/extract-records" -d all -f f2.csv s.csv
    for table in report projects objectives kpis results activities activity_results obstacles strategy_kpis summary declared; do
        "$BIN/extract-records" -t "$table" -f f3.csv s.csv | cmp - "all/$table.csv"
    done
}

@test "normalizing before or after cutting, or not at all, gives the same tables" {
    report=$FIXTURES/inbox/msc/2567-q3.txt
    "$BIN/extract-sections" -f f1.csv "$report" | "$BIN/extract-records" -d raw -f f2.csv
    "$BIN/extract-sections" -f f1.csv "$report" | "$BIN/normalize-thai" -c heading,text | "$BIN/extract-records" -d after -f f3.csv
    "$BIN/normalize-thai" "$report" | "$BIN/extract-sections" -f f1.csv | "$BIN/extract-records" -d before -f f4.csv
    diff -r raw after
    diff -r raw before
}

@test "a submission's rows are those of the same projects in the whole report, lines and keys apart" {
    make_tables() {
        "$BIN/extract-sections" -f f1.csv "$FIXTURES/inbox/msc/$1.txt" | "$BIN/extract-records" -d "$2" -f f2.csv
    }
    make_tables 2567-q3 whole
    make_tables REEF/2567-q3 part
    for table in kpis results activities activity_results objectives; do
        mlr --icsv --ojsonl cut -x -f line then put '$key = sub($key, "^S[0-9]+", "")' part/$table.csv | sort >part.json
        mlr --icsv --ojsonl cut -x -f line then put '$key = sub($key, "^S[0-9]+", "")' whole/$table.csv | sort >whole.json
        assert_equal "$(comm -23 part.json whole.json)" ""
    done
}

@test "columns of years that stand again with other years are those of another table" {
    local header="ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}"
    section kpis "$header" "${TAB}ปี พ.ศ. 2566${TAB}2567" "1) งาน${TAB}5${TAB}6 คนของ" "" "$header" "${TAB}2567${TAB}2568" "2) คน${TAB}7${TAB}8"
    run rows kpis n,year,target,line
    assert_output "1|2566|5|4
1|2567|6 คนของ|4
2|2567|7|8
2|2568|8|8"
    # With the same years it is the same table, and the row beneath it may be the rest of the one above.
    section kpis "$header" "${TAB}ปี พ.ศ. 2566${TAB}2567" "1) งาน${TAB}5${TAB}6 คนของ" "" "$header" "${TAB}2566${TAB}ปี 2567" "${TAB}${TAB}ปีนี้"
    run rows kpis n,year,target,line
    assert_output "1|2566|5|4
1|2567|6 คนของ ปีนี้|4"
}

@test "the rest of a row whose number stands behind its kind is joined, though both cells were cut" {
    local header="ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567"
    section kpis "$header" "เชิงปริมาณ : 1) ก${TAB}5 คน" "เชิงคุณภาพ : 1) ร้อยละของระดับมากถึง${TAB}ไม่ต่ำกว่าร้อย" "" "$header" "มากที่สุด${TAB}ละ 80"
    run rows kpis n,kpi,target
    assert_output "1|เชิงปริมาณ : 1) ก|5 คน
2|เชิงคุณภาพ : 1) ร้อยละของระดับมากถึง มากที่สุด|ไม่ต่ำกว่าร้อย ละ 80"
    run rules
    assert_line row-joined
}

@test "a row that has lost its tab is parted where its second cell seems to begin, and told" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "กิจกรรมที่ 1 ก 1 ตุลาคม 2566 - 30 กันยายน 2567" "กิจกรรมที่ 2 ข${TAB}มกราคม 2567" "กิจกรรมที่ 3 ค -"
    run rows activities activity,period,start,end
    assert_output "กิจกรรมที่ 1 ก|1 ตุลาคม 2566 - 30 กันยายน 2567|2023-10-01|2024-09-30
กิจกรรมที่ 2 ข|มกราคม 2567|2024-01|2024-01
กิจกรรมที่ 3 ค|-||"
    run rules
    assert_output "row-misshapen
row-misshapen"
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}5 คน" "2. ร้อยละของหลักสูตร ไม่น้อยกว่าร้อยละ 80" "3. หลักสูตรใหม่"
    run rows kpis kpi,target
    assert_output "1. ก|5 คน
2. ร้อยละของหลักสูตร|ไม่น้อยกว่าร้อยละ 80
3. หลักสูตรใหม่|"
}

@test "a name parted into two lines is put together, but not a heading with rows beneath it" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}มกราคม 2567" "2. ประชุม" "คณะทำงาน${TAB}มีนาคม 2567" "3. นำร่อง" "${TAB}เมษายน 2567"
    run rows activities activity,period,line
    assert_output "1. ก|มกราคม 2567|3
2. ประชุม คณะทำงาน|มีนาคม 2567|4
3. นำร่อง|เมษายน 2567|6"
    run rules
    assert_output "row-joined
row-joined"
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก" "ปี พ.ศ. 2567${TAB}มกราคม 2567"
    run rows activities activity,period
    assert_output "1. ก|
ปี พ.ศ. 2567|มกราคม 2567"
}

@test "a numbered line in a table is none of its rows where the row beneath has its number" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}มกราคม 2567" "2. มีนาคม 2567" "2. ข${TAB}เมษายน 2567"
    run rows activities activity
    assert_output "1. ก
2. ข"
    run rules
    assert_output line-unread
}

@test "a year of results without targets has not another year's targets" {
    section results "ตัวชี้วัด${TAB}ปี 2566${TAB}ปี 2567${TAB}" "${TAB}ผลที่ได้${TAB}เป้าหมาย${TAB}ผลที่ได้" "1. ก${TAB}3 คน${TAB}5 คน${TAB}6 คน"
    run rows results year,target,result,status
    assert_output "2566||3 คน|unknown
2567|5 คน|6 คน|met"
    section results "ตัวชี้วัด${TAB}ผลที่ได้${TAB}เป้าหมาย ปี 2567" "1. ก${TAB}6 คน${TAB}5 คน"
    run rows results year,target,result,status
    assert_output "2567|5 คน|6 คน|met"
}

@test "another table behind a table of numbered rows is told, and its rows are none of that; a row without its number is" {
    local header="กิจกรรม${TAB}ผลการดำเนินงาน"
    section activity_results "$header" "กิจกรรมที่ 1 ก${TAB}ดังนี้" "" "ประเทศ${TAB}จำนวน" "ญี่ปุ่น${TAB}5" "" "$header" "กิจกรรมที่ 2 ข${TAB}-"
    run rows activity_results activity,result
    assert_output "กิจกรรมที่ 1 ก|ดังนี้
กิจกรรมที่ 2 ข|-"
    run rules
    assert_output table-unread
    section activity_results "$header" "กิจกรรมที่ 1 ก${TAB}ดังนี้" "" "ข${TAB}เสร็จ 5 ครั้ง"
    run rows activity_results activity,result
    assert_output "กิจกรรมที่ 1 ก|ดังนี้
ข|เสร็จ 5 ครั้ง"
}

@test "a column that is not known, in a header's second line, leaves the others as they are" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้${TAB}ร้อยละความสำเร็จ" "1. กฎหมาย${TAB}3 ฉบับ${TAB}2 ฉบับ${TAB}66.67"
    run rows results n,kpi,year,target,result,line
    assert_output "1|1. กฎหมาย|2567|3 ฉบับ|2 ฉบับ|4"
    run rows projects results
    assert_output 1
}

@test "a label row is the group of the rows beneath it and no row itself" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "เชิงปริมาณ${TAB}" "1) คน${TAB}5 คน" "เชิงคุณภาพ${TAB}" "2) พอใจ${TAB}ร้อยละ 80"
    run rows kpis group,n,kpi,target_value,target_unit
    assert_output "เชิงปริมาณ|1|1) คน|5|คน
เชิงคุณภาพ|2|2) พอใจ|80|ร้อยละ"
}

@test "a label whose tab is lost is a label all the same" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "เชิงปริมาณ" "1) คน${TAB}5 คน" "<b>เชิงคุณภาพ :</b>" "2) พอใจ${TAB}ร้อยละ 80" "" "เชิงปริมาณ"
    run rows kpis group,n,kpi,line
    assert_output "เชิงปริมาณ|1|1) คน|4
เชิงคุณภาพ :|2|2) พอใจ|6"
    run rules
    assert_output ""
}

@test "a label with a list beneath it ends with the list" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "เชิงปริมาณ${TAB}" "ผู้เข้าอบรม แบ่งเป็น${TAB}" "- ตำรวจ${TAB}5 คน" "- อัยการ${TAB}6 คน" "จำนวนรุ่น${TAB}2 รุ่น" \
        "สื่อ ได้แก่${TAB}" "1.1 คลิป${TAB}3 เรื่อง" "2. ระบบ${TAB}1 ระบบ" "โครงการย่อย${TAB}" "ก${TAB}1 คน" "ข${TAB}2 คน"
    run rows kpis group,kpi
    assert_output "ผู้เข้าอบรม แบ่งเป็น|- ตำรวจ
ผู้เข้าอบรม แบ่งเป็น|- อัยการ
เชิงปริมาณ|จำนวนรุ่น
สื่อ ได้แก่|1.1 คลิป
เชิงปริมาณ|2. ระบบ
โครงการย่อย|ก
โครงการย่อย|ข"
}

@test "a row with a blank indicator and a target of its own repeats the indicator above" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) งาน${TAB}5 คน" "${TAB}6 ครั้ง"
    run rows kpis n,kpi,target
    assert_output "1|1) งาน|5 คน
2|1) งาน|6 ครั้ง"
}

@test "a cell that a page break cut is joined with one blank" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) งาน${TAB}มีรายงานของ" "" "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "${TAB}ปีนี้ จำนวน 1 ฉบับ"
    run rows kpis n,target,target_value,line
    assert_output "1|มีรายงานของ ปีนี้ จำนวน 1 ฉบับ|1|3"
}

@test "the label of the one activity of a section may be misspelt" {
    section activity_results 'กิจกรรมหี่ 1 สำรวจชายฝั่ง' '' 'มีผลการดำเนินการ คือ แล้วเสร็จ'
    run rows activity_results activity,result
    assert_output 'กิจกรรมหี่ 1 สำรวจชายฝั่ง|แล้วเสร็จ'
    section activity_results '1. กิจการ เพื่อสังคม' '' '2. กิจการ ชุมชน'
    run rows activity_results activity,result
    assert_output $'1. กิจการ เพื่อสังคม|\n2. กิจการ ชุมชน|'
}

@test "beneath a page break the header may be put in other words, but not for another year" {
    local again="ตัวชี้วัดโครงการ${TAB}เป้าหมาย ปี 2567"
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. จำนวนหน่วย${TAB}จำนวนไม่" '' "$again" "งาน${TAB}น้อยกว่า 5 แห่ง" "2. ข${TAB}6 คน"
    run rows kpis kpi,year,target
    assert_output $'1. จำนวนหน่วย งาน|2567|จำนวนไม่ น้อยกว่า 5 แห่ง\n2. ข|2567|6 คน'
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. จำนวนหน่วย${TAB}จำนวนไม่" '' "${again/7/8}" "งาน${TAB}น้อยกว่า 5 แห่ง"
    run rows kpis kpi,year,target
    assert_output $'1. จำนวนหน่วย|2567|จำนวนไม่\nงาน|2568|น้อยกว่า 5 แห่ง'
}

@test "a tail in the first cell beneath a page break belongs to the row above" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "กิจกรรมที่ 1 สำรวจ${TAB}ม.ค. 67" "" "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "ชายฝั่ง${TAB}" "กิจกรรมที่ 2 วาด${TAB}ก.พ. 67"
    run rows activities n,activity,start
    assert_output "1|กิจกรรมที่ 1 สำรวจ ชายฝั่ง|2024-01
2|กิจกรรมที่ 2 วาด|2024-02"
}

@test "beneath a page break an activity whose word is misread is a row of its own" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "กิจกรรมที่ 1 สำรวจ${TAB}ม.ค. 67" "" "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "กิจกรรมหี่ 2 วาด${TAB}ก.พ. 67"
    run rows activities n,activity,start
    assert_output "1|กิจกรรมที่ 1 สำรวจ|2024-01
2|กิจกรรมหี่ 2 วาด|2024-02"
}

@test "columns of years give a row for each year with one number" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}" "${TAB}ปี พ.ศ. 2566${TAB}2567" "1) งาน${TAB}5${TAB}6"
    run rows kpis n,year,target
    assert_output "1|2566|5
1|2567|6"
}

@test "the number of a clause of a law begins no objective" {
    section objectives "เพื่อช่วยเหลือประชาชน ดังนี้" "" "- คดีตามกฎหมาย มาตรา 14 (1) และ" "" "(2)" "" "- คดีตามพระราชกำหนด"
    run rows objectives n
    assert_output 1
    section objectives "1) เพื่อปิดกั้นเว็บไซต์ตามมาตรา 14" "(1) และ (2)" "2) เพื่อรวบรวมหลักฐาน และ" "3) เพื่อดำเนินคดี"
    run rows objectives n
    assert_output "1
2
3"
}

@test "operators and units are read from the target, or the indicator's end" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}ไม่น้อยกว่า 1,200 คน" "2) ผู้ร่วมงาน ไม่น้อยกว่า${TAB}30 คน" "3) ร้อยละของงาน${TAB}85" \
        "4) ข${TAB}ไม่เกิน 3 วัน" "5) ค${TAB}ระดับดี (มากกว่า 3.5)" "6) ง${TAB}-"
    run rows kpis target_value,target_unit,target_op
    assert_output "1200|คน|>=
30|คน|>=
85|ร้อยละ|=
3|วัน|<=
3.5||>
||"
}

@test "a sign of percent is the unit, and what an indicator has in brackets is one only where it can be" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ความพร้อมของระบบ (Availability)${TAB}≥ 99.5 %" "2) ความพร้อมของระบบ (SLA)${TAB}99" "3) หน่วยงานที่เชื่อมโยง (สะสม)${TAB}10" \
        "4) ทุ่นที่ซ่อม (ลูก)${TAB}12" "5) เว็บไซต์ที่ปิดกั้น (URLs)${TAB}500" "6) ผู้ชม${TAB}5 ล้าน View"
    run rows kpis target_value,target_unit,target_op
    assert_output "99.5|ร้อยละ|>=
99||=
10||=
12|ลูก|=
500|URLs|=
5|ล้าน View|="
}

@test "a table of an unknown form within an activity's result is its text, with a finding" {
    section activity_results "กิจกรรมที่ 1 ก" "มีผลการดำเนินการ คือ แยกเป็นรายเดือน ดังนี้" "" "เดือน${TAB}ข่าวปลอม" "ต.ค. 66${TAB}150" "" "รวม 150 เรื่อง" "กิจกรรมที่ 2 ข" "มีผลการดำเนินการ คือ" \
        "| คดี | จำนวน |" "|---|---|" "| กิจกรรมที่ 9 | 2 |" "กิจกรรมที่ 3 ค" "มีผลการดำเนินการ คือ -"
    run rows activity_results activity,result
    assert_output "กิจกรรมที่ 1 ก|แยกเป็นรายเดือน ดังนี้ เดือน ข่าวปลอม ต.ค. 66 150 รวม 150 เรื่อง
กิจกรรมที่ 2 ข|คดี จำนวน กิจกรรมที่ 9 2
กิจกรรมที่ 3 ค|-"
    run rules
    assert_output "table-unread
table-unread"
}

@test "words in place of a progress are kept, with a finding" {
    section progress "คืนงบประมาณ"
    run rows projects progress_total,progress_year
    assert_output "คืนงบประมาณ|"
    run rules
    assert_output progress-unread
    section progress "ร้อยละ ของเป้าหมายทั้งโครงการ"
    run rows projects progress_total,progress_year
    assert_output "|"
}

@test "a numbered list within the result of a numbered activity begins no activity" {
    section activity_results "1. ก" "ผลการดำเนินการ คือ แล้วเสร็จ" "" "2. ข" "ผลการดำเนินงาน ดังนี้" "1. หนึ่ง" "2. สอง" "3. สาม" "" "3. ค" "ผลการดำเนินการ คือ -"
    run rows activity_results activity,result
    assert_output "1. ก|แล้วเสร็จ
2. ข|1. หนึ่ง 2. สอง 3. สาม
3. ค|-"
}

@test "an activity's parts have rows of their own, and a second result without a label is told" {
    section activity_results "กิจกรรมที่ 1 ก" "กิจกรรมย่อยที่ 1.1 ข" "มีผลการดำเนินการ คือ หนึ่ง" "กิจกรรมย่อยที่ 1.2 ค" "มีผลการดำเนินการ คือ สอง" "ส่วนที่สาม" "มีผลการดำเนินการ คือ สาม"
    run rows activity_results activity,result
    assert_output "กิจกรรมที่ 1 ก|
กิจกรรมย่อยที่ 1.1 ข|หนึ่ง
กิจกรรมย่อยที่ 1.2 ค|สอง ส่วนที่สาม มีผลการดำเนินการ คือ สาม"
    run rules
    assert_output activity-doubtful
}

@test "a heading above activities whose numbers begin again is of no activity, and told" {
    section activity_results "**กิจกรรมที่ 1** ก" "**มีผลการดำเนินการ** คือ แล้วเสร็จ" "" "3.2 งบประมาณ พ.ศ. 2567" "" "**กิจกรรมที่ 1** ข" "**มีผลการดำเนินการ** คือ 1.1 ค" "1.2 ง" "" "**กิจกรรมที่ 2** จ" "**มีผลการดำเนินการ** คือ -"
    run rows activity_results activity,result
    assert_output "กิจกรรมที่ 1 ก|แล้วเสร็จ
กิจกรรมที่ 1 ข|1.1 ค 1.2 ง
กิจกรรมที่ 2 จ|-"
    run rules
    assert_output line-unread
}

@test "a word that is one letter from a word of the form is not mended" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) บัญชีที่ระงับ${TAB}ระงับ 500 บัญชี${TAB}ระงับ 612 บัญชี" "2) คดี${TAB}20 สำนวน${TAB}21 สำนวน" \
        "3) เหตุ${TAB}ไม่เกิด 3 ครั้ง${TAB}-" "4) คะแนน${TAB}ระดัน 3${TAB}-"
    run rows results target_value,result_value,unit,status
    assert_output "500|612|บัญชี|met
20|21|สำนวน|met
3||ครั้ง|none
3||ระดับ|none"
    run rules
    assert_output word-misspelt
}

@test "a word that is only a letter away from one of the form is left as it is" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}100 สำนวน" "2) ข${TAB}ระงับ 50 บัญชี" "3) ค${TAB}ไม่เกิดเหตุ 1 ครั้ง"
    run rows kpis target_value,target_unit,target_op
    assert_output "100|สำนวน|=
50|บัญชี|=
1|ครั้ง|="
    run rules
    assert_output ""
}

@test "a word of the form with a letter wrong is read as that word, with a finding" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}ระคับ 3"
    run rows kpis target_value,target_unit,target_op
    assert_output "3|ระดับ|="
    run rules
    assert_output word-misspelt
}

@test "the header of the results may say until when they are" {
    for tail in '(1 ต.ค. 66 – 30 มิ.ย. 67)' 'ณ 30 มิ.ย. 67' 'ไตรมาสที่ 3'; do
        section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้ $tail" "1) คดี${TAB}10 คดี${TAB}12 คดี"
        run rows results target,result
        assert_output "10 คดี|12 คดี"
        section activity_results "กิจกรรม${TAB}ผลการดำเนินการ $tail" "กิจกรรมที่ 1 ก${TAB}แล้วเสร็จ"
        run rows activity_results activity,result
        assert_output "กิจกรรมที่ 1 ก|แล้วเสร็จ"
    done
}

@test "«none» in place of the activities' results is no result" {
    section activity_results "-ไม่มี-"
    run rows activity_results activity,result
    assert_output ""
    section activity_results "-"
    run rows activity_results activity,result
    assert_output "|-"
}

@test "a column beside target and result does not lose the table of results" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}${TAB}" "${TAB}เป้าหมาย${TAB}ร้อยละ${TAB}ผลที่ได้" "1) คดี${TAB}1,200 คดี${TAB}14${TAB}168 คดี"
    run rows results year,target,result,target_value,result_value,status
    assert_output "2567|1,200 คดี|168 คดี|1200|168|missed"
    run rules
    assert_output ""
}

@test "so many a year is the target of the year" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) ก${TAB}2 เรื่อง/ปี${TAB}1 เรื่อง" "2) ข${TAB}4 ครั้งต่อปี${TAB}4 ครั้ง"
    run rows results unit,status
    assert_output "เรื่อง/ปี|missed
ครั้งต่อปี|met"
    run rules
    assert_output ""
}

@test "a numbered label groups what stands beneath it, not what has the next number" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "เชิงปริมาณ${TAB}" "1) จำนวนคดี${TAB}" "(1) พนัน${TAB}30 คดี" "(2) หลอกลวง${TAB}20 คดี" "2) ข่าวปลอม${TAB}9 เรื่อง" "เชิงคุณภาพ${TAB}" "1) ความพึงพอใจ${TAB}ร้อยละ 80"
    run rows kpis group,kpi
    assert_output "1) จำนวนคดี|(1) พนัน
1) จำนวนคดี|(2) หลอกลวง
เชิงปริมาณ|2) ข่าวปลอม
เชิงคุณภาพ|1) ความพึงพอใจ"
}

@test "results in columns without a name are told" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้${TAB}" "1) คดี${TAB}50 คดี${TAB}10 คดี${TAB}15 คดี"
    run rows results target,result
    assert_output "50 คดี|10 คดี"
    run rules
    assert_output column-unread
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้${TAB}" "1) คดี${TAB}50 คดี${TAB}10 คดี${TAB}"
    run rows results target,result
    run rules
    assert_output ""
}

@test "words glued to a unit are none of it" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}85 คะแนนขึ้นไป" "2) ข${TAB}3 รุ่นแล้วเสร็จ" "3) ค${TAB}ร้อยละ 85 ขึ้นไป"
    run rows kpis target_value,target_unit,target_op
    assert_output "85|คะแนน|>=
3|รุ่น|=
85|ร้อยละ|>="
}

@test "a percent sign is the unit ร้อยละ" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}มากกว่า 80%" "2) ข${TAB}80 เปอร์เซ็นต์ขึ้นไป"
    run rows kpis target_value,target_unit,target_op
    assert_output "80|ร้อยละ|>
80|ร้อยละ|>="
}

@test "the full score is no number of the target" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}ค่าเฉลี่ย 4.00 ขึ้นไป จากคะแนนเต็ม 5.00" "2) ข${TAB}3.5 คะแนน เต็ม 5"
    run rows kpis target_value,target_unit,target_op
    assert_output "4||>=
3.5|คะแนน|="
    run rules
    assert_output ""
}

@test "a length of time in two units is no single number" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) เวลาเฉลี่ย${TAB}ไม่เกิน 12 ชั่วโมง${TAB}10 ชั่วโมง 42 นาที"
    run rows results target_value,result_value,status
    assert_output "12||unknown"
    run rules
    assert_output several-numbers
}

@test "words about a remark in the target are not mixed up with those of the result" {
    section results "ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}ผลการดำเนินงาน" "x${TAB}ฝึกคน (ก) ครบ 5 คน${TAB}แจกจง (ก) ให้ 6 คน"
    run rows results target_value,result_value,status
    assert_output "5|6|unknown"
}

@test "of more numbers than can be looked over none is the value" {
    local words
    words=$(yes ' ทำ 2 คำ' | head -15 | tr -d '\n')
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}จำนวน 5 คน$words จำนวน 9 คน"
    run rows kpis target_value
    assert_output ""
    run rules
    assert_output several-numbers
}

@test "a target of several numbers has no value, and a finding" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}5 คน และ 6 แห่ง"
    run rows kpis target,target_value
    assert_output "5 คน และ 6 แห่ง|"
    run rules
    assert_output several-numbers
}

@test "an objective whose number has a comma or another mark for its point is read, and told" {
    for sign in , : _ ';'; do
        section objectives "1. เพื่อก" "2$sign เพื่อข" "3. เพื่อค"
        run rows objectives n,objective
        assert_output "1|1. เพื่อก
2|2$sign เพื่อข
3|3. เพื่อค"
        run rules
        assert_output objective-doubtful
    done
    section objectives "1. เพื่อก" "2, 3 และ 4 ของแผน"
    run rows objectives objective
    assert_output "1. เพื่อก 2, 3 และ 4 ของแผน"
    run rules
    assert_output objective-doubtful
}

@test "an objective that may have lost its number is told" {
    for line in '. พัฒนาข' '- เพื่อข'; do
        section objectives "1. เพื่อก" "$line"
        run rows objectives n
        assert_output 1
        run rules
        assert_output objective-doubtful
    done
}

@test "a day at a line's end, cut from its month, is told" {
    section plan_project "ทั้งโครงการ : 1" "ตุลาคม 2563 – 30 กันยายน 2567 (4 ปี)"
    run rows projects start,end
    assert_output "2020-10|2024-09-30"
    run rules
    assert_output date-unread
}

@test "a line before the first numbered objective is told" {
    section objectives "**ด้านการส่งเสริม**" "" "1) เพื่อส่งเสริม" "" "2) เพื่อพัฒนา"
    run rows objectives objective
    assert_output "ด้านการส่งเสริม
1) เพื่อส่งเสริม
2) เพื่อพัฒนา"
    run rules
    assert_output objective-doubtful
}

@test "an objective that goes on with an abbreviation is no other objective" {
    section objectives "1. เพื่อสนับสนุนงานตามพระราชบัญญัติ" "พ.ศ. 2550 และที่แก้ไข" "" "2. เพื่อพัฒนา"
    run rows objectives objective
    assert_output "1. เพื่อสนับสนุนงานตามพระราชบัญญัติ พ.ศ. 2550 และที่แก้ไข
2. เพื่อพัฒนา"
    run rules
    assert_output ""
    # A letter may be a number that the OCR has garbled.
    section objectives "1. เพื่อสนับสนุนงาน" "ก. เพื่อพัฒนา"
    run rows objectives objective
    run rules
    assert_output objective-doubtful
}

@test "a result is read from its remark where the target is" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) ก${TAB}ระดับมาก (ไม่น้อยกว่า 3.51)${TAB}ระดับมากที่สุด (4.23)" \
        "2) ข${TAB}5 ฉบับ${TAB}แล้วเสร็จ (ภาคผนวก 3)"
    run rows results target_value,result_value,status
    assert_output "3.51|4.23|met
5||unknown"
}

@test "words about people trained before a number leave it the result" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) ก${TAB}180 นาย${TAB}มีผู้ผ่านการฝึกอบรม จำนวนทั้งสิ้น 178 นาย" \
        "2) ข${TAB}5 คน${TAB}ครบทั้ง 5 คน" "3) ค${TAB}5 คน${TAB}วิทยากรอบรม 6 คน"
    run rows results result_value,status
    assert_output "178|missed
5|met
6|unknown"
    run rules
    assert_output result-in-prose
}

@test "of several numbers the one in all is the target, and the result" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}4 รุ่น ๆ ละ 100 คน รวม 400 คน" "2) ข${TAB}จำนวน 3 รุ่น รวมไม่น้อยกว่า 180 คน"
    run rows kpis target_value,target_unit,target_op
    assert_output "400|คน|=
180|คน|>="
    run rules
    assert_output ""
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) ก${TAB}3 รุ่น รวม 180 คน${TAB}รุ่นที่ 1 60 คน รุ่นที่ 2 59 คน รวมทั้งสิ้น 119 คน"
    run rows results target_value,result_value,unit,status
    assert_output "180|119|คน|missed"
    # Of two sums neither is the one in all.
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}รวม 400 คน รวม 5 แห่ง"
    run rows kpis target_value
    assert_output ""
    run rules
    assert_output several-numbers
}

@test "a number of rounds with so many in each is the target, with a finding" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}จำนวน 3 รุ่น ๆ ละ 60 คน"
    run rows kpis target_value,target_unit
    assert_output "3|รุ่น"
    run rules
    assert_output target-each
}

@test "the status of a result is met, missed, pending, none or unknown" {
    section results "ตัวชี้วัด${TAB}ปี พ.ศ. 2567${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้" "1) ก${TAB}5 คน${TAB}6 คน" "2) ข${TAB}5 คน${TAB}4 คน" "3) ค${TAB}5 คน${TAB}อยู่ระหว่างดำเนินการ" \
        "4) ง${TAB}5 คน${TAB}-" "5) จ${TAB}5 คน${TAB}" "6) ฉ${TAB}5 คน${TAB}5 เรื่อง" "7) ช${TAB}ไม่เกิน 5 วัน${TAB}4 วัน"
    run rows results result_value,status
    assert_output "6|met
4|missed
|pending
|none
|none
5|unknown
4|met"
}

@test "periods are read in all their forms" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}3 ส.ค. 67 - 16 ส.ค. 67" "2. ข${TAB}ก.พ. - เม.ย. 68" "3. ค${TAB}1 ตุลาคม 2566 – 30 กันยายน 2567" \
        "4. ง${TAB}26 - 27 สิงหาคม 2567" "5. จ${TAB}มกราคม 2567" "6. ฉ${TAB}ตุลาคม , ธันวาคม 2566 กุมภาพันธ์ – มีนาคม 2567" "7. ช${TAB}ปี พ.ศ. 2567" \
        "8. ซ${TAB}ครั้งที่ 1 เม.ย. 2566 ครั้งที่ 2 พ.ค. 2566" "9. ฌ${TAB}3/8/2567" "10. ญ${TAB}ตุลาคม 2566 ถึง มกราคม 2567"
    run rows activities start,end
    assert_output "2024-08-03|2024-08-16
2025-02|2025-04
2023-10-01|2024-09-30
2024-08-26|2024-08-27
2024-01|2024-01
2023-10|2024-03
2024|2024
2023-04|2023-05
2024-08-03|2024-08-03
2023-10|2024-01"
}

@test "a fiscal year is a period from October to September" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}ปีงบประมาณ พ.ศ. 2567" "2. ข${TAB}ตลอดปีงบประมาณ 2567" "3. ค${TAB}ปีงบประมาณ 2566 - 2567" "4. ง${TAB}ปี 2567"
    run rows activities start,end
    assert_output "2023-10-01|2024-09-30
2023-10-01|2024-09-30
2022-10-01|2024-09-30
2024|2024"
}

@test "days may be joined by the word for until" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}ระหว่างวันที่ 22 ถึง 24 เดือนมีนาคม 2567" "2. ข${TAB}วันที่ 22 ถึงวันที่ 24 มี.ค. 67" "3. ค${TAB}1 ต.ค. 66 ถึง 30 ก.ย. 67"
    run rows activities start,end
    assert_output "2024-03-22|2024-03-24
2024-03-22|2024-03-24
2023-10-01|2024-09-30"
    run rules
    assert_output ""
}

@test "a day is one though a point or the word for month stands behind it" {
    section plan_project "เริ่มวันที่ 1. ตุลาคม 2566 สิ้นสุดวันที่ 30, กันยายน 2567" "ขยายถึง 15 เดือน พฤศจิกายน พ.ศ. 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-11-15"
}

@test "an item's number before a month is no day, but what may be one, before an end with a day, is told" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}1. ตุลาคม 2566 - ธันวาคม 2566"
    run rows activities start,end
    assert_output "2023-10|2023-12"
    run rules
    assert_output ""
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}1. ตุลาคม 2566 - 31 ธันวาคม 2566"
    run rows activities start,end
    assert_output "2023-10|2023-12-31"
    run rules
    assert_output date-unread
}

@test "a month's short name is read with another mark for its point, and without points before a year" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}ม,ค. 2567 ถึงวันที่ สค 2567" "2. ข${TAB}1 มิย 66 - 30 ธ..ค. พ.ศ. 2567"
    run rows activities start,end
    assert_output "2024-01|2024-08
2023-06-01|2024-12-30"
    run rules
    assert_output ""
}

@test "a mark in a day's place is told" {
    for mark in '|' _ '?' □; do
        section plan_project "เริ่มวันที่ $mark ตุลาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567"
        run rows projects start,end
        assert_output "2023-10|2024-09-30"
        run rules
        assert_output date-unread
    done
}

@test "a year right above its dates is not itself the time of the project" {
    section plan_project "ปี 2567" ": เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-09-30"
    section plan_project "ปี 2567" "เริ่มวันที่ 1 ตลุาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-09-30"
    section plan_project "ปีงบประมาณ 2566" "" "- เมษายน 2566 - กันยายน 2566" "ปีงบประมาณ 2567" "- ตุลาคม 2566 - มกราคม 2567"
    run rows projects start,end
    assert_output "2023-04|2024-01"
    section plan_project "ปีงบประมาณ 2566" "ปีงบประมาณ 2567"
    run rows projects start,end
    assert_output "2022-10-01|2024-09-30"
}

@test "the hours of a day are no dates" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}15 ม.ค. 67 เวลา 09.00 - 16.30 น."
    run rows activities start,end
    assert_output "2024-01-15|2024-01-15"
    run rules
    assert_output ""
}

@test "a date that cannot be is left out with a finding that is an error" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}31 มิถุนายน 2567"
    run "$BIN/extract-records" -t activities -f f.csv s.csv
    assert_failure 1
    run rows activities period,start,end
    assert_output "31 มิถุนายน 2567||"
    run rules
    assert_output date-impossible
}

@test "of a range with an end that cannot be that end is left out, and not taken for the other" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}1 เมษายน 2567 - 31 มิถุนายน 2567" "2. ข${TAB}31 เมษายน 2567 - 30 มิถุนายน 2567"
    run rows activities start,end
    assert_output "2024-04-01|
|2024-06-30"
}

@test "an end that cannot be leaves a plan of several ranges without one, unless a later one is known" {
    section plan_project "- ปี 2566 : 1 ตุลาคม 2565 - 30 กันยายน 2566" "- ปี 2567 : 1 ตุลาคม 2566 - 31 มิถุนายน 2567"
    run rows projects start,end
    assert_output "2022-10-01|"
    section plan_project "- ทั้งโครงการ : 31 กันยายน 2565 - 31 กันยายน 2566" "- ปี 2567 : 1 ตุลาคม 2566 - 30 มิถุนายน 2567"
    run rows projects start,end
    assert_output "|2024-06-30"
}

@test "a parent without a heading of its own has a row before its sub-projects" {
    printf '%s\n' key,section,line_first,line_last,form,heading,text S1.P04.1,project,8,9,markdown,4.1 S1.P04.2,project,20,21,markdown,4.2 |
        sed '2,$s/$/ โครงการย่อย,x/' >s.csv
    run rows projects key,parent,number,line_first
    assert_output "S1.P04||4|8
S1.P04.1|S1.P04|4.1|8
S1.P04.2|S1.P04|4.2|20"
}

# amounts_are_unread AMOUNT...: each is kept as it stands, with a finding.
amounts_are_unread() {
    local amount
    for amount; do
        section budget "1) ได้รับจัดสรรงบประมาณ จำนวน $amount บาท"
        run rows projects budget_allocated
        assert_output "จำนวน $amount บาท"
        run rules
        assert_output amount-unread
    done
}

@test "an amount with another letter between its digits is not read in part" {
    amounts_are_unread 1,50O,000 1,5O0,000 "1,50ด,000"
}

@test "a date right behind «within» is the end, though the days are counted from another" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}ภายใน 30 วัน นับถัดจากวันลงนามในสัญญา (ภายในวันที่ 23 มิถุนายน 2567)" "2. ข${TAB}ภายใน 30 วัน นับจากวันที่ 1 มิถุนายน 2567"
    run rows activities start,end
    assert_output "|2024-06-23
2024-06-01|"
}

@test "a date that something starts on has no end, but where another line has it" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}เริ่ม 1 เม.ย. 67" "2. ข${TAB}24 ชั่วโมง ตั้งแต่ พ.ย. 66" "3. ค${TAB}ตั้งแต่ ก.พ. - เม.ย. 68"
    run rows activities start,end
    assert_output "2024-04-01|
2023-11|
2025-02|2025-04"
    section plan_project "เริ่มวันที่ 1 ตุลาคม 2566" "สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-09-30"
    run rules
    assert_output ""
    section plan_project "เริ่มวันที่ 1 ตุลาคม 2566 (1 ปี)"
    run rows projects start,end
    assert_output "2023-10-01|"
    run rules
    assert_output period-open
}

@test "a period in words has no dates, and a finding" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "1. ก${TAB}30 วัน นับถัดจากวันลงนามในสัญญา"
    run rows activities start,end
    assert_output "|"
    run rules
    assert_output period-unread
}

@test "a project's plan of several ranges has the first start and the last end" {
    section plan_project "- ปี 2567 เริ่มตั้งแต่ เมษายน - กันยายน 2567" "" "- ปี 2568 เริ่มตั้งแต่ ตุลาคม 2567 - มกราคม 2568 (150 วัน)"
    run rows projects start,end,duration_days
    assert_output "2024-04|2025-01|150"
}

@test "objectives may be numbered without a sign, or by letters" {
    section objectives "1 เพื่อก" "2 เพื่อข"
    run rows objectives n,objective
    assert_output "1|1 เพื่อก
2|2 เพื่อข"
    section objectives "ข้อ 1 เพื่อก" "ข้อ 2 เพื่อข"
    run rows objectives n,objective
    assert_output "1|ข้อ 1 เพื่อก
2|ข้อ 2 เพื่อข"
    section objectives "ก. เพื่อก" "ข. เพื่อข"
    run rows objectives n,objective
    assert_output "1|ก. เพื่อก
2|ข. เพื่อข"
    run rules
    assert_output ""
    # A line that is wrapped before a number is no item.
    section objectives "เพื่อจัดตั้งศูนย์ จำนวน" "5 แห่ง"
    run rows objectives n,objective
    assert_output "1|เพื่อจัดตั้งศูนย์ จำนวน 5 แห่ง"
}

@test "a line that only says that objectives follow is none, but one that speaks of them is of the objective" {
    section objectives "โครงการมีวัตถุประสงค์ ดังนี้" "1. เพื่อก" "วัตถุประสงค์รอง" "1. เพื่อข" "ให้เป็นไปตามวัตถุประสงค์ของกองทุน"
    run rows objectives n,objective,line
    assert_output "1|1. เพื่อก|3
2|1. เพื่อข ให้เป็นไปตามวัตถุประสงค์ของกองทุน|5"
    run rules
    assert_output ""
}

@test "an objective that a list goes on with is one, but not where the items are objectives, or the list begins with 2" {
    section objectives "เพื่อพัฒนาบุคลากร ดังนี้" "- 1) กลุ่มก" "- 2) กลุ่มข"
    run rows objectives n,objective
    assert_output "1|เพื่อพัฒนาบุคลากร ดังนี้ 1) กลุ่มก 2) กลุ่มข"
    section objectives "เพื่อพัฒนาบุคลากร ดังนี้" "1) เพื่อก" "2) เพื่อข"
    run rows objectives n
    assert_output "1
2
3"
    section objectives "เพื่อพัฒนาบุคลากร ได้แก่" "2) ส่งเสริม"
    run rows objectives n
    assert_output "1
2"
}

@test "a line that begins as objectives do, directly beneath another one, is told" {
    section objectives "เพื่อก" "เพื่อข"
    run rows objectives n,objective
    assert_output "1|เพื่อก เพื่อข"
    run rules
    assert_output objective-doubtful
    section objectives "เพื่อก" "ข"
    run rows objectives n
    run rules
    assert_output ""
}

@test "a percent sign behind a number is its unit, in words as the others are" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}80 %" "2. ข${TAB}80% ขึ้นไป" "3. ค${TAB}80 เปอร์เซ็นต์" "4. ง${TAB}80"
    run rows kpis target_value,target_unit,target_op
    assert_output "80|ร้อยละ|=
80|ร้อยละ|>=
80|ร้อยละ|=
80||="
}

@test "the number in a standard's name is no value, but a count of standards is one" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}ISO/IEC 27701 : 2019" "2. ข${TAB}ISO 27701 จำนวน 1 ฉบับ" "3. ค${TAB}ขมธอ. 18-2564" "4. ง${TAB}5 ISO"
    run rows kpis target_value,target_unit
    assert_output "|
1|ฉบับ
|
5|ISO"
    run rules
    assert_output ""
}

@test "a second line of a header may have other words among its years, and a column beneath them is none of them" {
    local header="ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}${TAB}" years="${TAB}2567${TAB}2568${TAB}รวม"
    section kpis "$header" "$years" "1. ก${TAB}5 คน${TAB}6 คน${TAB}11 คน" "" "$header" "$years" "2. ข${TAB}1${TAB}2${TAB}3"
    run rows kpis n,kpi,year,target
    assert_output "1|1. ก|2567|5 คน
1|1. ก|2568|6 คน
2|2. ข|2567|1
2|2. ข|2568|2"
    section results "ตัวชี้วัด${TAB}ปี 2567${TAB}${TAB}" "${TAB}เป้าหมาย${TAB}ผลที่ได้ (ณ 30 มิ.ย. 67)${TAB}ร้อยละ" "1. ก${TAB}5 คน${TAB}6 คน${TAB}120"
    run rows results n,year,target,result
    assert_output "1|2567|5 คน|6 คน"
    run rules
    assert_output ""
}

@test "targets beneath headings that name no year are told, and periods beneath others are read" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}" "${TAB}ปีที่ 1${TAB}ปีที่ 2" "1. ก${TAB}5 คน${TAB}6 คน"
    run rows kpis n,kpi,target
    assert_output "1|1. ก|5 คน
1|1. ก|6 คน"
    run rules
    assert_output header-years
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ${TAB}" "${TAB}เริ่มต้น${TAB}สิ้นสุด" "1. ก${TAB}1 ตุลาคม 2566${TAB}30 กันยายน 2567"
    run rows activities n,period
    assert_output "1|1 ตุลาคม 2566"
    run rules
    assert_output period-columns
}

@test "a row with a blank name beneath a header of one line is a row" {
    section plan_activities "กิจกรรม${TAB}ช่วงระยะเวลาดำเนินการ" "${TAB}มกราคม 2567" "1. ก${TAB}มีนาคม 2567"
    run rows activities n,activity,period
    assert_output "1||มกราคม 2567
2|1. ก|มีนาคม 2567"
}

@test "a table of how an indicator is measured ends that of the indicators, and its rows are told" {
    local header="ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567"
    section kpis "$header" "1. ก${TAB}ระดับ 5" "" "ระดับคะแนน${TAB}เกณฑ์การให้คะแนน" "1${TAB}ร่าง" "2${TAB}ทดสอบ 5 ครั้ง"
    run rows kpis n,kpi,target
    assert_output "1|1. ก|ระดับ 5"
    run rules
    assert_output table-unread
    # A table of KPIs behind it is read.
    section kpis "$header" "1. ก${TAB}ระดับ 5" "" "ระดับ${TAB}เกณฑ์" "1${TAB}ร่าง" "" "$header" "2. ข${TAB}5 คน"
    run rows kpis n,kpi
    assert_output "1|1. ก
2|2. ข"
}

@test "steps by which an indicator is measured are of its row, or told, and no group of the rows beneath" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}ระดับ 5" "ระดับ 1 ร่าง${TAB}" "- ระดับ 2 ทดสอบ${TAB}" "2. ข${TAB}5 คน"
    run rows kpis group,n,kpi,target
    assert_output "|1|1. ก ระดับ 1 ร่าง - ระดับ 2 ทดสอบ|ระดับ 5
|2|2. ข|5 คน"
    run rules
    assert_output row-joined
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}ระดับ 5" "ระดับ 1${TAB}ร่าง" "2. ระดับความสำเร็จ${TAB}5 คน"
    run rows kpis n,kpi
    assert_output "1|1. ก
2|2. ระดับความสำเร็จ"
    run rules
    assert_output table-unread
}

@test "a column of units gives them to targets that have none" {
    section kpis "ตัวชี้วัด${TAB}หน่วยนับ${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1. ก${TAB}แห่ง${TAB}5" "2. ข${TAB}แห่ง${TAB}ร้อยละ 80" "3. ค${TAB}แห่ง${TAB}-"
    run rows kpis target,target_value,target_unit
    assert_output "5|5|แห่ง
ร้อยละ 80|80|ร้อยละ
-||"
    section results "ตัวชี้วัด${TAB}หน่วยวัด${TAB}ปี 2567${TAB}" "${TAB}${TAB}เป้าหมาย${TAB}ผลที่ได้" "1. ก${TAB}แห่ง${TAB}5${TAB}6"
    run rows results target,result,unit,status
    assert_output "5|6|แห่ง|met"
}

@test "a plan's start and end may stand on two lines, but an end that only one line of several lacks is told" {
    section plan_project "ระยะเวลาดำเนินงาน 1 ปี" "เริ่มวันที่ 1 ตุลาคม 2566" "สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-09-30"
    run rules
    assert_output ""
    section plan_project "ระยะเวลาดำเนินงาน 365 วัน เริ่มวันที่ 1 ตุลาคม 2566"
    run rows projects start,end,duration_days
    assert_output "2023-10-01||365"
    run rules
    assert_output period-open
    section plan_project "- ปี 2567 ตุลาคม 2566 - กันยายน 2567" "- ปี 2568 เริ่มตั้งแต่ ตุลาคม 2567"
    run rows projects start,end
    run rules
    assert_output period-open
}

@test "numbered activities may stand behind the line that states how many there are, and lists within a result are none" {
    section activity_results "มีกิจกรรมทั้งหมด จำนวน 2 กิจกรรม ดังนี้" "1. ก" "มีผลการดำเนินการ คือ เสร็จ" "1. หนึ่ง" "2. สอง" "2. ข" "มีผลการดำเนินการ คือ -"
    run rows activity_results n,activity,result
    assert_output "1|1. ก|เสร็จ 1. หนึ่ง 2. สอง
2|2. ข|-"
    section activity_results "1. ก" "- เสร็จ" "1. หนึ่ง" "2. ข" "- ไม่เสร็จ"
    run rows activity_results n,activity,result
    assert_output "1|1. ก|เสร็จ 1. หนึ่ง
2|2. ข|ไม่เสร็จ"
}

@test "a main activity is labelled as an activity is" {
    section activity_results "กิจกรรมหลักที่ 1 ก" "มีผลการดำเนินการ คือ เสร็จ" "กิจกรรมหลักที่ 2 ข" "มีผลการดำเนินการ คือ -"
    run rows activity_results n,activity,result
    assert_output "1|กิจกรรมหลักที่ 1 ก|เสร็จ
2|กิจกรรมหลักที่ 2 ข|-"
}

@test "a plan whose start and end stand on two lines is not open" {
    section plan_project "เริ่มวันที่ 1 ตุลาคม 2566" "สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "2023-10-01|2024-09-30"
    run rules
    assert_output ""
    section plan_project "สิ้นสุดวันที่ 30 กันยายน 2567"
    run rows projects start,end
    assert_output "|2024-09-30"
    run rules
    assert_output period-open
}

@test "a plan that is prolonged is told" {
    section plan_project "เริ่มวันที่ 1 ตุลาคม 2566 สิ้นสุดวันที่ 30 กันยายน 2567 (ขยายระยะเวลาถึง 31 ธันวาคม 2567)"
    run rows projects start,end
    run rules
    assert_output period-doubtful
}

@test "amounts are in baht, whatever unit is printed" {
    section budget "1) โครงการใช้งบประมาณ พ.ศ. 2567 ได้รับจัดสรรงบประมาณ จำนวน 47.7105 ล้านบาท" "" "2) งบประมาณตามสัญญาจ้าง รวมทั้งสิ้น จำนวน" "" "1,250,000.50 บาท" "3) งบประมาณ ซึ่งดำเนินการเบิกจ่ายแล้ว จำนวน - บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "47710500|1250000.5|-"
    run rules
    assert_output ""
}

@test "several amounts without a total are added, with a finding" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 10 บาท และ 5 บาท"
    run rows projects budget_allocated
    assert_output 15
    run rules
    assert_output amount-summed
}

@test "of several amounts the one that the others add up to is the total" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 45.5 ล้านบาท แบ่งเป็น" "- กิจกรรมที่ 1 จำนวน 20 ล้านบาท" "- กิจกรรมที่ 2 จำนวน 25,500,000 บาท" \
        "2. งบประมาณตามสัญญาจ้าง ระยะที่ 1 จำนวน 7 บาท ระยะที่ 2 จำนวน 8 บาท รวม 15 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "45500000|15"
    run rules
    assert_output ""
    # Two that are alike may be two instalments.
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 5 บาท และ 5 บาท"
    run rows projects budget_allocated
    assert_output 10
    run rules
    assert_output amount-summed
}

@test "two equal amounts, one of which has lost its label, are told" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท" "2. งบปราณตาสัจ้าง รวมทั้งสิ้น จำนวน 12 บาท"
    run rows projects budget_contracted
    assert_output ""
    run rules
    assert_output amount-summed
}

@test "of two amounts the one named as the one in all is the total, and told" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 3 รุ่น รุ่นละ 120 บาท รวมเป็นเงิน 360 บาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 5 บาท รวมกับปีก่อน 7 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "360|12"
    run rules
    assert_output "amount-summed
amount-summed"
}

@test "an amount in a remark is not added to the one before it" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 1.2 ล้านบาท (1,200,000 บาท)" "2. งบประมาณตามสัญญาจ้าง จำนวน 9 บาท (จากเดิม 12 บาท)" "3. งบประมาณ ซึ่งดำเนินการเบิกจ่ายแล้ว (7 บาท)"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "1200000|9|7"
    run rules
    assert_output ""
}

@test "the items of a budget are known by other words too" {
    section budget "1. งบประมาณที่ได้รับการจัดสรร จำนวน 12 บาท" "2. งบประมาณตามสัญญา จำนวน 10 บาท" "3. ผลการเบิกจ่าย จำนวน 9 บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "12|10|9"
    section budget "1. ได้รับการจัดสรรงบประมาณ จำนวน 12 บาท"
    run rows projects budget_allocated
    assert_output 12
}

@test "what is left of a budget is none of its items, and told" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 10 บาท" "3. งบประมาณคงเหลือ จำนวน 2 บาท" "- งบประมาณที่ส่งคืน จำนวน 1 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "12|10"
    run rules
    assert_output amount-unread
}

@test "what is paid out may be named without the word for budget" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท" "2. งบประมาณสำหรับดำเนินการเอง จำนวน 10 บาท" "3. เบิกจ่ายแล้ว จำนวน 9 บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "12|10|9"
    run rules
    assert_output ""
}

@test "an amount may end in a point and a dash" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 369,000.- บาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 368,000.-"
    run rows projects budget_allocated,budget_contracted
    assert_output "369000|368000"
    run rules
    assert_output ""
}

@test "activities with numbers alone begin where a result's words follow, and lists within results do not" {
    section activity_results "มีกิจกรรมทั้งหมด จำนวน 2 กิจกรรม ดังนี้" "" "**1. ขออนุมัติ**" "" "**มีผลการดำเนินการ คือ** ยื่นแล้ว ดังนี้" "" "1. กรม" "" "2. กระทรวง" "" \
        "**2. จัดซื้อ** ประกอบด้วย" "" "1) ร่าง TOR" "" "**มีผลการดำเนินการ คือ** -"
    run rows activity_results n,activity,result,line
    assert_output "1|1. ขออนุมัติ|ยื่นแล้ว ดังนี้ 1. กรม 2. กระทรวง|4
2|2. จัดซื้อ ประกอบด้วย 1) ร่าง TOR|-|12"
}

@test "activities without label and number begin with their names in the plan" {
    {
        echo 'key,section,line_first,line_last,form,heading,text'
        printf 'S1.P01,plan_activities,1,5,markdown,x,"x\n\nกิจกรรม\tช่วงระยะเวลาดำเนินการ\n1) จัดทำหลักสูตร\tม.ค. 67\nฝึกอบรมรุ่นที่ 1\tก.พ. 67\n"\n'
        printf 'S1.P01,activity_results,6,16,markdown,x,"x\n\nจัดทำหลักสูตร\n\nมีผลการดำเนินการ คือ แล้วเสร็จ\n\nผู้บริหารเห็นชอบ\n\nฝึกอบรมรุ่นที่ 1\n\nมีผลการดำเนินการ คือ 60 คน\n"\n'
    } >s.csv
    run rows activity_results n,activity,result,line
    assert_output "1|จัดทำหลักสูตร|แล้วเสร็จ ผู้บริหารเห็นชอบ|8
2|ฝึกอบรมรุ่นที่ 1|60 คน|14"
    # Without the words that begin a result it begins behind the name, with a finding.
    sed -i 's/มีผลการดำเนินการ คือ //' s.csv
    run rows activity_results n,activity,result,line
    assert_output "1|จัดทำหลักสูตร|แล้วเสร็จ ผู้บริหารเห็นชอบ|8
2|ฝึกอบรมรุ่นที่ 1|60 คน|14"
    run rules
    assert_output "result-lead-lost
result-lead-lost"
}

@test "million baht printed for baht, and a comma for the point, are mended with a finding" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 61,268,500 ล้านบาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 1,109,000,000,00 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "61268500|1109000000"
    run rules
    assert_output "amount-unit
amount-comma"
}

@test "of an amount and its parts the amount is taken, and told where they do not make it" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท" "1.1 งบดำเนินงาน 2 บาท" "1.2 งบลงทุน 10 บาท" "2. งบประมาณตามสัญญาจ้าง" "- ที่ปรึกษา 4 บาท" "- ประชุม 5 บาท" "รวม 9 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "12|9"
    run rules
    assert_output ""
    section budget "2. งบประมาณตามสัญญาจ้าง รวมทั้งสิ้น จำนวน 9 บาท" "- ที่ปรึกษา 4 บาท"
    run rows projects budget_contracted
    assert_output 9
    run rules
    assert_output amount-summed
    # Without an amount of its own, or with a second one joined to it, it is the sum.
    section budget "2. งบประมาณตามสัญญาจ้าง รวมทั้งสิ้น" "- ที่ปรึกษา 4 บาท" "- ประชุม 5 บาท" "3. งบประมาณ ซึ่งดำเนินการเบิกจ่ายแล้ว รวมทั้งสิ้น 1 บาท และ 2 บาท"
    run rows projects budget_contracted,budget_disbursed
    assert_output "9|3"
}

@test "an amount in brackets beside another is not read; alone it is read" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท (งบกลาง 3 บาท)" "2. งบประมาณตามสัญญาจ้าง (จำนวน 5 บาท)"
    run rows projects budget_allocated,budget_contracted
    assert_output "12|5"
    run rules
    assert_output ""
}

@test "what is left of the money, or bound, is of no item above it, and told" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 12 บาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 5 บาท" "3. งบประมาณ ซึ่งผูกพันแล้ว จำนวน 4 บาท" "4. งบประมาณคงเหลือ จำนวน 3 บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "12|5|"
    run rules
    assert_output amount-unread
}

@test "items of the budget may be named in other words, and stand in a table" {
    section budget "1. งบประมาณที่ได้รับจัดสรร จำนวน 12 บาท" "2. งบประมาณตามสัญญา จำนวน 5 บาท" "3. เบิกจ่ายแล้ว จำนวน 4 บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "12|5|4"
    section budget "1. ได้รับการจัดสรรงบประมาณ${TAB}12 บาท" "2. งบประมาณตามสัญญาจ้าง${TAB}5 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "12|5"
    run rules
    assert_output ""
}

@test "that no money was allocated is text, with other items too" {
    section budget "1. ไม่ได้ใช้งบประมาณ" "2. งบประมาณตามสัญญาจ้าง จำนวน - บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "1. ไม่ได้ใช้งบประมาณ|-"
    run rules
    assert_output amount-unread
}

@test "amounts of earlier years in a remark are no budget items" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 7 บาท" "" "**หมายเหตุ :** 1. วงเงินงบประมาณที่ได้รับจัดสรร ในปีงบประมาณ พ.ศ. 2566 จำนวน 9 บาท" "2. งบประมาณตามสัญญาจ้าง จำนวน 8 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "7|"
}

@test "yearly amounts count only where no total is printed" {
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน 7 บาท" "ปี 2566 ตั้งงบประมาณ 3 บาท" "2. งบประมาณตามสัญญาจ้าง" "- ปี 2567 จำนวน 5 บาท" "- ปี 2568 จำนวน 6 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "7|11"
}

@test "a budget without an amount keeps its text, with a finding" {
    section budget "1) โครงการใช้งบประมาณ จากรายได้ของกรม"
    run rows projects budget_allocated
    assert_output "จากรายได้ของกรม"
    run rules
    assert_output amount-unread
}

@test "words or a dash in place of the progress are kept, and told, but not a sentence with figures" {
    section progress "คืนงบประมาณ"
    run rows projects progress_total,progress_year
    assert_output "คืนงบประมาณ|"
    run rules
    assert_output progress-unread
    section progress "-"
    run rows projects progress_total,progress_year
    assert_output "-|"
    section progress "แล้วเสร็จ 3 ใน 5 ขั้นตอน"
    run rows projects progress_total,progress_year
    assert_output "|"
    run rules
    assert_output progress-unread
}

@test "obstacles in a table are kept, and told" {
    section obstacles "ปัญหา${TAB}แนวทาง" "ขาดคน${TAB}เพิ่มคน"
    run rows obstacles text
    assert_output "ปัญหา แนวทาง ขาดคน เพิ่มคน"
    run rules
    assert_output table-unread
}

@test "money given back is of no item, and told where it has a line of its own" {
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน 7 บาท (คืนงบประมาณแล้ว จำนวน 3 บาท)" "2) งบประมาณตามสัญญาจ้าง จำนวน - บาท" "3) คืนงบประมาณ จำนวน 7 บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "7|-|"
    run rules
    assert_output amount-unread
}

@test "what explains an amount in brackets behind it is not added to it" {
    section budget "1) งบประมาณตามสัญญาจ้าง จำนวน 3,456,000 บาท" "(24 คน x 12,000 บาท x 12 เดือน)"
    run rows projects budget_contracted
    assert_output 3456000
    run rules
    assert_output ""
}

@test "what was disbursed may stand behind the contract, or in brackets" {
    for line in "เบิกจ่ายแล้ว 2 บาท" "(เบิกจ่ายเงินไปแล้ว จำนวน 2 บาท)" "และได้เบิกจ่าย 2 บาท"; do
        section budget "1) งบประมาณตามสัญญาจ้าง จำนวน 5 บาท $line"
        run rows projects budget_contracted,budget_disbursed
        assert_output "5|2"
        run rules
        assert_output ""
    done
}

@test "headings within a budget end the item above them" {
    section budget "3.1 งบประมาณ พ.ศ. 2567 (งบกลาง) 5 บาท" "1) ได้รับจัดสรรงบประมาณ จำนวน 5 บาท" "2) งบประมาณตามสัญญาจ้าง จำนวน 4 บาท" "3.2 งบประมาณ พ.ศ. 2567 2 บาท" "1) ได้รับจัดสรรงบประมาณ จำนวน 2 บาท" "2) งบประมาณตามสัญญาจ้าง จำนวน - บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "7|4"
    run rules
    assert_output "amount-summed
amount-summed"
}

@test "a heading within a budget whose amount no item repeats is told" {
    section budget "3.1 งบประมาณ พ.ศ. 2567 5 บาท" "1) ได้รับจัดสรรงบประมาณ จำนวน 5 บาท" "3.2 งบประมาณ พ.ศ. 2567 2 บาท"
    run rows projects budget_allocated
    assert_output 5
    run rules
    assert_output amount-unread
}

@test "budgets by name and year, or headings alone, are the allocation" {
    for number in 3.1 1\) -; do
        section budget "$number งบประมาณ พ.ศ. 2567 (งบกลาง) จำนวน 5 บาท" "" "${number/1/2} งบประมาณ พ.ศ. 2567 จำนวน 2 บาท"
        run rows projects budget_allocated
        assert_output 7
        run rules
        assert_output amount-summed
    done
    section budget "1) งบประมาณที่ได้รับจัดสรร จำนวน 6 บาท" "2) วงเงินตามสัญญา 5 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "6|5"
    run rules
    assert_output ""
}

@test "an amount with a mark before its digits, where one may be lost, is not read" {
    amounts_are_unread '?0,000' '□0,000' '*50,000' '•50,000' '_0,000'
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน □.675 ล้านบาท"
    run rows projects budget_allocated
    assert_output "จำนวน □.675 ล้านบาท"
}

@test "a number with a mark beside its digits, or parted at its point, has no value, and a finding" {
    for target in '□5 คน' '4.9_' '?5 คน' '72·50' '86•14' '91 .98'; do
        section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}$target"
        run rows kpis target,target_value
        assert_output "$target|"
        run rules
        assert_output several-numbers
    done
}

@test "a progress with another mark for its point is not read in part" {
    section progress "มีความก้าวหน้า คิดเป็นร้อยละ 72·50 ของเป้าหมายทั้งโครงการ" "คิดเป็นร้อยละ 80 ของเป้าหมายในปีงบประมาณ พ.ศ. 2567"
    run rows projects progress_total,progress_year
    assert_output "|80"
    run rules
    assert_output progress-unread
}

@test "items of a budget that stand on one line without numbers are read one by one" {
    section budget "- ได้รับจัดสรรงบประมาณ จำนวน 60 บาท - งบประมาณตามสัญญาจ้าง จำนวน 50 บาท - งบประมาณ ซึ่งดำเนินการเบิกจ่ายแล้ว จำนวน - บาท"
    run rows projects budget_allocated,budget_contracted,budget_disbursed
    assert_output "60|50|-"
    run rules
    assert_output ""
}

@test "a dash for an amount that is of no item is told" {
    section budget "- ได้รับจัดสรรงบประมาณ จำนวน 60 บาท" "- งบปมาณสัจ้าง รวมทั้งสิ้น จำนวน - บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "60|"
    run rules
    assert_output amount-unread
    section budget "1. ได้รับจัดสรรงบประมาณ จำนวน - บาท" "3. งบประมาณ" "ซึ่งดำเนินการเบิกจ่ายแล้ว จำนวน - บาท"
    run rows projects budget_allocated,budget_disbursed
    assert_output "-|"
    run rules
    assert_output amount-unread
}

@test "a numbered budget that is none of the three is not added to the item above it, and told" {
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน 6 บาท" "2) งบประมาณเหลือจ่าย จำนวน 2 บาท"
    run rows projects budget_allocated
    assert_output 6
    run rules
    assert_output amount-unread
    section budget "1) ได้รับจัดสรรงบประมาณ" "(1) ค่าจ้าง 4 บาท" "(2) ค่าวัสดุ 2 บาท"
    run rows projects budget_allocated
    assert_output 6
}

@test "an amount that is the sum of the others beside it is their total" {
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน 10 ล้านบาท ประกอบด้วย" "(1) งบดำเนินงาน 6 ล้านบาท" "(2) งบลงทุน 4 ล้านบาท" "2) งบประมาณตามสัญญาจ้าง 5 บาท เพิ่ม 2 บาท รวมเป็น 7 บาท คงเหลือ 1 บาท"
    run rows projects budget_allocated,budget_contracted
    assert_output "10000000|7"
    run rules
    assert_output amount-unread
    section budget "1) งบประมาณตามสัญญาจ้าง" "- ปี 2567 จำนวน 5 บาท" "- ปี 2568 จำนวน 3 บาท" "- ปี 2569 จำนวน 2 บาท"
    run rows projects budget_contracted
    assert_output 10
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน 10 บาท ประกอบด้วย" "(1) งบดำเนินงาน 6 บาท" "(2) งบลงทุน 3 บาท"
    run rows projects budget_allocated
    assert_output 19
    run rules
    assert_output amount-summed
}

@test "two lengths of one project are told" {
    section plan_project "152 วัน เริ่มวันที่ 1 พฤศจิกายน 2566 สิ้นสุดวันที่ 31 มีนาคม 2567" "61 วัน เริ่มวันที่ 1 เมษายน 2567 สิ้นสุดวันที่ 31 พฤษภาคม 2567"
    run rows projects start,end,duration_days
    assert_output "2023-11-01|2024-05-31|152"
    run rules
    assert_output duration-unread
}

@test "obstacles in a table are text, with a finding" {
    section obstacles "ปัญหา${TAB}แนวทางแก้ไข" "เจ้าหน้าที่ไม่เพียงพอ${TAB}จ้างเพิ่ม"
    run rows obstacles text
    assert_output "ปัญหา แนวทางแก้ไข เจ้าหน้าที่ไม่เพียงพอ จ้างเพิ่ม"
    run rules
    assert_output table-unread
}

@test "a percentage alone is the progress of the whole, with a finding" {
    section progress "ร้อยละ 40"
    run rows projects progress_total,progress_year
    assert_output "40|"
    run rules
    assert_output progress-unclear
}

@test "an amount with a point and a dash for no satang is read" {
    section budget "1) ได้รับจัดสรรงบประมาณ จำนวน 39,800,000.- บาท"
    run rows projects budget_allocated
    assert_output 39800000
    run rules
    assert_output ""
}

@test "dash, blank and text are three different things in the progress" {
    section progress "มีความก้าวหน้า คิดเป็นร้อยละ - ของเป้าหมายทั้งโครงการ" "มีความก้าวหน้า คิดเป็นร้อยละ 74.250 ของเป้าหมายในปี พ.ศ. 2567"
    run rows projects progress_total,progress_year
    assert_output "-|74.25"
    section progress "มีความก้าวหน้า คิดเป็นร้อยละ 30 ของเป้าหมายทั้งโครงการ"
    run rows projects progress_total,progress_year
    assert_output "30|"
}

@test "a line end, a tab or a Thai digit that is printed as an entity is a blank or a digit in the cell" {
    section objectives $'๑. ทำ&#10;งาน&#9;ให้&#3665;๒ คน'
    assert_equal "$(rows objectives objective)" "1. ทำ งาน ให้12 คน"
}

@test "a result of very many words is read: how long a cell may be is no matter of a pattern's stack" {
    local words
    words=$(yes มีได้ | head -8000 | tr -d '\n')
    # 15 bytes for each word, 12 behind them, and the line end.
    section results "ตัวชี้วัด${TAB}ค่าเป้าหมาย${TAB}ผลการดำเนินงาน" "x${TAB}5 คน${TAB}${words}ค 6 คน"
    assert_equal "$(rows results result | wc -c)" $((8000 * 15 + 12 + 1))
}

@test "HTML, entities and Markdown marks do not get into a cell" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "<p><b>1)</b> งาน</p><ul><li>ก &amp; ข</li></ul>${TAB}**5** คน\\* <https://x.org>"
    run rows kpis kpi,target
    assert_output "1) งาน ก & ข|5 คน* <https://x.org>"
}

@test "no obstacles with a suggestion beneath are none, and told; with other words they are present, and told" {
    section obstacles "" "-ไม่มี-" "" "ข้อเสนอแนะ : ควรบูรณาการระหว่างหน่วยงาน"
    run rows projects obstacles
    assert_output none
    run rules
    assert_output obstacles-unclear
    run rows obstacles text
    assert_output ""
    section obstacles "" "-ไม่มี-" "" "ผู้รับจ้างส่งมอบงานล่าช้า จึงต้องขยายเวลาของสัญญาออกไปอีกหลายเดือน"
    run rows projects obstacles
    assert_output present
    run rules
    assert_output obstacles-unclear
}

@test "the police's division is known by its abbreviation with and without that for division" {
    export TRAIMAT_PROFILE=$ROOT/pipelines/profiles/mdes
    for name in "ปอท." "บก.ปอท. สำนักงานตำรวจแห่งชาติ"; do
        section agency "" "$name"
        run rows projects agency
        assert_output TCSD
    done
}

@test "obstacles are none, present, or not stated" {
    section obstacles "" "-ไม่มี-"
    run rows projects obstacles
    assert_output none
    section obstacles "" "ฝนตกหนัก"
    run rows projects obstacles
    assert_output present
    section obstacles "" ""
    run rows projects obstacles
    assert_output ""
}

@test "activities as paragraphs give label and result" {
    section activity_results "มีกิจกรรมทั้งหมด จำนวน 2 กิจกรรม ดังนี้" "" "**กิจกรรมที่ 1** สำรวจ" "" "**มีผลการดำเนินการ** คือ แล้วเสร็จ" "" "ในเดือนมีนาคม" "" "กิจกรรมที่ 2 วาด" "" "มีผลการดำเนินการ คือ -"
    run rows activity_results n,activity,result,line
    assert_output "1|กิจกรรมที่ 1 สำรวจ|แล้วเสร็จ ในเดือนมีนาคม|4
2|กิจกรรมที่ 2 วาด|-|10"
    run rows projects activities_stated
    assert_output 2
}

@test "a sub-project without an agency has its project's" {
    {
        printf '%s\n' key,section,line_first,line_last,form,heading,text
        printf '%s\n' 'S1.P04,project,1,1,markdown,4. โครงการหลัก,x' 'S1.P04,agency,2,3,markdown,x,"x' 'กทด."' 'S1.P04.1,project,4,4,markdown,4.1 งบกลาง,x'
    } >s.csv
    run rows projects key,agency
    assert_output "S1.P04|PORT
S1.P04.1|PORT"
    run rules
    assert_output ""
}

@test "of two agencies the first is the one, and told" {
    for joint in ร่วมกับ และ; do
        section agency "กทด. $joint สถาบันแนวปะการังแห่งชาติ"
        run rows projects agency
        assert_output PORT
        run rules
        assert_output agency-contradiction
    done
    section agency "กรมท่าเรือและการเดินเรือ และ กทด."
    run rows projects agency
    run rules
    assert_output ""
}

@test "an unnumbered project without an agency takes the summary table's" {
    {
        printf '%s\n' key,section,line_first,line_last,form,heading,text
        printf 'S1,summary,1,3,none,,"ที่\tแผนงาน/โครงการ\tหน่วยงาน\tความก้าวหน้า\n-\tโครงการสัญจร\tกทด.\tคืนงบประมาณ\n"\n'
        printf 'S1.P00,project,4,4,markdown,โครงการสัญจร,x\n'
    } >s.csv
    run rows projects key,agency
    assert_output "S1.P00|PORT"
    run rules
    assert_output agency-from-summary
}

@test "an agency is known by its name, its abbreviation, or a misprinted one with a note" {
    section agency "กองหนึ่ง กรมท่าเรือและการเดินเรือ (xx.)"
    run rows projects agency
    assert_output PORT
    section agency "กอง (สนป.)"
    run rows projects agency
    assert_output REEF
    section agency "กอง (สนบ.)"
    run rows projects agency
    assert_output REEF
    run rules
    assert_output agency-garbled
    section agency "กรมที่ไม่รู้จัก"
    run rows projects agency,agency_text
    assert_output "|กรมที่ไม่รู้จัก"
    run rules
    assert_output agency-unknown
}

@test "a row with too few fields is status 2 with its line" {
    printf 'key,section,line_first,line_last,form,heading,text\nS1.P01,agency\n' >s.csv
    run "$BIN/extract-records" -t kpis s.csv
    assert_failure 2
    assert_output --partial "s.csv:2: error: the row has 2 fields, the header 7"
}

@test "neither -t nor -d, an unknown table and an unknown key are status 2" {
    section agency x
    run "$BIN/extract-records" s.csv
    assert_failure 2
    run "$BIN/extract-records" -t nothing s.csv
    assert_failure 2
    assert_output --partial "nothing"
    sed -i 's/S1.P01/X/' s.csv
    run "$BIN/extract-records" -t kpis s.csv
    assert_failure 2
    assert_output --partial "'X' is no key"
}

@test "--sha256-file gives the table report the hash that sha256sum writes, from a pipe too" {
    section agency x
    "$BIN/extract-records" -t report -f f.csv --sha256-file=<(printf abc | sha256sum) s.csv >report.csv
    # FIPS 180-2, appendix B.1.
    assert_equal "$(csv_column report.csv sha256)" ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
}

@test "the report's title begins at its line, whatever stands before it" {
    printf '%s\n' คำนำ '' 'รายงานฉบับนี้แสดงผลของทุกโครงการ' '' 'รายงานผลการดำเนินงานของ' กระทรวงการเดินเรือ 'ปีงบประมาณ พ.ศ. 2567' 'ไตรมาส 3 (1 ต.ค. 66 - 30 มิ.ย. 67)' >report.txt
    "$BIN/extract-sections" -f f1.csv report.txt >s.csv || (($? == 1))
    run rows report title,quarter
    assert_output 'รายงานผลการดำเนินงานของ กระทรวงการเดินเรือ ปีงบประมาณ พ.ศ. 2567|3'
}

@test "a --sha256-file that holds no hash is status 2 and is named" {
    section agency x
    echo 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a  -' >sum
    run "$BIN/extract-records" -t report --sha256-file=sum s.csv
    assert_failure 2
    assert_line "extract-records: sum: error: no SHA-256 stands here"
    : >sum
    run "$BIN/extract-records" -t report --sha256-file=sum s.csv
    assert_failure 2
}

@test "a ministry with other headings and other agencies needs a profile and no code" {
    export TRAIMAT_PROFILE=$FIXTURES/profiles/mfm
    "$BIN/extract-sections" -f f1.csv "$FIXTURES/other-form/report.txt" >sections.csv
    "$BIN/extract-records" -d made -f f2.csv sections.csv
    mv sections.csv made
    run "$ACCURACY" made "$FIXTURES/other-form/expected"
    assert_success
    run csv_column f1.csv rule
    assert_output heading-misspelt
}

@test "an activity that a lost page brought among the indicators is a finding" {
    section kpis "ตัวชี้วัด${TAB}ค่าเป้าหมาย ปี พ.ศ. 2567" "1) ก${TAB}5 คน" "กิจกรรมที่ 4 ส่งมอบ${TAB}มิ.ย. 2567"
    run rows kpis n,kpi
    assert_line "2|กิจกรรมที่ 4 ส่งมอบ"
    run rules
    assert_output row-foreign
}
