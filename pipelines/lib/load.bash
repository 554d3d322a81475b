# shellcheck shell=bash
# What load-sqlite and load-postgres share; to be sourced after tables.bash. A database gets a store's versions by one
# script of SQL, in one transaction, and a file with the rows of its new versions. Files pass from one function to the
# next in a folder WORK:
#   stored, had        the versions of the store and of the database: `DATASET<tab>VERSION<tab>SHA256`, sorted;
#                      the hash is that of SHA256SUMS, and so of all that the version holds
#   structure.sql      the tables     load.sql   what fills them from `raw`
#   rows               the rows of the versions that the database has not
#   refused            the versions that it refused: `DATASET<tab>VERSION<tab>REASON`

load_jq=$(dirname -- "${BASH_SOURCE[0]}")/load.jq

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

# describe_store DIALECT STORE WORK: makes stored, structure.sql and load.sql; DIALECT is one of load.jq's.
describe_store() {
    local store=$2 work=$3 dataset version latest sha256 part
    while IFS=$'\t' read -r dataset version latest; do
        sha256=$(sha256sum <"$store/$dataset/$version/SHA256SUMS") || return 2
        printf '%s\t%s\t%s\n' "$dataset" "$version" "${sha256%% *}" >>"$work/stored"
        jq -c --arg dataset "$dataset" --arg version "$version" --arg sha256 "${sha256%% *}" \
            --argjson latest "$latest" '{$dataset, $version, $sha256, $latest, package: .}' \
            "$store/$dataset/$version/datapackage.json" >>"$work/versions" || return 2
    done < <(versions_of "$store")
    [[ -s $work/versions ]] || { echo "$store: no version in it" >&2 && return 2; }
    LC_ALL=C sort -o "$work/stored" -- "$work/stored"
    for part in structure load; do
        jq -rs --arg dialect "$1" --arg part "$part" -f "$load_jq" "$work/versions" >"$work/$part.sql" || return 2
    done
}

# stage STORE WORK: makes rows: `DATASET VERSION TABLE PLACE OBJECT` with tabs between, none in an object.
stage() {
    local dataset version
    while IFS=$'\t' read -r dataset version _; do
        rows_of_version "$1" "$dataset" "$version" "$2" || return 2
    done < <(LC_ALL=C comm -13 "$2/had" "$2/stored") >"$2/rows"
}

# rows_of_version STORE DATASET VERSION WORK: for stage, one version. Nothing is read that SHA256SUMS does not vouch
# for.
rows_of_version() {
    local folder=$1/$2/$3 path table
    (cd -- "$folder" && sha256sum --quiet --strict -c SHA256SUMS >&2) ||
        { echo "$2 $3: not as its SHA256SUMS says" >&2 && return 2; }
    while IFS=$'\t' read -r table path; do
        [[ $path =~ ^[A-Za-z0-9_-]+\.csv(\.gz)?$ ]] || { echo "$2 $3: $path is no table of it" >&2 && return 2; }
        rows_of "$folder/$path" "$4/complaints" |
            awk -v start="$2"$'\t'"$3"$'\t'"$table" '{ printf "%s\t%d\t%s\n", start, NR, $0 }' || return 2
    done < <(jq -r '.resources[] | select(.schema.fields) | [(.name | gsub("-"; "_") | ascii_downcase), .path] | @tsv' \
        "$folder/datapackage.json")
}

# tell WORK: what was done, one line a version. Status 1 if a version was refused.
tell() {
    local dataset version why
    LC_ALL=C comm -23 "$1/had" "$1/stored" | awk -F '\t' '{ print "removed", $1, $2 }'
    while IFS=$'\t' read -r dataset version _; do
        why=$(awk -F '\t' -v d="$dataset" -v v="$version" '$1 == d && $2 == v { print $3 }' "$1/refused")
        printf '%s %s %s\n' "$([[ -n $why ]] && echo refused || echo loaded)" "$dataset" "$version${why:+: $why}"
    done < <(LC_ALL=C comm -13 "$1/had" "$1/stored")
    [[ ! -s $1/refused ]]
}
