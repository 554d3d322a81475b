#!/usr/bin/env bats
# What a careful reader would doubt, extract-sections and extract-records doubt too: each test edits one place of a
# report that gives no finding, and sees what is told, and what the cells say.

load helpers

setup() {
    helpers_setup
    export TRAIMAT_PROFILE=$FIXTURES/profiles/msc
}

# Edits the clean report with the sed script SCRIPT and makes its tables in t/, its findings in f.csv.
edited() {
    sed -E "$1" "$FIXTURES/inbox/msc/2567-q2.txt" >report.txt
    run cmp -s report.txt "$FIXTURES/inbox/msc/2567-q2.txt"
    assert_failure 1
    "$BIN/extract-sections" -f f1.csv -o s.csv report.txt || [[ $? == 1 ]]
    "$BIN/extract-records" -d t -f f2.csv s.csv || [[ $? == 1 ]]
    mlr --icsv --onidx --ofs ' ' cut -o -f severity,rule,key,observed f1.csv f2.csv >told
}

cell() { # TABLE KEY FIELD
    mlr --icsv --onidx filter "\$key == \"$2\"" then cut -f "$3" "t/$1.csv"
}

@test "the report that the others edit gives no finding" {
    "$BIN/extract-sections" -f f1.csv -o s.csv "$FIXTURES/inbox/msc/2567-q2.txt"
    "$BIN/extract-records" -d t -f f2.csv s.csv
    assert_equal "$(wc -l <f1.csv) $(wc -l <f2.csv)" "1 1"
    assert_equal "$(cut -d , -f 1,2 f1.csv f2.csv | uniq)" severity,rule
}

@test "a point behind a number of the summary table is not of the number" {
    edited 's/^(๑|๒|๓|๔|๕|๖)\t/\1.\t/'
    run cut -d, -f2 t/summary.csv
    assert_line '1'
    refute_output --partial '1.,'
    assert_equal "$(cat told)" ''
}

@test "a summary row that lost its first tab is read, and told" {
    edited 's/^๒\t(โครงการติดตั้ง)/๒ \1/'
    run mlr --icsv --onidx --ofs '|' filter '$number == 2 && $strategy == 1' then cut -o -f title,agency,progress t/summary.csv
    assert_output 'โครงการติดตั้งทุ่นไฟนำร่องในร่องน้ำปากอ่าวเหนือ|PORT|62.5'
    run cut -d' ' -f1,2 told
    assert_output 'warning summary-row-shifted'
}

@test "a summary table whose progress has another heading is told" {
    edited 's/^(ที่\tแผนงาน.*)ความก้าวหน้า/\1งานที่ทำ/'
    run sort -u told
    assert_line --regexp '^warning column-unread S1 ?$'
}

@test "a page number beneath a project's heading is not of its title" {
    edited 's/^(### ๑\. โครงการปรับปรุง.*)$/\1\n\n- ๒๕ -/'
    assert_equal "$(cell projects S1.P01 title)" 'โครงการปรับปรุงท่าเทียบเรือสาธารณะเกาะหินงาม'
}

@test "a title wholly in quotation marks loses both" {
    edited 's/^### ๑\. (โครงการปรับปรุง.*)$/### ๑. “\1”/'
    assert_equal "$(cell projects S1.P01 title)" 'โครงการปรับปรุงท่าเทียบเรือสาธารณะเกาะหินงาม'
}

@test "a colon or a new page at a project's heading does not hide it" {
    edited 's/^### ๑\. (โครงการปรับปรุง.*)$/\x0c### ๑ : \1/'
    assert_equal "$(cell projects S1.P01 title)" 'โครงการปรับปรุงท่าเทียบเรือสาธารณะเกาะหินงาม'
    assert_equal "$(cat told)" ''
}

@test "declared figures in other words are told, for they are not read" {
    edited 's/^(๑\. กรมท่าเรือ.*)มีผลการดำเนินงานก้าวหน้าเฉลี่ยคิดเป็นร้อยละ/\1ก้าวหน้าเฉลี่ยร้อยละ/'
    run cut -d' ' -f1,2 told
    assert_output 'warning line-unread'
}

@test "a declared figure on two or three lines is one" {
    edited 's/^(๑\. กรมท่าเรือ.*?) ?(มีจำนวน .*?) ?(มีผลการดำเนินงาน)/\1\n\2\n\3/'
    assert_equal "$(cat told)" ''
    "$BIN/diff-quarters" --only count,progress --tables declared "$FIXTURES/expected/msc/2567-q2" t
}

@test "the figures of two agencies on one line are read" {
    edited '/^๑\. กรมท่าเรือ/{N;s/\n/ /}'
    assert_equal "$(cat told)" ''
    "$BIN/diff-quarters" --only count,progress --tables declared "$FIXTURES/expected/msc/2567-q2" t
}

@test "a comma in a declared figure is told, and half of the figure is not taken" {
    edited 's/^(๑\. กรมท่าเรือ.*)๔๒\.๕๑/\1๔๒,๕๑/'
    run cut -d' ' -f1,2 told
    assert_output 'warning line-unread'
    run grep -c '^agency' t/declared.csv
    assert_output 1
}

@test "a quarter that does not end with its period is told" {
    edited 's/ไตรมาส ๑ - ๒ \(/ไตรมาส ๑ - ๓ (/'
    run cat told
    assert_output --regexp '^warning quarter-differs .*3$'
}

@test "an unknown heading in a project is told, and what follows stays with the section above" {
    edited '0,/^#### ตัวชี้วัด/s/^(#### ตัวชี้วัด.*)$/#### สถานที่\n\nเกาะ\n\n\1/'
    run cat told
    assert_output 'note heading-unknown S1.P01 สถานที่'
}

@test "the next number with another sign may begin an objective, and is told" {
    edited 's/^๒\) (เพื่อให้ชาวเกาะ)/๒. \1/'
    run cut -d' ' -f1-3 told
    assert_output 'warning objective-doubtful S1.P01'
}

@test "a list with another sign within an objective is no doubt" {
    edited 's/^๒\) (เพื่อให้ชาวเกาะ)/๑. เกาะเหนือ\n๒. เกาะใต้\n๓. เกาะกลาง\n&/'
    assert_equal "$(cat told)" ''
    run grep -c '^S1.P01,' t/objectives.csv
    assert_output 2
}

@test "a line in bold print within the objectives is told" {
    edited 's/^๒\) เพื่อให้ชาวเกาะ/**พื้นที่**\n&/'
    run cat told
    assert_output 'warning objective-doubtful S1.P01 พื้นที่'
}

@test "a blank within an amount is told, and the text is kept" {
    edited 's/จำนวน ๑๘,๔๐๐,๐๐๐ บาท/จำนวน ๑๘,๔๐๐ ,๐๐๐ บาท/'
    run cut -d' ' -f1-3 told
    assert_output 'warning amount-unread S1.P01'
    run cell projects S1.P01 budget_allocated
    refute_output '0'
    refute_output '18400'
}

@test "two figures of the whole project's progress are told" {
    edited '0,/^มีความก้าวหน้า คิดเป็นร้อยละ ๔๕ ของเป้าหมายทั้ง/s/^(มีความก้าวหน้า คิดเป็นร้อยละ) ๔๕ (ของเป้าหมายทั้งโครงการ)/\1 ๔๐ \2  \n&/'
    run cut -d' ' -f1-3 told
    assert_output 'warning progress-contradiction S1.P01'
}

@test "a plan without an end is told" {
    edited 's/^(กิจกรรมที่ ๑ ออกแบบ.*\t).*$/\1๑ ต.ค. ๖๖ เป็นต้นไป/'
    run cut -d' ' -f1-3 told
    assert_output 'note period-open S1.P01'
    run mlr --icsv --onidx --ofs '|' filter '$key == "S1.P01" && $n == 1' then cut -o -f start,end t/activities.csv
    assert_output '2023-10-01|'
}

@test "a numbered row without its tab beneath a table's others is read, and told" {
    edited '0,/^๒\. ความพึงพอใจ/s/^(๒\. ความพึงพอใจของผู้โดยสารเรือประจำทาง)\t/\1 /'
    run cut -d' ' -f1-3 told
    assert_line 'warning row-misshapen S1.P01'
    refute_line --regexp line-unread
    assert_equal "$(cell projects S1.P01 kpis)" 2
}

@test "a numbered row without its tab right beneath a table's header is read, and told" {
    edited '0,/^๑\. ช่วงท่าเทียบเรือ/s/^(๑\. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ)\t/\1 /'
    run cut -d' ' -f1-3 told
    assert_line 'warning row-misshapen S1.P01'
    run mlr --icsv --onidx --ofs '|' filter '$key == "S1.P01" && $n == 1' then cut -o -f kpi,target_value,target_unit t/kpis.csv
    assert_output '1. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ|2|ช่วง'
}

@test "a row without its tab whose number is not the next one is told" {
    edited '0,/^๒\. ความพึงพอใจ/s/^๒(\. ความพึงพอใจของผู้โดยสารเรือประจำทาง)\t/๓\1 /'
    run cut -d' ' -f1-3 told
    assert_line 'warning line-unread S1.P01'
}

@test "less than is no comparison that is known, and the result's status is not known" {
    edited 's/^(๒\. ความพึงพอใจของผู้โดยสารเรือประจำทาง\t)ไม่น้อยกว่าร้อยละ ๘๕\t-/\1น้อยกว่าร้อยละ ๘๕\t๙๐/'
    run mlr --icsv --onidx filter '$key == "S1.P01" && $n == 2' then cut -f status t/results.csv
    assert_output 'unknown'
}

@test "a text of another form has no project, and that is an error" {
    printf 'บันทึก\nไม่มีโครงการ\n' >note.txt
    run "$BIN/extract-sections" -f f.csv -o s.csv note.txt
    assert_failure 1
    run mlr --icsv --onidx --ofs ' ' cut -o -f severity,rule f.csv
    assert_output 'error projects-none'
}

@test "sixty thousand headings beneath each other are no project, and no trouble" {
    seq 60000 | sed 's/.*/**&. โครงการย่อย**/' >many.txt
    run timeout 60 "$BIN/extract-sections" -f f.csv -o s.csv many.txt
    assert_failure 1
}

@test "a month with a letter wrong is read as the month, and told" {
    edited 's/^(กิจกรรมที่ ๒ ซ่อมเสา.*)๓๑ พ\.ค\. ๖๗/\1๓๑ พฤษภาคคม ๒๕๖๗/'
    assert_equal "$(mlr --icsv --onidx filter '$key == "S1.P01" && $n == 2' then cut -f end t/activities.csv)" 2024-05-31
    run cut -d' ' -f1-4 told
    assert_output 'note word-misspelt S1.P01 พฤษภาคคม'
}

@test "a budget's label with a letter wrong is read as it is meant, and told" {
    edited '0,/งบประมาณตามสัญญาจ้าง/s//งบประมาณตามสัญจาจ้าง/'
    assert_equal "$(cell projects S1.P01 budget_contracted)" 17950000
    assert_equal "$(cut -d' ' -f1-3 told)" 'note word-misspelt S1.P01'
}

@test "a header with a letter missing opens its table, and is told" {
    edited '0,/^ตัวชี้วัด\tค่าเป้าหมาย ปี/s//ตัวชี้วัด\tค่าเป้าหาย ปี/'
    assert_equal "$(cell projects S1.P01 kpis)" 2
    assert_equal "$(cut -d' ' -f1-3 told)" 'note word-misspelt S1.P01'
}

@test "a header that stands again with a letter too many is no row" {
    edited '/^กิจกรรมที่ ๒ ซ่อมเสา/,/^กิจกรรมที่ ๓/s/^กิจกรรม\tช่วง/กกิจกรรม\tช่วง/'
    assert_equal "$(cell projects S1.P01 activities)" 3
    assert_equal "$(cat told)" ''
}

@test "digits of an amount with a letter among them are no other amount" {
    edited '0,/๑๗,๙๕๐,๐๐๐ บาท/s//๑๗,๙ต๐,๐๐๐ บาท/'
    assert_equal "$(cell projects S1.P01 budget_contracted)" 'จำนวน 17,9ต0,000 บาท'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning amount-unread S1.P01'
}

@test "an amount whose first digit is a letter is not read from the second on" {
    edited '0,/จำนวน ๑๗,๙๕๐,๐๐๐ บาท/s//จำนวน ด,๙๕๐,๐๐๐ บาท/'
    assert_equal "$(cell projects S1.P01 budget_contracted)" 'จำนวน ด,950,000 บาท'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning amount-unread S1.P01'
}

@test "a point where a comma belongs between thousands of baht is read as one, and told" {
    edited '0,/๑๗,๙๕๐,๐๐๐ บาท/s//๑๗,๙๕๐.๐๐๐ บาท/'
    assert_equal "$(cell projects S1.P01 budget_contracted)" 17950000
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning amount-comma S1.P01'
}

@test "points for all commas of an amount of baht are commas, but not those of another unit or of other groups" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖.๕๐๐.๐๐๐ บาท')" '6500000/5385000 warning amount-comma'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖,๕๐๐.๐๐๐ บาท')" '6500000/5385000 warning amount-comma'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖.๕๐.๐๐๐ บาท')" \
        'จำนวน 6.50.000 บาท/5385000 warning amount-unread'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖.๕๐๐.๐๐๐ ล้านบาท')" \
        'จำนวน 6.500.000 ล้านบาท/5385000 warning amount-unread'
}

@test "a point and a dash behind an amount say that it has no hundredths" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖,๕๐๐,๐๐๐.- บาท')" '6500000/5385000 '
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖,๕๐๐,๐๐๐.–')" '6500000/5385000 '
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖,๕๐๐,๐๐๐.-๗,๐๐๐ บาท')" \
        'จำนวน 6,500,000.-7,000 บาท/5385000 warning amount-unread'
}

@test "a date whose day has a letter in it is told" {
    edited 's/^(กิจกรรมที่ ๒ ซ่อมเสา.*)๑๖ ธ\.ค\. ๖๖/\1ด๖ ธ.ค. ๖๖/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning date-unread S1.P01'
}

@test "a row with a tab too many is read without the blank cell, and told" {
    edited '0,/^(๑\. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ)\t/s//\1\t\t/'
    run mlr --icsv --onidx filter '$key == "S1.P01" && $n == 1' then cut -f target t/kpis.csv
    assert_output 'จำนวน 2 ช่วง'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning row-misshapen S1.P01'
}

@test "a row with a tab too few is told" {
    edited 's/^(๑\. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ\tจำนวน ๒ ช่วง)\t/\1 /'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning row-misshapen S1.P01'
}

@test "page numbers, rules and form feeds between lines are no text" {
    edited 's/^(๒\) เพื่อให้ชาวเกาะ.*)$/\1\n\n- ๑๒ -\n\n---\n\n\f\n\nหน้า ๑๓/'
    assert_equal "$(cell projects S1.P01 objectives)" 2
    assert_equal "$(cat told)" ''
}

@test "a number alone on its line is left out, and told" {
    edited 's/^(๒\) เพื่อให้ชาวเกาะ.*)$/\1\n\n๑๒/'
    assert_equal "$(cell projects S1.P01 objectives)" 2
    assert_equal "$(cut -d' ' -f1-3 told)" 'note page-number S1.P01'
}

@test "a skipped number among the objectives is told" {
    edited 's/^๒\) (เพื่อให้ชาวเกาะ)/๓) \1/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning objective-doubtful S1.P01'
}

@test "a project whose number is the next keeps it, though the summary table has it not" {
    edited 's/^๒\t(โครงการติดตั้งทุ่น)/ต\t\1/'
    run mlr --icsv --onidx cut -f key t/projects.csv
    assert_line 'S1.P02'
}

# period TEXT: start, end and findings of an activity with that period.
period() {
    edited "s|^(กิจกรรมที่ ๑ ออกแบบและทำราคากลาง\t).*|\1$1|"
    printf '%s %s\n' "$(mlr --icsv --onidx --ofs / filter '$key == "S1.P01" && $n == 1' then cut -o -f start,end t/activities.csv)" \
        "$(cut -d' ' -f1-2 told | paste -sd' ')"
}

@test "a column whose year cannot be read in the header's second line is not lost in silence" {
    edited '/^\tปี พ\.ศ\. ๒๕๖๗\tปี พ\.ศ\. ๒๕๖๘/s/๒๕๖๘/๒๕ง๘/'
    assert_equal "$(grep -c '^warning header-years' told)" "$(grep -c ๒๕ง๘ report.txt)"
}

@test "a start whose year is lost is not that of a later range" {
    assert_equal "$(period 'มกราคม ๒๕๖ ถึง มีนาคม ๒๕๖๗ และ ๑ พฤษภาคม ๒๕๖๗ ถึง ๓๐ กันยายน ๒๕๖๗' | cut -d' ' -f1)" '/2024-09-30'
}

@test "of a date beside words for the other end that end is not known" {
    assert_equal "$(period 'ตั้งแต่วันลงนาม - ก.ย. ๖๗')" '/2024-09 note period-open'
    assert_equal "$(period 'หลังลงนามในสัญญาถึง ๓๐ กันยายน ๒๕๖๗')" '/2024-09-30 note period-open'
    assert_equal "$(period 'ก.ย. ๖๗ - สิ้นสุดโครงการ')" '2024-09/ note period-open'
    assert_equal "$(period 'ตั้งแต่ ก.ย. ๖๗')" '2024-09/ note period-open'
    assert_equal "$(period 'ตั้งแต่ ต.ค. ๖๖ - ก.ย. ๖๗')" '2023-10/2024-09 '
    assert_equal "$(period 'ประชุม ม.ค. ๖๗ (สิ้นสุดโครงการ)')" '2024-01/2024-01 '
}

@test "a month's name may have lost its first point, but its letters within a word are none" {
    assert_equal "$(period 'มค. - มิย. ๖๗')" '2024-01/2024-06 '
    assert_equal "$(period '๓ มิย. ๖๗')" '2024-06-03/2024-06-03 '
    assert_equal "$(period 'ฝึกอบรมครั้งที่ ๑ เม.ย. ๒๕๖๖ อบรมค. ๒๕๖๗')" '2023-04/2023-04 '
}

@test "a year that is cut or has a digit too many is no year, nor is the other end's taken for it" {
    assert_equal "$(period '๑ ตุลาคม ๒๕๖๖ - ๓๐ กันยายน ๒๕๖')" '2023-10-01/ warning date-unread'
    assert_equal "$(period '๑ ตุลาคม ๒๕๖ สิ้นสุดวันที่ ๓๐ กันยายน ๒๕๖๗')" '/2024-09-30 warning date-unread'
    assert_equal "$(period '๑ ต.ค. ๖๖ - ๓๐ ก.ย. ๖๗๗')" '2023-10-01/ warning date-unread'
    assert_equal "$(period 'ธันวาคม ๓๕๖๖')" '/ warning date-unread'
}

@test "a date whose month cannot be read leaves its end open, and is told" {
    assert_equal "$(period '๔ มกาดม ๒๕๖๗ - ๓๐ เมษายน ๒๕๖๗')" '/2024-04-30 warning date-unread'
    assert_equal "$(period '๑ พ.ด. - ๓๐ มิ.ย. ๖๗')" '/2024-06-30 warning date-unread'
    assert_equal "$(period '๑๕ ธันวาคม ๒๕๖๖ - ๓๐ ก.ข. ๒๕๖๗')" '2023-12-15/ warning date-unread'
    assert_equal "$(period '1 Oct 2023 – ๓๐ กันยายน ๒๕๖๗')" '/2024-09-30 warning date-unread'
    assert_equal "$(period 'ปี ๒๕๖๖ - กันยายน ๒๕๖๗')" '/2024-09 warning date-unread'
}

@test "a day that cannot be read is told" {
    assert_equal "$(period '๐ กันยายน ๒๕๖๗')" '/ warning date-unread'
    assert_equal "$(period '๓๐๐ กันยายน ๒๕๖๗')" '2024-09/2024-09 warning date-unread'
}

@test "a length, a number of times and an item's number beside dates are no dates that are lost" {
    assert_equal "$(period '๑. ต.ค. ๖๖ - ก.ย. ๖๗')" '2023-10/2024-09 '
    assert_equal "$(period 'ระยะเวลา ๑๒ เดือน ตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗ (๓๖๕ วัน)')" '2023-10/2024-09 '
    assert_equal "$(period 'ครั้งที่ ๑ : ๓ ส.ค. ๖๗ ครั้งที่ ๒ : ๕ ส.ค. ๖๗')" '2024-08-03/2024-08-05 '
}

@test "dates in figures, with dashes, with the word for month or with a bracket behind the day are read" {
    assert_equal "$(period '๑/๑๐/๒๕๖๖ - ๓๐ กันยายน ๒๕๖๗')" '2023-10-01/2024-09-30 '
    assert_equal "$(period '๒๔-มกราคม-๒๕๖๗ - ๓๐ กันยายน ๒๕๖๗')" '2024-01-24/2024-09-30 '
    assert_equal "$(period '๑๙ เดือนตุลาคม ๒๕๖๖ ถึง ๓๐) กันยายน ๒๕๖๗')" '2023-10-19/2024-09-30 '
}

@test "a day right behind a month is not its year" {
    assert_equal "$(period '๑ ก.ค. ๑๕ ส.ค. ๖๗')" '2024-07-01/2024-08-15 '
}

# quantity TARGET RESULT: value, unit and operator of the target, value and status of the result, and findings.
quantity() {
    edited "s|^(๑\. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ\t)จำนวน ๒ ช่วง$|\1$1|; s|^(๑\. ช่วงท่าเทียบเรือที่ซ่อมแล้วเสร็จ\t)จำนวน ๒ ช่วง\t.*|\1$1\t$2|"
    printf '%s %s %s\n' "$(mlr --icsv --onidx --ofs / filter '$key == "S1.P01" && $n == 1' then cut -o -f target_value,target_unit,target_op t/kpis.csv)" \
        "$(mlr --icsv --onidx --ofs / filter '$key == "S1.P01" && $n == 1' then cut -o -f result_value,status t/results.csv)" \
        "$(cut -d' ' -f1-2 told | sort -u | paste -sd' ')"
}

@test "the words between «number of» or «percent» and the number are its operator" {
    assert_equal "$(quantity 'จำนวนไม่เกิน ๕ เรื่อง' '๙ เรื่อง')" '5/เรื่อง/<= 9/missed '
    assert_equal "$(quantity 'จำนวนมากกว่า ๕ ราย' '๕ ราย')" '5/ราย/> 5/missed '
    assert_equal "$(quantity 'ร้อยละไม่น้อยกว่า ๘๐' 'ร้อยละ ๘๕')" '80/ร้อยละ/>= 85/met '
}

@test "a level's unit has no blank at its end" {
    assert_equal "$(quantity 'ระดับ ๓' 'ระดับ ๔')" '3/ระดับ/= 4/met '
}

@test "days, months and years are no quantities" {
    assert_equal "$(quantity 'ภายใน ก.ย. ๖๗' 'ลงนามแล้วเมื่อวันที่ ๘ ก.ย. ๖๖')" '// /unknown '
    assert_equal "$(quantity 'มีแผนปี ๒๕๖๖-๒๕๖๗' 'เมื่อ ๓ มีนาคม ๒๕๖๗')" '// /unknown '
}

@test "a number within a sentence has an unknown status, which is told; one behind the target's own words has not" {
    assert_equal "$(quantity '๓ จังหวัด' 'ลงพื้นที่ ๓ จังหวัด')" '3/จังหวัด/= 3/unknown note result-in-prose'
    assert_equal "$(quantity 'ลงพื้นที่ ๓ จังหวัด' 'ลงพื้นที่ ๓ จังหวัด')" '3/จังหวัด/= 3/met '
}

@test "a number for each of something is told; one for each year or in percent is the target" {
    assert_equal "$(quantity 'ครั้งละ ๑๐ เล่ม' '-')" '10/เล่ม/= /none note target-each'
    assert_equal "$(quantity 'ปีละ ๔ ครั้ง' '-')" '4/ครั้ง/= /none '
    assert_equal "$(quantity 'และร้อยละ ๔๐' '-')" '40/ร้อยละ/= /none '
}

# progress WORDS: S1.P01's progress of the whole where its figure is printed as WORDS, and findings.
progress() {
    edited "0,/^มีความก้าวหน้า คิดเป็นร้อยละ ๔๕ ของเป้าหมายทั้งโครงการ/s|ร้อยละ ๔๕ (ของเป้าหมายทั้งโครงการ)|$1 \1|"
    printf '%s %s\n' "$(cell projects S1.P01 progress_total)" "$(cut -d' ' -f1-2 told | paste -sd' ')"
}

@test "a sign, a word or another number between percent and its number leaves the progress unread, and is told" {
    for words in 'ร้อยละ -๔๕' 'ร้อยละ ลบ ๔๕' 'ร้อยละ ~๔๕' 'ร้อยละ น้อยกว่า ๔๕' 'ร้อยละ ๙๐ - ๔๕' 'ร้อยละ ๔๕/๑๐๐'; do
        assert_equal "$words$(progress "$words")" "$words warning progress-unread"
    done
    assert_equal "$(progress 'ร้อยละ : ๔๕')" '45 '
    assert_equal "$(progress ' ๔๕ %')" '45 '
    assert_equal "$(progress 'ร้อยละ -')" '- '
}

@test "a progress of another year is told at the line that prints the year" {
    edited '0,/^มีความก้าวหน้า.*ในปี พ.ศ. ๒๕๖๗/s/^(มีความก้าวหน้า.*ในปี พ.ศ.) ๒๕๖๗/\1 ๒๕๖๖/'
    assert_equal "$(mlr --icsv --onidx --ofs ' ' cut -o -f rule,line f2.csv)" \
        "progress-year $(grep -n 'ในปี พ.ศ. ๒๕๖๖$' report.txt | cut -d: -f1)"
}

# budget LINE...: S1.P01's contract and disbursement where these lines stand in place of the contract's, and findings.
budget() {
    local lines
    lines=$(printf '%s\\n' "$@")
    edited "0,/^- ๒\) งบประมาณตามสัญญาจ้าง/s|^- ๒\) งบประมาณตามสัญญาจ้าง.*|${lines%\\n}|"
    printf '%s/%s %s\n' "$(cell projects S1.P01 budget_contracted)" "$(cell projects S1.P01 budget_disbursed)" \
        "$(cut -d' ' -f1-2 told | paste -sd' ')"
}

@test "the rest of an amount that is parted is no amount" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๑๑๔,๐๐๐,๐๐๐ .๐๐ บาท')" \
        'จำนวน 114,000,000 .00 บาท/5385000 warning amount-unread'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๑๑๔,๐๐๐,๐๐๐:๐๐ บาท')" \
        'จำนวน 114,000,000:00 บาท/5385000 warning amount-unread'
}

@test "where one of two amounts cannot be read, the other is not taken for both" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๖,๐๐๐,๐๐๐ นาท และ ๗,๐๐๐,๐๐๐ บาท')" \
        'จำนวน 6,000,000 นาท และ 7,000,000 บาท/5385000 warning amount-unread'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง ปี ๒๕๖๗ จำนวน ๗,๐๐๐,๐๐๐ บาท')" '7000000/5385000 '
}

@test "a thousand million baht without a point are told, less or with a point are not" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๓,๖๗๕ ล้านบาท')" '3675000000/5385000 warning amount-unit'
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๙๙๙ ล้านบาท')" '999000000/5385000 '
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน ๓,๖๗๕.๕ ล้านบาท')" '3675500000/5385000 '
}

@test "an item with another mark before it, or with its number alone, is one" {
    assert_equal "$(budget '□ งบประมาณตามสัญญาจ้าง จำนวน - บาท')" '-/5385000 '
    assert_equal "$(budget '๒ งบประมาณตามสัญญาจ้าง จำนวน - บาท')" '-/5385000 '
}

@test "two items on one line are two" {
    assert_equal "$(budget '- ๒) งบประมาณตามสัญญาจ้าง จำนวน - บาท ๓) งบประมาณ ซึ่งดำเนินการเบิกจ่ายแล้ว จำนวน ๕ บาท')" \
        '-/5385005 warning amount-summed'
}

@test "an amount beneath yearly ones whose label cannot be read is told" {
    run budget '- ๒) งบประมาณตามสัญญาจ้าง' 'ปี ๒๕๖๖ จำนวน ๑,๐๐๐,๐๐๐ บาท' 'ปี ๒๕ฬ๗ จำนวน ๒,๐๐๐,๐๐๐ บาท'
    assert_output '1000000/5385000 warning amount-unread'
}

@test "a doubt about an amount stands at the line of the amount, not of its label" {
    budget '- ๒) งบประมาณตามสัญญาจ้าง' 'จำนวน ๑๑,๐๐๐,๐๐๐,๐๐ บาท' >/dev/null
    assert_equal "$(mlr --icsv --onidx --ofs ' ' cut -o -f rule,line f2.csv)" \
        "amount-comma $(grep -n '๑๑,๐๐๐,๐๐๐,๐๐' report.txt | cut -d: -f1)"
}

@test "objectives' dashes may be of any kind, escaped, and without a blank" {
    for dash in '-' '‑ ' '\\- ' '-\&nbsp;'; do
        edited "s|^(๑\) เพื่อซ่อม)|$dash\1|; s|^(๒\) เพื่อให้ชาวเกาะ)|$dash\1|"
        assert_equal "$dash $(cell projects S1.P01 objectives) $(cat told)" "$dash 2 "
    done
}

@test "two objectives on one line, and one without its number, are told" {
    edited '/^๑\) เพื่อซ่อม/{N;s/\n+/ /}; s/(^๑\) เพื่อซ่อม.*)$/\1 ๒) เพื่อทดสอบ/'
    assert_equal "$(cut -d' ' -f1-3 told | sort -u)" 'warning objective-doubtful S1.P01'
    edited 's/^(๒\) เพื่อให้ชาวเกาะ.*)$/\1 ๓)๑ คน/'
    assert_equal "$(cat told)" ''
    edited 's/^(๒\) เพื่อให้ชาวเกาะ.*)$/\1\n\nเพื่อทดสอบ/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning objective-doubtful S1.P01'
}

@test "an objective's number may lack its point where it is the next, and the numbers go on behind it" {
    edited 's/^๒\) (เพื่อให้ชาวเกาะ.*)$/๒ \1\n๓) เพื่อทดสอบ/'
    assert_equal "$(cell projects S1.P01 objectives) $(cat told)" '3 '
}

# obstacles WORDS: S1.P01's obstacles where WORDS are printed, and findings.
obstacles() {
    edited "0,/^-ไม่มี-$/s|^-ไม่มี-$|$1|"
    printf '%s %s\n' "$(cell projects S1.P01 obstacles)" "$(cut -d' ' -f1-2 told | paste -sd' ')"
}

@test "no obstacles may be said in many ways" {
    for words in '(ไม่มี)' '“ไม่มี”' 'ไม่มี*' '•ไม่มี' '๑. ไม่มี' 'ไม่มี ปัญหา' 'ไม่มีปัญหาใด ๆ' 'ไม่มีปัญหา/อุปสรรคแต่อย่างใด' 'ไม่ปรากฏ' 'ไม่มีปัญหา และ อุปสรรคในการดำเนินงานค่ะ' 'N/A' '…'; do
        assert_equal "$words $(obstacles "$words")" "$words none "
    done
}

@test "a short text that may say that there are none is told; an obstacle is not" {
    assert_equal "$(obstacles 'ไม่มีข้อขัดข้อง')" 'present note obstacles-unclear'
    assert_equal "$(obstacles 'เรือขนวัสดุไม่มีที่จอด')" 'present '
}

@test "a numbered row whose period ends with a dash goes on in the row beneath, and is told" {
    edited 's/^(กิจกรรมที่ ๑ ออกแบบ)(และทำราคากลาง)\t๑ ต.ค. ๖๖ - (.*)$/\1\t๑ ต.ค. ๖๖ –\n\2\t\3/'
    assert_equal "$(mlr --icsv --onidx --ofs / filter '$key == "S1.P01" && $n == 1' then cut -o -f activity,start,end t/activities.csv)" \
        'กิจกรรมที่ 1 ออกแบบ และทำราคากลาง/2023-10-01/2023-12-15'
    assert_equal "$(cell projects S1.P01 activities) $(cut -d' ' -f1-3 told)" '3 note row-joined S1.P01'
}

@test "a row that has lost its name is taken as the rest of the one above, and is told, but not where that waits for its cell" {
    edited 's/^กิจกรรมที่ ๒ ซ่อมเสา[^\t]*\t/\t/'
    assert_equal "$(cell projects S1.P01 activities) $(cut -d' ' -f1-3 told)" '2 note row-joined S1.P01'
    edited 's/^(กิจกรรมที่ ๒ ซ่อมเสา[^\t]*)\t(.*)/\1\t\n\t\2/'
    assert_equal "$(cell projects S1.P01 activities) $(cut -d' ' -f1-3 told)" '3 '
}

@test "a cell behind a page break that begins before its list, beneath a list, is told" {
    local above='s/^(กิจกรรมที่ ๒ ซ่อมเสาและคานช่วงหัวท่า\t).*/\1๑) ธ.ค. ๖๖ ๒) ม.ค. ๖๗/'
    edited "$above"'; s/^(กิจกรรมที่ ๓ เทพื้นและติดราวกันตก\t)/\1ก.พ. ๖๗ ๑) /'
    assert_equal "$(cut -d' ' -f1-3 told)" 'note cell-cut S1.P01'
    # Its list begins as that above does; there is no list above; no page break between them.
    edited "$above"'; s/^(กิจกรรมที่ ๓ เทพื้นและติดราวกันตก\t)/\1๑) /'
    assert_equal "$(cat told)" ''
    edited 's/^(กิจกรรมที่ ๓ เทพื้นและติดราวกันตก\t)/\1ก.พ. ๖๗ ๑) /'
    assert_equal "$(cat told)" ''
    edited "$above"'; s/^(กิจกรรมที่ ๑ ออกแบบ.*\t).*/\1๑) ต.ค. ๖๖ ๒) พ.ย. ๖๖/; s/^(กิจกรรมที่ ๒ ซ่อมเสา[^\t]*\t)/\1ก.พ. ๖๗ /'
    assert_equal "$(cat told)" ''
}

@test "a row of a strategy's KPIs with another number of cells than its header is told" {
    edited 's/^(๑\. ร้อยละของท่าเรือ[^\t]*)\t/\1\t\t/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning row-misshapen S1'
}

@test "each table that is not known is told" {
    edited '0,/^#+ ปัญหาและอุปสรรค/s/^(#+ ปัญหาและอุปสรรค.*)$/ก\tข\n๑\t๒\n\nข้อความ\n\nค\tง\n\n\1/'
    assert_equal "$(grep -c '^warning table-unread S1.P01' told)" 2
}

@test "a number whose thousands are parted by a blank or another mark has no value, and is told" {
    for number in '๑๓ ,๘๐๖' '๑๓’๘๐๖' '๑๓· ๘๐๖'; do
        assert_equal "$number $(quantity "$number คน" '-')" "$number // /none note several-numbers"
    done
}

@test "a number of days that cannot be read is told" {
    edited 's/^ระยะเวลาดำเนินงาน ๑ ปี เริ่มวันที่ ๑ ตุลาคม/ระยะเวลาดำเนินงาน ๑ ,๐๙๕ วัน เริ่มวันที่ ๑ ตุลาคม/'
    assert_equal "$(cell projects S1.P01 duration_days) $(cut -d' ' -f1-3 told)" ' warning duration-unread S1.P01'
}

@test "a declared figure with two points is not read, and is told" {
    edited 's/^(๑\. กรมท่าเรือ.*ร้อยละ [^. ]+).*$/\1.๓๙.๐๐/'
    assert_equal "$(mlr --icsv --onidx filter '$scope == "agency"' then cut -f name t/declared.csv)" REEF
    assert_equal "$(cut -d' ' -f1-2 told)" 'warning line-unread'
}

@test "without the words that begin a result, the list beneath an activity is it, and that is told" {
    edited '/^#+ รายละเอียดผล/,/^#+ ปัญหา/s/^\*\*มีผลการดำเนินการ คือ\*\*/-/'
    assert_equal "$(mlr --icsv --onidx filter '$key == "S1.P01" && $n == 1' then cut -f activity t/activity_results.csv)" \
        'กิจกรรมที่ 1 ออกแบบและทำราคากลาง'
    assert_equal "$(grep -c '^note result-lead-lost S1.P01' told)" 3
}

@test "a paragraph beneath a table of results is told" {
    need_report
    unset TRAIMAT_PROFILE
    "$PIPELINES/report-tables" "$REPORT" t 2>/dev/null || [[ $? == 1 ]]
    assert_equal "$(mlr --icsv --onidx filter '$rule == "line-unread" && $table == "activity_results"' then cut -f line t/findings.csv)" 2995
}

@test "a plan that begins without its heading in the middle of a row has that told" {
    edited '0,/^#+ แผนระยะเวลาดำเนินงานแต่ละกิจกรรม/{/^#+ แผนระยะเวลาดำเนินงานแต่ละกิจกรรม/d}; 0,/^กิจกรรมที่ ๑ ออกแบบและทำราคากลาง\t.*/s//และทำราคากลาง\t/'
    assert_equal "$(grep -c '^note row-cut S1.P01' told)" 1
}

@test "a table of a strategy's KPIs that has no tabs, or one before each row, is told" {
    edited '/^ตัวชี้วัด\tค่าเป้าหมายปี/,/^$/s/\t/   /g; /^๒\. จำนวนอุบัติเหตุ/s/\t/   /g'
    assert_equal "$(grep -c '^warning line-unread S1 ' told)" 2
    edited '48,53s/^/\t/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning table-unread S1'
}

@test "the words of a heading that has its text behind it are no part of that text" {
    edited '0,/^### ปัญหาและอุปสรรคของการดำเนินงาน$/{s/^### (ปัญหาและอุปสรรคของการดำเนินงาน)$/\1 ไม่มี/}; 0,/^-ไม่มี-$/{/^-ไม่มี-$/d}'
    assert_equal "$(cell projects S1.P01 obstacles) $(cut -d' ' -f1-3 told)" 'none warning heading-garbled S1.P01'
    edited '0,/^### ความก้าวหน้าของการดำเนินการ$/{/^### ความก้าวหน้าของการดำเนินการ$/d}; 0,/^มีความก้าวหน้า คิดเป็น/s//ความก้าวหน้าของการดำเนินการ &/'
    assert_equal "$(cell projects S1.P01 progress_total) $(cut -d' ' -f1-3 told)" '45 warning heading-garbled S1.P01'
}

@test "the second line of a heading is no part of its section's text" {
    edited '0,/^### ปัญหาและอุปสรรคของการดำเนินงาน$/{s/^### (ปัญหาและอุปสรรค)(ของการดำเนินงาน)$/### \1\n\n### \2/}'
    assert_equal "$(cell projects S1.P01 obstacles) $(cut -d' ' -f1-3 told)" 'none warning heading-garbled S1.P01'
}

@test "a column that numbers the rows of a table is left out" {
    edited 's/^กิจกรรม\tช่วงระยะเวลา/ที่\t&/; s/^กิจกรรมที่ (.)( [^\t]*\t[^\t]*)$/\1\tกิจกรรมที่ \1\2/'
    assert_equal "$(cell projects S1.P01 activities) $(mlr --icsv --onidx filter '$key == "S1.P01" && $n == 1' then cut -f activity t/activities.csv)" \
        '3 กิจกรรมที่ 1 ออกแบบและทำราคากลาง'
    assert_equal "$(grep -c S1.P01 told)" 0
}

@test "a result of nothing but signs, or one that says that there is none, is none; a ditto mark is not known" {
    for result in '–' '_' '-.' 'N/A' '-ไม่มี-'; do
        assert_equal "$result $(quantity '๓ จังหวัด' "$result")" "$result 3/จังหวัด/= /none "
    done
    assert_equal "$(quantity '๓ จังหวัด' '”')" '3/จังหวัด/= /unknown '
}

@test "an item whose label cannot be read and that has a dash is told" {
    run budget '- ๒) งปรมาณตามัาจ้าง จำนวน - บาท'
    assert_output '/5385000 warning amount-unread'
}

@test "a plan that ends a line with a day, or with a length without its unit, is told" {
    edited 's/^(ระยะเวลาดำเนินงาน) ๑ ปี เริ่มวันที่ ๑ (ตุลาคม ๒๕๖๖.*)$/\1 ๑ ปี เริ่มวันที่ ๑\n\n\2/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning date-unread S1.P01'
    edited 's/^(ระยะเวลาดำเนินงาน) ๑ ปี (เริ่มวันที่ ๑ ตุลาคม.*)$/\1 ๒๗๐\n\nวัน \2/'
    assert_equal "$(cut -d' ' -f1-3 told)" 'warning duration-unread S1.P01'
}

@test "results of activities of which none is left are told" {
    edited '/^#+ รายละเอียดผล/,/^#+ ปัญหา/{/^(- )?ผล|^มีผล|^- /d; s/ *มีผลการดำเนิน.*//}'
    assert_equal "$(mlr --icsv --onidx filter '$key == "S1.P01" && $result != ""' t/activity_results.csv)" ""
    assert_equal "$(grep -c '^warning activity-results-blank S1.P01' told)" 1
}

@test "a plan of activities with a header and no row is told" {
    edited '/^กิจกรรม\tช่วงระยะเวลา/,/^#/{/^กิจกรรมที่/d}'
    assert_equal "$(cell projects S1.P01 activities) $(grep -c '^warning table-empty S1.P01' told)" '0 1'
}

@test "an activity among labelled ones whose label is lost is told" {
    edited '/^#+ รายละเอียดผล/,/^#+ ปัญหา/s/^\*\*กิจกรรมที่ ๒\*\*(.*)$/**๒.\1**/'
    assert_equal "$(grep ' S1.P01 ' told | cut -d' ' -f1-3)" 'warning activity-doubtful S1.P01'
}
