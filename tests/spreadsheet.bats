# pipelines/spreadsheet: a version as a workbook, read back by LibreOffice.
load helpers

setup_file() {
    export STORE=$BATS_FILE_TMPDIR/store
    mkdir -p "$BATS_FILE_TMPDIR/inbox/msc"
    cp -R "$FIXTURES"/inbox/msc/{2567-q2.txt,2567-q3.txt,REEF} "$BATS_FILE_TMPDIR/inbox/msc"
    TRAIMAT_PROFILES=$FIXTURES/profiles "$PIPELINES/nightly" "$BATS_FILE_TMPDIR/inbox" "$STORE" || [[ $? -eq 1 ]]
}

# read_back BOOK.xlsx: each of its sheets as BOOK-SHEET.csv, made by LibreOffice: texts in quotation marks, numbers
# bare and in full, formulas as formulas.
read_back() {
    soffice "-env:UserInstallation=file://$BATS_FILE_TMPDIR/office" --headless --convert-to \
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,true,false,-1' "$1" >log 2>&1
    ls "${1%.xlsx}"-*.csv
}

canonical() {
    sqlite3 :memory: '.import --csv /dev/stdin t' '.mode json' 'SELECT * FROM t' <"$1"
}

@test "every sheet has every cell of its table" {
    need_heavy libreoffice
    "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" book.xlsx
    read_back book.xlsx
    assert_equal "$(ls book-*.csv | wc -l)" "$(ls "$STORE"/msc/2567-q3/latest/*.csv | wc -l)"
    for file in "$STORE"/msc/2567-q3/latest/*.csv; do
        diff <(canonical "$file") <(canonical "book-${file##*/}")
    done
}

@test "numbers are numbers, whole dates are dates, and the dash, months, texts and codes are texts" {
    need_heavy libreoffice
    "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" book.xlsx
    read_back book.xlsx
    # S1.P03: start, end, allocated, contracted (a dash); number 3 is a text (6.1 and 54.A1 are such numbers too).
    assert_equal "$(grep -m 1 '^"S1.P03"' book-projects.csv | cut -d , -f 1-5,10-15)" \
        '"S1.P03",,1,"3",,2024-02-01,2024-09-30,,2640000,"-",'
    # A month alone: S1.P05.A1 starts in January 2567 BE.
    assert_equal "$(grep -m 1 '^"S1.P05.A1"' book-projects.csv | cut -d , -f 10,11)" '"2024-01","2024-06"'
    assert_equal "$(sed -n 2p book-declared.csv)" '"ministry","MSC",12,48.73,18'
}

# What begins as a formula does, and what a spreadsheet would change.
TEXTS=('=1+1' '=HYPERLINK("http://example.org")' "+cmd|' /C calc'!A0" '-2+3' '@SUM(1)' $'\t=1' '-' '2024-01' '1e5' '007'
    '#REF!' 'TRUE' ' two  blanks ' $'two\nlines' '<b>&amp;"' '_x0041_' '{=1}' "'quoted" '๑๒๓ 😀')

odd_version() {
    mkdir odd
    cp "$STORE"/msc/2567-q3/latest/projects.csv odd
    {
        echo key,text,line
        for text in "${TEXTS[@]}"; do
            printf 'S1.P01,"%s",7\n' "${text//\"/\"\"}"
        done
    } >odd/obstacles.csv
}

@test "no text is executed or changed, whatever it begins with" {
    need_heavy libreoffice
    odd_version
    "$PIPELINES/spreadsheet" odd
    read_back odd.xlsx
    for text in "${TEXTS[@]}"; do
        printf '"S1.P01","%s",7\n' "${text//\"/\"\"}"
    done >wanted
    tail -n +2 odd-obstacles.csv | diff wanted -
}

@test "a negative number is a number where a number belongs, and a number with too many digits is a text" {
    need_heavy libreoffice
    mkdir version
    mlr --csv head -n 4 then put '
        NR == 1 {$progress_year = "-3.5"; $budget_allocated = "12345678901234567.89"; $start = "2024-02-30"}
        NR == 2 {$progress_year = "=1+1"; $budget_allocated = "1e5"; $start = "1899-12-31"}
        NR == 3 {$progress_year = "-"; $budget_allocated = "0.1"; $start = "2024-02-29"}
        NR == 4 {$progress_year = "-.5"; $budget_allocated = "007"; $start = "2024"}' \
        "$STORE/msc/2567-q3/latest/projects.csv" >version/projects.csv
    "$PIPELINES/spreadsheet" version
    read_back version.xlsx
    assert_equal "$(tail -n +2 version-projects.csv | cut -d , -f 10,13,22)" \
        '"2024-02-30","12345678901234567.89",-3.5
"1899-12-31","1e5","=1+1"
2024-02-29,0.1,"-"
"2024","007","-.5"'
}

@test "a text that is longer than a cell may be goes on in a column beside" {
    need_heavy libreoffice
    odd_version
    long=$(printf 'ก%.0s' {1..20000})
    printf 'key,text,line\nS1.P01,short,7\nS1.P02,%s,8\n' "$long" >odd/obstacles.csv
    "$PIPELINES/spreadsheet" odd
    read_back odd.xlsx
    assert_equal "$(sed -n 1,2p odd-obstacles.csv)" $'"key","text","text (2)","line"\n"S1.P01","short",,7'
    assert_equal "$(sed -n 3p odd-obstacles.csv | sed 's/","//2')" "\"S1.P02\",\"$long\",8"
}

@test "with --lang the sheets and the header are called as in the schemas" {
    need_heavy libreoffice
    "$PIPELINES/spreadsheet" --lang=th "$STORE/msc/2567-q3" book.xlsx
    read_back book.xlsx
    assert_equal "$(head -n 1 'book-รายงาน.csv')" \
        '"กระทรวง","ปีงบประมาณ","ไตรมาส","วันเริ่มต้นของรอบรายงาน","วันสิ้นสุดของรอบรายงาน","ชื่อรายงาน","จำนวนบรรทัด","SHA-256"'
}

@test "two tables with one title have two names" {
    need_heavy libreoffice
    odd_version
    echo change,key_old,key_new,title,table,n,field,old,new,delta,meaning,line_old,line_new |
        tee odd/changes.csv >odd/quarter-changes.csv
    printf '{"name": "odd", "version": "v1", "resources": [%s, %s]}' \
        "{\"name\": \"changes\", \"schema\": $(<"$PIPELINES/profiles/common/schemas/changes.json")}" \
        "{\"name\": \"quarter-changes\", \"schema\": $(<"$PIPELINES/profiles/common/schemas/changes.json")}" \
        >odd/datapackage.json
    "$PIPELINES/spreadsheet" --lang=en odd
    read_back odd-v1.xlsx
    assert_exist odd-v1-Changes.csv
    assert_exist odd-v1-quarter-changes.csv
}

@test "tables that are compressed give the same workbook" {
    cp -R "$STORE/msc/2567-q3/v0001" packed
    chmod -R u+w packed
    gzip -n packed/sections.csv packed/projects.csv
    "$PIPELINES/spreadsheet" packed one.xlsx
    "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3/v0001" two.xlsx
    cmp one.xlsx two.xlsx
}

@test "the same version gives the same bytes, at any time, in any zone, under any umask" {
    "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" one.xlsx
    sleep 2 # the time within a zip file has steps of two seconds
    (umask 077 && TZ=Asia/Bangkok "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" two.xlsx)
    cmp one.xlsx two.xlsx
}

@test "a workbook is called after its dataset and version, here or in the folder given" {
    "$PIPELINES/spreadsheet" "$STORE/msc/REEF/2567-q3"
    assert_exist msc-reef-2567-q3-v0001.xlsx
    mkdir books
    "$PIPELINES/spreadsheet" "$STORE/msc/2567-q2/v0001" books
    assert_equal "$(ls -A books)" msc-2567-q2-v0001.xlsx
}

@test "trouble leaves the workbook that was there, and nothing else" {
    odd_version
    echo 'S1.P01,short' >>odd/obstacles.csv
    mkdir out
    echo mine >out/odd.xlsx
    run "$PIPELINES/spreadsheet" odd out
    assert_failure 2
    assert_output --partial "obstacles.csv:"
    assert_equal "$(cat out/odd.xlsx)" mine
    assert_equal "$(ls -A out)" odd.xlsx
}

@test "what is no version, no language and no folder is said" {
    mkdir empty
    run "$PIPELINES/spreadsheet" empty
    assert_failure 2
    assert_output "spreadsheet: error: empty: no version: it has no projects.csv"
    run "$PIPELINES/spreadsheet" --lang=fr "$STORE/msc/2567-q3"
    assert_failure 2
    assert_output "spreadsheet: error: --lang is en or th, not fr"
    run "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" nowhere/book.xlsx
    assert_failure 2
    assert_output --partial "nowhere: no such folder"
}

@test "a file that is no workbook and a folder that is not there are refused" {
    mkdir out
    for file in out.csv out/book; do
        run "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" "$file"
        assert_failure 2
        assert_output "spreadsheet: error: $file: no folder, and a workbook's name ends in .xlsx"
    done
    run "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" nowhere/
    assert_failure 2
    assert_output "spreadsheet: error: nowhere/: no such folder"
    run "$PIPELINES/spreadsheet" "$STORE/msc/2567-q3" /proc
    assert_failure 2
    assert_line "spreadsheet: error: /proc: cannot be written"
    run "$PIPELINES/spreadsheet" --lang
    assert_failure 2
    assert_line --index 0 --partial "spreadsheet: error: --lang needs a value; usage"
    assert_equal "$(ls -A out)" ""
}
