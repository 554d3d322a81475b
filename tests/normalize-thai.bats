#!/usr/bin/env bats
# normalize-thai: digits, canonical Thai, CSV columns, counts, and what it leaves alone.
# Code points are written as $'\u0e4d' where a sign alone would be hard to read:
#   U+0E31 mai han-akat, U+0E34 sara i, U+0E38 sara u, U+0E47 maitaikhu, U+0E4D nikhahit: vowel signs
#   U+0E48 mai ek, U+0E49 mai tho: tone marks; U+0E4C thanthakhat; U+0E3A phinthu; U+0E4E yamakkan
#   U+0E32 sara aa, U+0E33 sara am, U+0E45 lakkhangyao: vowels behind the letter; U+0E40 sara e, U+0E41 sara ae: before it

load helpers

# normalized INPUT [OPTION...]: the output for INPUT, a dot put behind so that line ends at the end count.
normalized() {
    local input=$1
    shift
    printf '%s' "$input" | "$BIN/normalize-thai" "$@"
    printf .
}

# expect EXPECTED INPUT [OPTION...]
expect() {
    local expected=$1
    shift
    run normalized "$@"
    assert_success
    assert_equal "$output" "$expected."
}

# --- steps ---

@test "Thai digits become ASCII digits" {
    expect 'ร้อยละ 0123456789' 'ร้อยละ ๐๑๒๓๔๕๖๗๘๙'
}

@test "nikhahit and sara aa become sara am" {
    expect $'ส\u0e33รวจ' $'ส\u0e4d\u0e32รวจ'
}

@test "nikhahit, tone mark, sara aa become tone mark and sara am" {
    expect $'น\u0e49\u0e33' $'น\u0e4d\u0e49\u0e32'
}

@test "tone mark, nikhahit, sara aa become tone mark and sara am" {
    expect $'น\u0e49\u0e33' $'น\u0e49\u0e4d\u0e32'
}

@test "nikhahit and lakkhangyao become sara am at once" {
    expect $'ก\u0e33' $'ก\u0e4d\u0e45'
}

@test "nikhahit before another letter stays" {
    expect $'ก\u0e4dก' $'ก\u0e4dก'
}

@test "a vowel sign goes before the tone mark" {
    expect $'ท\u0e35\u0e48' $'ท\u0e48\u0e35'
}

@test "a vowel sign goes before thanthakhat" {
    expect $'ส\u0e34\u0e4c' $'ส\u0e4c\u0e34'
}

@test "phinthu and yamakkan go before the tone mark" {
    expect $'ก\u0e3a\u0e48ก\u0e4e\u0e48' $'ก\u0e48\u0e3aก\u0e48\u0e4e'
}

@test "a tone mark goes before sara am" {
    expect $'น\u0e49\u0e33' $'น\u0e33\u0e49'
}

@test "a tone mark goes before two vowels behind the letter" {
    expect $'เก\u0e49\u0e32\u0e30' $'เก\u0e32\u0e30\u0e49'
}

@test "a tone mark moved to a letter that has one takes its place" {
    expect $'ก\u0e49\u0e32' $'ก\u0e48\u0e32\u0e49'
}

@test "signs that are in order stay" {
    expect $'กี่ เมื่อ ผู้ เพชร์ เด็ก ก็ เกาะ เพราะ สำนัก น้ำ' $'กี่ เมื่อ ผู้ เพชร์ เด็ก ก็ เกาะ เพราะ สำนัก น้ำ'
}

@test "doubled vowel signs become one" {
    expect $'ด\u0e35' $'ด\u0e35\u0e35\u0e35'
}

@test "doubled tone marks become one" {
    expect $'ก\u0e48' $'ก\u0e48\u0e48'
}

@test "of different tone marks the last stays" {
    expect $'ก\u0e49' $'ก\u0e48\u0e49'
}

@test "different vowel signs on a letter both stay" {
    expect $'ก\u0e34\u0e38' $'ก\u0e34\u0e38'
}

@test "doubled vowels behind and before the letter become one" {
    expect $'กา กำ กะ แก โก ไก ใก' $'กาา กำำ กะะ แแก โโก ไไก ใใก'
}

@test "doubled consonants stay" {
    expect 'สรร กรรม ๆๆ' 'สรร กรรม ๆๆ'
}

@test "vowels with a blank between them stay two" {
    expect $'กา าก' $'กา าก'
}

@test "sara e twice becomes sara ae" {
    expect 'แปลก' $'\u0e40\u0e40ปลก'
}

@test "sara e three times becomes sara ae and sara e" {
    expect $'\u0e41\u0e40ก' $'\u0e40\u0e40\u0e40ก'
}

@test "lakkhangyao becomes sara aa" {
    expect $'กา' $'ก\u0e45'
}

@test "lakkhangyao stays after ru and lu" {
    expect $'ฤ\u0e45ษี ฦ\u0e45' $'ฤ\u0e45ษี ฦ\u0e45'
}

@test "zero-width characters go, and what they parted is put right" {
    expect $'ก\u0e33\nแก' $'\ufeffก\u200b\u0e4d\u200c\u200d\u0e32\u2060\n\u0e40\u200b\u0e40ก'
}

@test "odd spaces become spaces, one each" {
    expect 'ก     ข' $'ก\u00a0\u2003\u202f\u3000\u205fข'
}

@test "tabs, line separators and soft hyphens stay" {
    expect $'ก\tข\u2028ค\u00adง\r\n' $'ก\tข\u2028ค\u00adง\r\n'
}

@test "text that is not Thai stays, signs of other scripts too" {
    expect $'naïve “x” – 東京 दान 🇹🇹 १२३ ٣' $'naïve “x” – 東京 दान 🇹🇹 १२३ ٣'
}

@test "an empty input gives an empty output" {
    expect '' ''
}

@test "line ends stay where they are, the last one's lack too" {
    expect $'\n\n1\n\r\n2' $'\n\n๑\n\r\n๒'
}

@test "a mark at the beginning of a line does not join the line before" {
    expect $'ก\u0e35\n\u0e35\u0e48' $'ก\u0e35\n\u0e48\u0e35'
}

# --- steps left out ---

@test "each step can be left out" {
    expect '๑' '๑' --no-digits
    expect $'ก\u0e4d\u0e32' $'ก\u0e4d\u0e32' --no-sara-am
    expect $'ก\u0e48\u0e34' $'ก\u0e48\u0e34' --no-order
    expect $'ก\u0e34\u0e34' $'ก\u0e34\u0e34' --no-doubled
    expect $'\u0e40\u0e40ก' $'\u0e40\u0e40ก' --no-sara-ae
    expect $'ก\u0e45' $'ก\u0e45' --no-lakkhangyao
    expect $'ก\u200bข' $'ก\u200bข' --no-zero-width
    expect $'ก\u00a0ข' $'ก\u00a0ข' --no-spaces
}

@test "a step left out leaves the others" {
    expect $'1 ก\u0e48\u0e34' $'๑\u00a0ก\u0e48\u0e34\u200b' --no-order
}

# --- -d and --to-thai ---

@test "-d changes digits and nothing else" {
    local rest=$'ส\u0e4d\u0e32 \u0e40\u0e40ก ท\u0e48\u0e35 ก\u0e45\u00a0\u200b'
    expect "2567 $rest" "๒๕๖๗ $rest" -d
}

@test "--to-thai is the way back" {
    expect 'พ.ศ. ๒๕๖๗ ๔๘.๗๕ x' 'พ.ศ. 2567 ๔๘.75 x' --to-thai
}

@test "-d and --to-thai together are a wrong use" {
    run "$BIN/normalize-thai" -d --to-thai /dev/null
    assert_failure 2
}

# --- blocks ---

@test "clusters and digits cut by a block's end are whole in the output" {
    # 19 bytes a line divide no block's size, so that every cut comes up.
    perl -e 'for $i (1..40000) { print "\xe0\xb8\x81\xe0\xb9\x8d\xe0\xb8\xb2\xe0\xb9\x91\xe0\xb9\x80\xe0\xb9\x80\n" }' >in
    perl -e 'for $i (1..40000) { print "\xe0\xb8\x81\xe0\xb8\xb3" . "1\xe0\xb9\x81\n" }' >expected
    "$BIN/normalize-thai" in >out
    cmp expected out
    # Through a pipe that gives a few bytes at a time.
    head -n 150 in | perl -e '$| = 1; while (read STDIN, $b, 7) { print $b }' | "$BIN/normalize-thai" >out
    head -n 150 expected | cmp - out
}

@test "a line of many megabytes goes through in little memory" {
    perl -e 'print "\xe0\xb8\x81\xe0\xb9\x91" x 4000000' >in
    # Sanitizers need more address space than that.
    [[ $BIN == */asan/* ]] || ulimit -v 32768
    "$BIN/normalize-thai" in >out
    perl -e 'print "\xe0\xb8\x81" . "1" for 1..4000000' | cmp - out
}

@test "marks without end go through, whatever their number" {
    perl -e 'print "\xe0\xb8\x81" . "\xe0\xb9\x88\xe0\xb9\x8c" x 200000' >in
    "$BIN/normalize-thai" in >out
    "$BIN/normalize-thai" out | cmp - out
}

@test "files are one text: a cluster over their border is put right" {
    printf 'ก\u0e4d' >a
    printf '\u0e32\n' >b
    run "$BIN/normalize-thai" a b
    assert_output $'ก\u0e33'
}

# --- CSV ---

@test "-c changes only the columns named" {
    printf 'a,b,c\n๑,๒,๓\n' >in.csv
    run "$BIN/normalize-thai" -c c,a in.csv
    assert_success
    assert_output $'a,b,c\n1,๒,3'
}

@test "-c keeps line ends, quotes and commas inside fields" {
    printf 'a,b\n"๑,\n""๒""\r\n", ๓\n' >in.csv
    run "$BIN/normalize-thai" -c a in.csv
    assert_output $'a,b\n"1,\n""2""\r\n",๓'
}

@test "-c does not change the header" {
    printf '๑,b\n๑,๒\n' >in.csv
    run "$BIN/normalize-thai" -c ๑ in.csv
    assert_output $'๑,b\n1,๒'
}

@test "a column that is not there is trouble" {
    printf 'a,b\n1,2\n' >in.csv
    run "$BIN/normalize-thai" -c a,x in.csv
    assert_failure 2
    assert_output --partial "column 'x' is missing"
}

@test "several tables with the same columns become one" {
    printf 'a,b\n๑,๒\n' >1.csv
    printf 'b,a\n๔,๓\n' >2.csv
    run "$BIN/normalize-thai" -c a 1.csv 2.csv
    assert_output $'a,b\n1,๒\n3,๔'
}

@test "tables with other columns are trouble" {
    printf 'a\n1\n' >1.csv
    printf 'a,b\n1,2\n' >2.csv
    run "$BIN/normalize-thai" -c a -o out 1.csv 2.csv
    assert_failure 2
    assert_output --partial "2.csv:1:"
    assert_file_not_exist out
}

@test "without -c CSV is text" {
    expect $'a,b\n"1", 2\n' $'a,b\n"๑", ๒\n' -d
}

@test "--bom begins a table with a byte order mark" {
    printf 'a\n๑\n' | "$BIN/normalize-thai" --bom -c a >out
    printf '\xef\xbb\xbfa\n1\n' | cmp - out
}

# --- what is told ---

@test "--count tells each kind with its first line" {
    printf 'ก\n๑ ๒\nท\u0e48\u0e35\u200b\n๓\n' >in
    run "$BIN/normalize-thai" --count -o out in
    assert_success
    assert_line "normalize-thai: in:2: note: digits: 3 changed, the first in this line"
    assert_line "normalize-thai: in:3: note: order: 1 changed, the first in this line"
    assert_line "normalize-thai: in:3: note: zero-width: 1 changed, the first in this line"
    assert_equal "${#lines[@]}" 3
}

@test "--count says when nothing changed" {
    run "$BIN/normalize-thai" --count <<<'กข'
    assert_line "normalize-thai: note: nothing changed"
}

@test "--count does not change the output" {
    printf 'ส\u0e4d\u0e32 ๑\u200b\nก\u0e4d' >in
    "$BIN/normalize-thai" in >plain
    "$BIN/normalize-thai" --count in 2>/dev/null >counted
    cmp plain counted
}

@test "letters that do not belong are left, and found by line" {
    printf 'ตำบลบ่อदान ๑\nภาษาไทย\n東京\nประเทศไทย 🇹🇹 x東\n' >in
    run "$BIN/normalize-thai" -f findings.csv in
    assert_success
    assert_output $'ตำบลบ่อदान 1\nภาษาไทย\n東京\nประเทศไทย 🇹🇹 x東'
    run mlr --icsv --ojsonl cut -o -f severity,rule,line,observed findings.csv
    assert_output '{"severity": "warning", "rule": "foreign-letters", "line": 1, "observed": "दान"}
{"severity": "warning", "rule": "foreign-letters", "line": 4, "observed": "🇹🇹 東"}'
}

@test "in a table findings have the report's lines" {
    printf 'key,line_first,text\nS1.P01,40,"ก\nกद\n"\n' >in.csv
    "$BIN/normalize-thai" -c text -f findings.csv -o out.csv in.csv
    run mlr --icsv --ojsonl cut -o -f key,line findings.csv
    assert_output '{"key": "S1.P01", "line": 41}'
}

@test "Latin and Greek letters, punctuation and bullets belong" {
    printf 'ระบบ ICT “ก” – ค่า α µg ➤ × • é\n' >in
    run "$BIN/normalize-thai" --count in
    refute_output --partial foreign-letters
}

@test "a code of the Thai block that is no character does not belong" {
    printf 'ภาษา\u0e3bไทย\nภาษาไทย\n' >in
    "$BIN/normalize-thai" -f findings.csv in >/dev/null
    run mlr --icsv --ojsonl cut -o -f rule,line findings.csv
    assert_output '{"rule": "foreign-letters", "line": 1}'
}

# --- bytes that are not UTF-8, encodings, gzip, trouble ---

@test "bytes that are not UTF-8 are trouble with their place" {
    printf 'ก\nขค\xff\n' >in
    run "$BIN/normalize-thai" -d -o out in
    assert_failure 2
    assert_output --partial "in:2: error: column 3:"
    assert_file_not_exist out
}

@test "bytes that are not UTF-8 are found far into a long text too" {
    perl -e 'print "\xe0\xb8\x81" x 50, "\n" for 1..5000; print "\xe0\xb8\x81x\xe0\xb9\n"' >in
    run "$BIN/normalize-thai" -o out in
    assert_failure 2
    assert_output --partial "in:5001: error: column 3:"
}

@test "--invalid=replace goes on with U+FFFD, and its status is 1" {
    printf 'ก\xff๑\n\xe0\xb9' >in
    run "$BIN/normalize-thai" --invalid=replace -f findings.csv in
    assert_failure 1
    assert_output $'ก\ufffd1\n\ufffd'
    run mlr --icsv --ojsonl filter '$rule == "invalid-utf8"' then cut -o -f severity,line findings.csv
    assert_output '{"severity": "error", "line": 1}
{"severity": "error", "line": 2}'
}

@test "a table with a byte order mark before a quoted header is read" {
    printf '\xEF\xBB\xBF"key","text"\n"S1","๑๒"\n' >in.csv
    assert_equal "$("$BIN/normalize-thai" -c text in.csv)" $'key,text\nS1,12'
}

@test "an empty field of a table's only column is no blank line" {
    printf 'a\n""\n๑\n' >in.csv
    assert_equal "$("$BIN/normalize-thai" -c a in.csv)" $'a\n""\n1'
}

@test "a row of very many fields ends the program with its line" {
    { echo a,b && echo 1,2 && yes , | head -20000 | tr -d '\n'; } >in.csv
    run "$BIN/normalize-thai" -c a in.csv
    assert_equal "$status" 2
    assert_output "normalize-thai: in.csv:3: error: a row of more than 10000 fields"
}

@test "a file that is cut inside a letter is told to be cut, not to be TIS-620" {
    printf 'ภาษาไทยก\xE0\xB8' >in
    run "$BIN/normalize-thai" in
    assert_equal "$status" 2
    assert_output --partial "in:1: error: column 9: the input ends inside a character"
}

@test "TIS-620 is read with --encoding, and named without" {
    printf 'ร้อยละ ๔๘ ของเป้าหมาย' | iconv -t TIS-620 >in
    run "$BIN/normalize-thai" --encoding=tis-620 in
    assert_output 'ร้อยละ 48 ของเป้าหมาย'
    run "$BIN/normalize-thai" in
    assert_failure 2
    assert_output --partial 'tis-620'
}

@test "gzip comes in and goes out" {
    printf '๑\n' | gzip >in.gz
    "$BIN/normalize-thai" -o out.gz in.gz
    run gzip -dc out.gz
    assert_output 1
}

@test "a missing file is trouble, and the output is not made" {
    run "$BIN/normalize-thai" -o out /nonexistent
    assert_failure 2
    assert_file_not_exist out
}

@test "a full disk is trouble" {
    [[ -c /dev/full ]] || skip "no /dev/full"
    run bash -c "echo ๑ | '$BIN/normalize-thai' >/dev/full"
    assert_failure 2
}

@test "an unknown option is trouble" {
    run "$BIN/normalize-thai" --no-such-step
    assert_failure 2
}

# --- properties ---

@test "the properties hold: idempotent, same by vector and portable code, at every cut, rest untouched" {
    local library=$BIN/../obj/libtraimat.a flags=(-O2) quick=()
    [[ -f $library ]] || skip "needs the library beside the programs"
    if [[ $BIN == */asan/* ]]; then
        flags=(-O1 -fsanitize=address,undefined)
        quick=(-q)
    fi
    "${CC:-cc}" -std=c11 -D_XOPEN_SOURCE=700 "${flags[@]}" -I "$ROOT/filters/lib" -o properties \
        "$ROOT/tests/fuzz/normalize_properties.c" "$library"
    run ./properties "${quick[@]}"
    assert_success
    assert_output --regexp '^[0-9]+ comparisons hold$'
}

@test "TRAIMAT_VECTOR forbids instructions and changes nothing" {
    perl -e 'for $i (1..3000) { print "\xe0\xb8\x81\xe0\xb9\x8d\xe0\xb8\xb2 \xe0\xb9\x91" x ($i % 7), "x" x ($i % 5), "\n" }' >in
    "$BIN/normalize-thai" in >expected
    local level
    for level in none sse2 avx2 avx512; do
        TRAIMAT_VECTOR=$level "$BIN/normalize-thai" in | cmp - expected
    done
}

# --- the real report ---

@test "the real report differs only in digits and 21 words with a separate nikhahit" {
    need_report
    "$BIN/normalize-thai" "$REPORT" >out
    # 22063 digits, two bytes less each; 21 sara am (all of them สำรวจ), three bytes less each.
    assert_equal "$(($(wc -c <"$REPORT") - $(wc -c <out)))" $((22063 * 2 + 21 * 3))
    perl -Mutf8 -CSD -pe 'tr/๐-๙/0-9/; s/ส\x{e4d}\x{e32}รวจ/สำรวจ/g' "$REPORT" | cmp - out
    "$BIN/normalize-thai" out | cmp - out
}

@test "-d on the real report is what tr would make of it" {
    need_report
    perl -Mutf8 -CSD -pe 'tr/๐-๙/0-9/' "$REPORT" >expected
    "$BIN/normalize-thai" -d "$REPORT" | cmp - expected
}

@test "there and back again: the report's digits" {
    need_report
    "$BIN/normalize-thai" --to-thai "$REPORT" | "$BIN/normalize-thai" -d >out
    "$BIN/normalize-thai" -d "$REPORT" | cmp - out
}

@test "a quoted field of many blocks, doubled quotes and line ends in it, comes out as it went in" {
    perl -e 'print qq(a,b\n"), qq(x""y,\n) x 60_000, qq(",""\n"""",z\n)' >long.csv
    perl -e 'print qq(a,b\n"), qq(x""y,\n) x 60_000, qq(",\n"""",z\n)' >expected.csv
    "$BIN/normalize-thai" -c a long.csv >out.csv
    cmp out.csv expected.csv
}

@test "text behind a closing quote is malformed CSV, named with its line" {
    printf 'a,b\n"x\ny" z,1\n' >bad.csv
    run "$BIN/normalize-thai" -c a bad.csv
    assert_failure 2
    assert_output --partial "bad.csv:2: error: malformed CSV"
}
