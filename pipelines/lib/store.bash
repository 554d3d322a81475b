# shellcheck shell=bash
# What the pipelines that read a store share; to be sourced.

# versions_of STORE: `DATASET<tab>VERSION<tab>LATEST` for each version, in order; LATEST is true or false.
# Names that a store does not give are passed over, and links are not followed.
versions_of() {
    local path dataset version latest
    local name='^[a-z][a-z0-9]*(/[A-Z][A-Z0-9]*)?/[0-9]{4}-q[1-4]/v[0-9]{4,}$'
    while IFS= read -r path; do
        [[ $path =~ $name && -f $1/$path/datapackage.json ]] || continue
        dataset=${path%/*}
        version=${path##*/}
        latest=false
        [[ $(readlink -- "$1/$dataset/latest") != "$version" ]] || latest=true
        printf '%s\t%s\t%s\n' "$dataset" "$version" "$latest"
    done < <(find "$1/" -mindepth 3 -maxdepth 4 -type d -name 'v[0-9]*' -printf '%P\n' | LC_ALL=C sort)
}

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
