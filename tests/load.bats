# pipelines/load-sqlite and load-postgres: a store in a database, value by value.
load helpers

# One store for all tests, and where heavy tools are, one PostgreSQL server of our own. It runs as a plain user, for
# it refuses root, in a folder with a path short enough for a socket.
setup_file() {
    export STORE=$BATS_FILE_TMPDIR/store
    mkdir -p "$BATS_FILE_TMPDIR/inbox/msc"
    cp -R "$FIXTURES"/inbox/msc/{2567-q2.txt,2567-q3.txt,REEF} "$BATS_FILE_TMPDIR/inbox/msc"
    TRAIMAT_PROFILES=$FIXTURES/profiles "$PIPELINES/nightly" "$BATS_FILE_TMPDIR/inbox" "$STORE" || [[ $? -eq 1 ]]
    [[ ${TRAIMAT_TEST_ALL:-} == 1 ]] || return 0
    SERVER=$(mktemp -d /tmp/traimat.XXXXXX)
    export SERVER PGHOST=$SERVER PGUSER=officer PGDATABASE=postgres
    [[ $EUID -ne 0 ]] || chown postgres "$SERVER"
    (cd "$SERVER" && as_plain_user initdb -D data -A trust -U officer -E UTF8 --locale=C.UTF-8 -N >initdb.log &&
        as_plain_user pg_ctl -D data -w -l log -o "-F -k $SERVER -c listen_addresses=''" start)
}

teardown_file() {
    [[ -n ${SERVER:-} ]] || return 0
    (cd "$SERVER" && as_plain_user pg_ctl -D data -w -m immediate stop)
    rm -rf -- "$SERVER"
}

# as_plain_user PROGRAM ARG...: one of PostgreSQL's own programs.
as_plain_user() {
    local bin
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    if [[ $EUID -eq 0 ]]; then
        PATH=$PATH:/usr/sbin:/sbin runuser -u postgres -- "$bin/$1" "${@:2}"
    else
        "$bin/$1" "${@:2}"
    fi
}

setup() {
    helpers_setup
    if [[ -n ${SERVER:-} ]]; then
        psql -Xq -c 'SET client_min_messages = warning; DROP SCHEMA IF EXISTS traimat CASCADE'
    fi
}

# own_store: a copy of the store that a test may change.
own_store() {
    cp -R "$STORE" store
    chmod -R u+w store
}

# seal VERSION: the hashes of a version that a test has changed.
seal() {
    (cd -- "$1" && rm SHA256SUMS && sha256sum -- * >"$T/sums" && mv "$T/sums" SHA256SUMS)
}

sqlite() {
    sqlite3 -batch -init /dev/null store.db "$@"
}

postgres() {
    psql -XAtq -F '|' -v ON_ERROR_STOP=1 -c 'SET search_path = traimat' "${@:2}" -c "$1"
}

# Both take a query and print CSV with a header.
sqlite_csv() {
    sqlite -csv -header "$1"
}
postgres_csv() {
    postgres "$1" --csv -P tuples_only=off
}

# canonical: a CSV table with a header, whatever it quotes, as JSON, by Miller; absent and empty are one, and so are a
# header alone and nothing.
canonical() {
    mlr --icsv --ojson -S cat
}

# same_as_files QUERY STORE: for each table of each version, the database gives the rows of the file, in their order.
same_as_files() {
    local file version columns tables=0
    while IFS= read -r file; do
        version=${file#"$2/"}
        version=${version%/*}
        columns=$(gzip -dcf "$file" | head -n 1 | sed 's/[^,]*/"&"/g')
        file=${file##*/}
        table=${file%%.*}
        table=${table,,}
        "$1" "SELECT $columns FROM \"${table//-/_}\"
            WHERE dataset = '${version%/*}' AND version = '${version##*/}' ORDER BY \"row\"" >had.csv
        canonical <had.csv >had
        gzip -dcf "$2/$version/$file" >wanted.csv
        canonical <wanted.csv >wanted
        diff wanted had || { echo "$version/$file" && return 1; }
        tables=$((tables + 1))
    done < <(find "$2" -path '*/v0*' -name '*.csv*')
    assert [ "$tables" -ge 14 ]
}

@test "SQLite has every row and every value of every table" {
    run "$PIPELINES/load-sqlite" "$STORE" store.db
    assert_success
    assert_output - <<'END'
loaded msc/2567-q2 v0001
loaded msc/2567-q3 v0001
loaded msc/REEF/2567-q3 v0001
END
    same_as_files sqlite_csv "$STORE"
}

@test "PostgreSQL has every row and every value of every table" {
    need_heavy postgresql
    run "$PIPELINES/load-postgres" "$STORE"
    assert_success
    assert_line 'loaded msc/REEF/2567-q3 v0001'
    same_as_files postgres_csv "$STORE"
}

@test "both databases have the same tables, views and columns, and answer alike" {
    need_heavy postgresql
    "$PIPELINES/load-sqlite" "$STORE" store.db
    "$PIPELINES/load-postgres" "$STORE"
    sqlite "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c
        WHERE m.type IN ('table', 'view') ORDER BY 1, c.cid" >sqlite.columns
    postgres "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'traimat'
        ORDER BY table_name COLLATE \"C\", ordinal_position" >postgres.columns
    diff sqlite.columns postgres.columns
    # What the reports state, as numbers and dates, and sums of it.
    for query in \
        'SELECT dataset, "key", start, start_date, duration_days_number FROM projects ORDER BY dataset, "key"' \
        'SELECT dataset, agency, count(*) AS projects, sum(budget_allocated_number) AS allocated,
            sum(budget_contracted_number) AS contracted FROM latest_projects GROUP BY dataset, agency ORDER BY dataset, agency'; do
        sqlite_csv "$query" >sqlite.csv
        postgres_csv "$query" >postgres.csv
        canonical <sqlite.csv >wanted
        canonical <postgres.csv | diff wanted -
        assert [ "$(csv_count sqlite.csv)" -ge 3 ]
    done
}

@test "what is printed stays as it is, and beside it stands the number or the date, where it is one" {
    own_store
    version=store/msc/2567-q2/v0001
    # Of one project's money: a number, a dash, a text; of its dates: a month, and a day that no calendar has.
    mlr --csv put 'NR == 1 {$budget_allocated = "1.50"; $budget_contracted = "-"; $budget_disbursed = "คืนงบประมาณ";
        $start = "2024-01"; $end = "2024-02-30"; $progress_year = "-3.5"}' "$version/projects.csv" >new.csv
    mv new.csv "$version/projects.csv"
    seal "$version"
    "$PIPELINES/load-sqlite" store store.db
    query="SELECT budget_allocated, budget_allocated_number, budget_contracted, budget_contracted_number,
        budget_disbursed, budget_disbursed_number, start, start_date, \"end\", end_date, progress_year_number
        FROM projects WHERE dataset = 'msc/2567-q2' AND \"row\" = 1"
    assert_equal "$(sqlite "$query")" '1.50|1.5|-||คืนงบประมาณ||2024-01||2024-02-30||-3.5'
    [[ -n ${SERVER:-} ]] || return 0
    "$PIPELINES/load-postgres" store
    assert_equal "$(postgres "$query")" '1.50|1.50|-||คืนงบประมาณ||2024-01||2024-02-30||-3.5'
}

@test "a number with more digits than SQLite keeps stays exact" {
    own_store
    version=store/msc/2567-q2/v0001
    sed -i '2s/^\(ministry,MSC,[0-9]*,[0-9]*,[^,]*\),[^,]*/\1,12345678901234567.89/' "$version/aggregates.csv"
    seal "$version"
    "$PIPELINES/load-sqlite" store store.db
    query="SELECT allocated FROM aggregates WHERE dataset = 'msc/2567-q2' AND scope = 'ministry'"
    assert_equal "$(sqlite "$query")" 12345678901234567.89
    [[ -n ${SERVER:-} ]] || return 0
    "$PIPELINES/load-postgres" store
    assert_equal "$(postgres "$query")" 12345678901234567.89
}

# A text of everything that is special to a shell, to CSV, to JSON, to either SQL, or to either shell of it.
HOSTILE=$'a "b" \'c\'); DROP TABLE projects; --\r\n\\.\n.quit\n\\q\t:x $(touch x) `touch y` %s \\x41 \x01\x1f ๙ 😀 '

hostile_store() {
    own_store
    version=store/msc/2567-q2/v0001
    printf 'key,text,line\nS1.P01,"%s",7\n' "${HOSTILE//\"/\"\"}" | gzip -n >"$version/obstacles.csv.gz"
    rm "$version/obstacles.csv"
    jq --arg hostile "$HOSTILE" '.program_version = "\n.shell touch x\n\\! touch y\n\($hostile)"
        | (.resources[] | select(.name == "obstacles")).path = "obstacles.csv.gz"' "$version/datapackage.json" >new.json
    mv new.json "$version/datapackage.json"
    seal "$version"
}

@test "hostile text in a compressed table arrives in SQLite byte for byte, and does nothing" {
    hostile_store
    "$PIPELINES/load-sqlite" store store.db
    assert_equal "$(sqlite "SELECT hex(text) FROM obstacles WHERE dataset = 'msc/2567-q2'")" \
        "$(printf %s "$HOSTILE" | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F)"
    same_as_files sqlite_csv store
    assert_not_exist x
    assert_not_exist y
}

@test "hostile text in a compressed table arrives in PostgreSQL byte for byte, and does nothing" {
    need_heavy postgresql
    hostile_store
    "$PIPELINES/load-postgres" store
    assert_equal "$(postgres "SELECT encode(convert_to(text, 'UTF8'), 'hex') FROM obstacles WHERE dataset = 'msc/2567-q2'")" \
        "$(printf %s "$HOSTILE" | od -An -v -tx1 | tr -d ' \n')"
    same_as_files postgres_csv store
}

# again LOAD QUERY: what a second run does for a store that stayed, grew, lost a version, and changed one.
again() {
    own_store
    "$1" store
    before=$("$2" 'SELECT * FROM projects ORDER BY dataset, version, "row"')
    run "$1" store
    assert_success
    refute_output
    assert_equal "$("$2" 'SELECT * FROM projects ORDER BY dataset, version, "row"')" "$before"

    cp -R store/msc/2567-q3/v0001 store/msc/2567-q3/v0002
    ln -sfn v0002 store/msc/2567-q3/latest
    rm -r store/msc/REEF
    sed -i 's/^S1.P01,\(.*\),2$/S1.P01,\1,3/; 2s/,PORT,/,REEF,/' store/msc/2567-q2/v0001/projects.csv
    seal store/msc/2567-q2/v0001
    run "$1" store
    assert_success
    assert_output - <<'END'
removed msc/2567-q2 v0001
removed msc/REEF/2567-q3 v0001
loaded msc/2567-q2 v0001
loaded msc/2567-q3 v0002
END
    same_as_files "$2" store
    assert_equal "$("$2" 'SELECT dataset, version, CASE WHEN latest THEN 1 ELSE 0 END FROM versions ORDER BY 1, 2' | tail -n +2)" \
        $'msc/2567-q2,v0001,1\nmsc/2567-q3,v0001,0\nmsc/2567-q3,v0002,1'
    assert_equal "$("$2" 'SELECT DISTINCT dataset, version FROM latest_results ORDER BY 1' | tail -n +2)" \
        $'msc/2567-q2,v0001\nmsc/2567-q3,v0002'
    assert_equal "$("$2" "SELECT count(*) FROM kpis WHERE dataset LIKE '%REEF%'" | tail -n 1)" 0
}

to_sqlite() {
    "$PIPELINES/load-sqlite" "$1" store.db
}
to_postgres() {
    "$PIPELINES/load-postgres" "$1"
}

@test "run again, SQLite gets what is new and loses what is gone, and views show the latest" {
    again to_sqlite sqlite_csv
}

@test "run again, PostgreSQL gets what is new and loses what is gone, and views show the latest" {
    need_heavy postgresql
    again to_postgres postgres_csv
}

# keys LOAD QUERY: the keys of the schemas are the database's own.
keys() {
    "$1" "$STORE"
    for statement in \
        "INSERT INTO projects (dataset, version, \"row\", \"key\") VALUES ('msc/2567-q2', 'v0001', 999, 'S1.P01')" \
        "INSERT INTO obstacles (dataset, version, \"row\", \"key\", line) VALUES ('msc/2567-q2', 'v0001', 999, 'S9.P99', 1)" \
        "INSERT INTO kpis (dataset, version, \"row\", \"key\", n, year) VALUES ('msc/2567-q2', 'v0001', 999, 'S1.P01', 1, 2567)" \
        "INSERT INTO report (dataset, version, \"row\") VALUES ('msc/2567-q9', 'v0001', 1)"; do
        run "$2" "$statement"
        assert_failure
        assert_output --regexp 'UNIQUE|FOREIGN KEY|unique|foreign key'
    done
}

@test "primary and foreign keys hold in SQLite" {
    checked() { sqlite 'PRAGMA foreign_keys = ON' "$1"; }
    keys to_sqlite checked
    assert_equal "$(sqlite 'PRAGMA foreign_key_check' 'PRAGMA integrity_check')" ok
}

@test "primary and foreign keys hold in PostgreSQL" {
    need_heavy postgresql
    keys to_postgres postgres
}

# refuses LOAD QUERY: a version that breaks its keys or its types stops only itself.
refuses() {
    own_store
    sed -i '3s/^S1.P02/S1.P01/' store/msc/2567-q2/v0001/projects.csv
    seal store/msc/2567-q2/v0001
    sed -i '2s/,2567,/,next year,/' store/msc/REEF/2567-q3/v0001/kpis.csv
    seal store/msc/REEF/2567-q3/v0001
    run "$1" store
    assert_failure 1
    assert_line --regexp '^refused msc/2567-q2 v0001: .*(two rows have one key|is not in projects)'
    assert_line 'loaded msc/2567-q3 v0001'
    assert_line 'refused msc/REEF/2567-q3 v0001: kpis: year is no integer'
    assert_equal "$("$2" 'SELECT dataset FROM versions' | tail -n +2)" msc/2567-q3
    assert_equal "$("$2" 'SELECT DISTINCT dataset FROM kpis' | tail -n +2)" msc/2567-q3
}

@test "SQLite refuses a version that breaks its keys or types, and takes the others" {
    refuses to_sqlite sqlite_csv
}

@test "PostgreSQL refuses a version that breaks its keys or types, and takes the others" {
    need_heavy postgresql
    refuses to_postgres postgres_csv
}

# damaged LOAD QUERY: a damaged version is trouble, and the database stays as it was.
damaged() {
    own_store
    "$1" store
    cp -R store/msc/2567-q3/v0001 store/msc/2567-q3/v0002
    echo 'S1.P01,more,9' >>store/msc/2567-q3/v0002/obstacles.csv
    rm -r store/msc/REEF
    run "$1" store
    assert_failure 2
    assert_output --partial 'msc/2567-q3 v0002: not as its SHA256SUMS says'
    assert_equal "$("$2" 'SELECT count(*) FROM versions' | tail -n 1)" 3
}

@test "a damaged version leaves SQLite as it was" {
    damaged to_sqlite sqlite_csv
}

@test "a damaged version leaves PostgreSQL as it was" {
    need_heavy postgresql
    damaged to_postgres postgres_csv
}

@test "a row with a field too few is trouble, not a guess" {
    own_store
    echo 'S1.P01,short' >>store/msc/2567-q2/v0001/obstacles.csv
    seal store/msc/2567-q2/v0001
    run to_sqlite store
    assert_failure 2
    assert_output --partial 'obstacles.csv:'
    assert [ ! -s store.db ]
}

@test "a table whose name has a dash has an underline there" {
    own_store
    version=store/msc/2567-q2/v0001
    cp "$version/obstacles.csv" "$version/old-obstacles.csv"
    jq '.resources += [.resources[] | select(.name == "obstacles") | .name = "old-obstacles" | .path = "old-obstacles.csv"]' \
        "$version/datapackage.json" >new.json
    mv new.json "$version/datapackage.json"
    seal "$version"
    to_sqlite store
    same_as_files sqlite_csv store
    assert_equal "$(sqlite 'SELECT count(*) FROM latest_old_obstacles')" 3
}

@test "a schema with another column makes the tables anew, in both" {
    own_store
    to_sqlite store
    [[ -z ${SERVER:-} ]] || to_postgres store
    version=store/msc/2567-q2/v0001
    sed -i '1s/$/,cause/; 2,$s/$/,storm/' "$version/obstacles.csv"
    jq '(.resources[] | select(.name == "obstacles")).schema.fields += [{name: "cause", type: "string"}]' \
        "$version/datapackage.json" >new.json
    mv new.json "$version/datapackage.json"
    seal "$version"
    run to_sqlite store
    assert_success
    assert_equal "$(sqlite "SELECT DISTINCT dataset, cause FROM obstacles ORDER BY 1")" $'msc/2567-q2|storm\nmsc/2567-q3|'
    [[ -n ${SERVER:-} ]] || return 0
    run to_postgres store
    assert_success
    assert_equal "$(postgres "SELECT DISTINCT dataset, cause FROM obstacles ORDER BY 1")" $'msc/2567-q2|storm\nmsc/2567-q3|'
}

@test "a database of somebody else is left alone" {
    sqlite3 other.db 'CREATE TABLE versions (mine)'
    before=$(sha256sum other.db)
    run "$PIPELINES/load-sqlite" "$STORE" other.db
    assert_failure 2
    assert_output --partial "other.db: is there and was not made by load-sqlite"
    assert_equal "$(sha256sum other.db)" "$before"
    [[ -n ${SERVER:-} ]] || return 0
    psql -Xq -c 'CREATE SCHEMA traimat' -c 'CREATE TABLE traimat.mine (a int)'
    run "$PIPELINES/load-postgres" "$STORE"
    assert_failure 2
    assert_output --partial "the schema traimat is there and was not made by load-postgres"
}

@test "four loads at once into one file are one after the other" {
    for i in 1 2 3 4; do
        to_sqlite "$STORE" >"out.$i" &
        pids[i]=$!
    done
    for i in 1 2 3 4; do
        wait "${pids[i]}"
    done
    assert_equal "$(cat out.* | sort)" $'loaded msc/2567-q2 v0001\nloaded msc/2567-q3 v0001\nloaded msc/REEF/2567-q3 v0001'
    assert_equal "$(sqlite 'PRAGMA integrity_check')" ok
}

@test "a load that is killed leaves the file as it was, and the next one completes" {
    own_store
    to_sqlite store
    cp -R store/msc/2567-q3/v0001 store/msc/2567-q3/v0002
    before=$(sqlite .dump | sha256sum)
    # At parts of the time that a run takes which is not killed.
    cp store.db whole.db
    began=$EPOCHREALTIME
    "$PIPELINES/load-sqlite" store whole.db
    took=$((${EPOCHREALTIME/./} - ${began/./}))
    for percent in 10 25 40 55 70 80 90; do
        TMPDIR=$T setsid "$PIPELINES/load-sqlite" store store.db >out 2>&1 &
        after=$((took * percent / 100))
        sleep "$((after / 1000000)).$(printf %06d $((after % 1000000)))"
        kill -KILL -- "-$!" 2>/dev/null || true
        wait "$!" || true
        [[ $(sqlite 'SELECT count(*) FROM versions') == 4 ]] || assert_equal "$(sqlite .dump | sha256sum)" "$before"
    done
    run to_sqlite store
    assert_success
    assert_equal "$(sqlite 'SELECT count(*) FROM versions')" 4
}

@test "a server that is not there is trouble" {
    command -v psql >/dev/null || skip "needs psql"
    run "$PIPELINES/load-postgres" "$STORE" -h "$T/nowhere" mine
    assert_failure 2
    assert_line --index 0 --partial "load-postgres: error:"
    assert_equal "$(grep -c 'load-postgres: error' <<<"$output")" 1
}

@test "a store that is empty or not there is trouble, and no file is made" {
    mkdir empty
    for store in empty nowhere; do
        run "$PIPELINES/load-sqlite" "$store" store.db
        assert_failure 2
        assert_output --partial "load-sqlite: error: $store: no"
        assert_not_exist store.db
    done
}

@test "the query of the manual page gives what each strategy spent, quarter by quarter" {
    need_heavy postgresql
    to_postgres "$STORE"
    sed -n '/^SET search_path/,/^\.Ed/p' "$PIPELINES/load-postgres.1" | sed '$d' >query.sql
    # Strategy 1: 9872500 of one project in the third quarter; strategy 2: 3000000 + 3420100.50.
    run psql -XAtq -f query.sql
    assert_line '2567-q3|1|9872500'
    assert_line '2567-q3|2|6420100.5'
}

@test "a folder that cannot be written is status 2" {
    TMPDIR=/nowhere run "$PIPELINES/load-sqlite" "$T" store.db
    assert_failure 2
    assert_line "load-sqlite: error: /nowhere: cannot be written"
}
