# shellcheck shell=bash
# What the scripts of the bench share: the folders and PATH, and the inputs, each made once. All of it lies in the
# folder TRAIMAT_BENCH, by default build/bench.

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." || exit 2
TRAIMAT_BIN=$(readlink -m -- "${TRAIMAT_BIN:-build/bin}")
tools=$(dirname -- "$TRAIMAT_BIN")/test/bench
bench=${TRAIMAT_BENCH:-build/bench}
scratch=$bench/scratch
mkdir -p -- "$scratch"
PATH=$TRAIMAT_BIN:$PWD/pipelines:$tools:$PATH
export TRAIMAT_BIN scratch NODE_PATH=$PWD/build/bench/npm/node_modules LC_ALL=C.UTF-8

# use_report [made-up]: the report that inputs are made of, the real one; where that is missing or not wanted, a
# made-up one.
use_report() {
    report=../shared/reports/mdes-2567-q3.txt ministry=mdes profiles=pipelines/profiles
    if [[ ! -f $report || ${1:-} == made-up ]]; then
        report=fixtures/inbox/msc/2567-q3.txt ministry=msc profiles=fixtures/profiles
    fi
    export report profiles TRAIMAT_PROFILE=$PWD/$profiles/$ministry
}

# use_inputs BYTES ROWS: from now on the inputs are of that size. These are their names, for commands: $text, the report
# repeated; $gz, the same compressed; $sections, its sections, normalized; $tables, a folder of its tables; $inbox, with
# the report once; $kpis, $projects, $old, $new and $any, tables of ROWS rows as generate.c makes them; $piece, what
# aggregate-progress makes of $projects.
input_names=(text gz sections tables inbox kpis projects old new any piece)
use_inputs() {
    local name
    input_bytes=$1 input_rows=$2
    local folder=$bench/inputs/$ministry-$1-$2
    mkdir -p -- "$folder"
    for name in "${input_names[@]}"; do
        export "$name=$folder/$name"
    done
}

# inputs_in COMMANDS: the names of the inputs that occur in them.
inputs_in() {
    local name
    for name in "${input_names[@]}"; do
        [[ ! $1 =~ \$$name([^a-z_]|$) ]] || echo "$name"
    done
}

# title COMMAND: the command for a person, without the signs of variables.
title() {
    local command=${1//\$scratch\//}
    printf '%s\n' "${command//\$/}"
}

# need NAME...: makes these inputs, where they are missing or older than what they are made of.
need() {
    local name source sources
    for name; do
        case $name in
        text | inbox) sources=("$report") ;;
        gz) need text && sources=("$text") ;;
        sections | tables) need text && sources=("$text" "$TRAIMAT_BIN/extract-sections") ;;
        piece) need projects && sources=("$projects" "$TRAIMAT_BIN/aggregate-progress") ;;
        *) sources=("$tools/generate") ;;
        esac
        for source in "${sources[@]}"; do
            [[ ! ${!name} -nt $source ]] || continue
            echo "bench: making ${!name}" >&2
            rm -rf -- "${!name}"
            make_input "$name" "${!name}.part" 2>"$scratch/log" || (($? == 1)) || {
                cat -- "$scratch/log" >&2
                return 2
            }
            mv -T -- "${!name}.part" "${!name}"
            break
        done
    done
}

# make_input NAME OUT
make_input() {
    local i size
    case $1 in
    text)
        size=$(stat -c %s -- "$report")
        for ((i = 0; i * size < input_bytes; i++)); do cat -- "$report"; done >"$2"
        ;;
    gz) gzip -nc -- "$text" >"$2" ;;
    sections) extract-sections -- "$text" | normalize-thai -c heading,text >"$2" ;;
    tables) report-tables "$text" "$2" ;;
    inbox) mkdir -p -- "$2/$ministry" && cp -- "$report" "$2/$ministry/2567-q3.txt" ;;
    piece) aggregate-progress --partial -- "$projects" >"$2" ;;
    *) generate "$1" "$input_rows" >"$2" ;;
    esac
}
