# shellcheck shell=bash
# What the pipelines that keep a store share; to be sourced. They have `set -euo pipefail` and `shopt -s nullglob`.
#
#   STORE/mdes/2567-q3/v0001/        a version: complete, read-only, never changed
#   STORE/mdes/2567-q3/latest        a link to one of them, replaced by rename
#   STORE/mdes/2567-q3/.new-v0002/   a version on its way in: flushed to disk, not yet under its name
#   STORE/mdes/2567-q3/.old-v0001/   a version on its way out
#   STORE/.new.XXXXXX/               the work of a run
#   STORE/.lock                      held by the one that writes
#
# Names that begin with a dot are left over when nobody holds the lock.

# shellcheck source-path=SCRIPTDIR source=command.bash
. "${BASH_SOURCE[0]%/*}/command.bash"

# With it cd goes elsewhere, and says where.
unset CDPATH

dataset_pattern='[a-z][a-z0-9]{0,31}(/[A-Z][A-Z0-9]{0,31})?/[0-9]{4}-q[1-4]'

# write_text FILE TEXT: writes TEXT and reads it again: where one of many lines cannot be written, the shell does not tell.
write_text() {
    local written=
    printf '%s\n' "$2" >"$1" || return
    IFS= read -r -d '' written <"$1" || true
    [[ $written == "$2"$'\n' ]] && return
    echo "error: ${1##*/} cannot be written whole" >&2
    return 2
}

# columns: rows with tabs to a table for the eye; numbers stand to the right.
columns() {
    awk -F '\t' '
        {
            fields = NF > fields ? NF : fields
            for (i = 1; i <= NF; i++) {
                cell[NR, i] = $i
                if (length($i) > width[i]) width[i] = length($i)
                if (NR > 1 && $i !~ /^[-0-9.]*$/) left[i] = 1
            }
        }
        END {
            for (row = 1; row <= NR; row++) {
                line = ""
                for (i = 1; i <= fields; i++)
                    line = line sprintf("%s%" (left[i] ? "-" : "") width[i] "s", i > 1 ? "  " : "", cell[row, i])
                sub(/ +$/, "", line)
                print line
            }
        }'
}

# find_places SCRIPT-FOLDER: sets `bin` (the filters: $TRAIMAT_BIN, else the tree's build/bin, else beside the script)
# and `profiles_here` (the profiles that came with the programs).
find_places() {
    bin=${TRAIMAT_BIN:-}
    if [[ -z $bin ]]; then
        bin=$1
        [[ ! -d ${1%/*}/build/bin ]] || bin=${1%/*}/build/bin
    fi
    [[ $bin == /* ]] || bin=$PWD/$bin
    profiles_here=$1/profiles
    [[ -d $profiles_here ]] || profiles_here=${1%/*}/share/traimat/profiles
}

# program_version: the version of the filters, in REPLY.
program_version() {
    need_programs "$bin"
    REPLY=$("$bin/extract-sections" --version) || trouble "$bin/extract-sections does not run"
    REPLY=${REPLY%%$'\n'*}
    REPLY=${REPLY##* }
}

# newest_version FOLDER: the dataset's newest version in REPLY, empty where it has none.
newest_version() {
    local folder number newest=0
    REPLY=
    for folder in "$1"/v[0-9]*; do
        number=${folder##*/v}
        [[ $number =~ ^[0-9]{4,9}$ && -d $folder && ! -L $folder ]] || continue
        ((10#$number > newest)) || continue
        newest=$((10#$number))
        REPLY=v$number
    done
}

# latest_version FOLDER: the version that `latest` shows, in REPLY; empty where it shows none.
latest_version() {
    local link=
    REPLY=
    [[ -L $1/latest ]] || return 0
    link=$(readlink -- "$1/latest")
    [[ ! $link =~ ^v[0-9]{4,9}$ || ! -d $1/$link || -L $1/$link ]] || REPLY=$link
}

# versions_of FOLDER: the dataset's versions in the array `versions`, oldest first.
versions_of() {
    local folder
    versions=()
    for folder in "$1"/v[0-9]*; do
        [[ ${folder##*/} =~ ^v[0-9]{4,9}$ && -d $folder && ! -L $folder ]] || continue
        versions+=("${folder##*/}")
    done
    ((${#versions[@]} < 2)) || mapfile -t versions < <(printf '%s\n' "${versions[@]}" | sort -V)
}

# datasets_of STORE: the datasets' folders, with or without a version, in the array `datasets`. Links are not followed.
datasets_of() {
    local folder
    datasets=()
    for folder in "$1"/[a-z]*/[0-9]*-q[1-4] "$1"/[a-z]*/[A-Z]*/[0-9]*-q[1-4]; do
        [[ -d $folder && ! -L $folder && ! -L ${folder%/*} && ${folder#"$1/"} =~ ^$dataset_pattern$ ]] || continue
        datasets+=("${folder#"$1/"}")
    done
}

# lock_store STORE SECONDS: takes the store's lock, kept until this program and what it started have ended.
lock_store() {
    exec 9>>"$1/.lock" || trouble "$1: cannot be written"
    flock -n 9 && return
    say "another run holds $1/.lock: waiting up to $2 s"
    flock -w "$2" 9 || trouble "$1/.lock is still held after $2 s: this run gives up"
}

# remove PATH...: links and files, and folders that may be read-only. A link goes before any mode is changed: what it leads to
# keeps its own.
remove() {
    local path folders=()
    for path; do
        if [[ -d $path && ! -L $path ]]; then
            folders+=("$path")
        else
            rm -f -- "$path"
        fi
    done
    ((${#folders[@]})) || return 0
    chmod -Rf u+w -- "${folders[@]}" || true
    rm -rf -- "${folders[@]}"
}

# point_latest FOLDER VERSION: by rename, so that there is a `latest` at every instant. Fails with the first step that does.
point_latest() {
    ln -s -- "$2" "$1/.latest.$$" && mv -T -- "$1/.latest.$$" "$1/latest" && sync -- "$1"
}

# clear_left_over STORE: what killed runs left, and a version that came in and is not shown yet. Needs the lock.
clear_left_over() {
    local folder dataset left=("$1"/.new.*)
    datasets_of "$1"
    for dataset in "${datasets[@]}"; do
        left+=("$1/$dataset"/.new-* "$1/$dataset"/.old-* "$1/$dataset"/.latest.*)
    done
    ((${#left[@]} == 0)) || remove "${left[@]}"
    for dataset in "${datasets[@]}"; do
        folder=$1/$dataset
        newest_version "$folder"
        [[ -z $REPLY || (-L $folder/latest && $folder/latest -ef $folder/$REPLY) ]] || point_latest "$folder" "$REPLY"
    done
}

# store_version NEW-FOLDER STORE DATASET VERSION: a complete folder becomes a version of the dataset, and is shown. Its files,
# it, and the folders that are made for it are flushed before it has its name. Fails with the first step that does: before
# the second rename the store is as it was. (A read-only folder cannot be moved to another one: hence two renames.)
store_version() {
    local folder=$2/$3 new=$2/$3/.new-$4 files=("$1"/*) above=() missing=$2/$3
    files=("${files[@]/#"$1"/"$new"}")
    while [[ ! -d $missing ]]; do
        missing=${missing%/*}
        above+=("$missing")
    done
    { ((${#above[@]} == 0)) || mkdir -p -- "$folder"; } &&
        mv -T -- "$1" "$new" &&
        chmod a-w -- "$new" "${files[@]}" &&
        sync -- "${files[@]}" "$new" "${above[@]}" &&
        mv -T -- "$new" "$folder/$4" &&
        sync -- "$folder" &&
        point_latest "$folder" "$4"
}
