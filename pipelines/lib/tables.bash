# shellcheck shell=bash
# What the pipelines that read tables share; to be sourced.

# rows_of TABLE ERRORS: the rows of a CSV file, plain or gzip, as JSON objects of texts, one a line, their bytes as
# they stand. Status 2 where a row has too few or too many fields; ERRORS is a file that may be overwritten.
rows_of() {
    gzip -dcf -- "$1" | sqlite3 -batch -init /dev/null :memory: '.import --csv /dev/stdin t' '.mode json' \
        'SELECT * FROM t' 2>"$2" | sed -e '1s/^\[//' -e 's/[],]$//' || return 2
    [[ ! -s $2 ]] || { sed "s,^/dev/stdin,${1//,/\\,}," "$2" >&2 && return 2; }
}

# columns_of TABLE: the names in a CSV file's header, as a JSON array.
columns_of() {
    gzip -dcf -- "$1" | sqlite3 -batch -init /dev/null :memory: '.import --csv /dev/stdin t' \
        "SELECT json_group_array(name) FROM pragma_table_info('t')" 2>/dev/null
}

# count_rows FILE...: `FILE<tab>ROWS` for each table, and `error`, `warning`, `note` with the number of such findings, into
# the array `rows`. A record ends with the line that closes its quotes.
declare -A rows=()
# shellcheck disable=SC2034
count_rows() {
    local name count
    while IFS=$'\t' read -r name count; do
        rows[$name]=$count
    done < <(
        awk -F '"' '
            FNR == 1 { open = 0; file = FILENAME; sub(/^.*\//, "", file); rows[file] = -1 }
            !open && file == "findings.csv" { severities[substr($0, 1, index($0, ",") - 1)]++ }
            { open = (open + NF + 1) % 2; if (NF == 0) open = !open }
            !open { rows[file]++ }
            END {
                for (file in rows) print file "\t" rows[file]
                for (severity in severities) print severity "\t" severities[severity]
            }' "$@"
    )
}
