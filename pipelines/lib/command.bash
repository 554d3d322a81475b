# shellcheck shell=bash
# What all pipelines share; to be sourced. They have `set -euo pipefail`. A command that fails and is not expected to is
# trouble: status 2.

set -E
trap 'exit 2' ERR

self=${0##*/}

say() {
    printf '%s: %s\n' "$self" "$1" >&2
}

# Ends the program with status 2.
trouble() {
    say "error: $1"
    exit 2
}

# needs_value OPTION [VALUE]...: what is left of the command line, of which the option must have a value. `usage` is the
# pipeline's.
# shellcheck disable=SC2154
needs_value() {
    [[ -n ${2-} ]] || trouble "$1 needs a value; $usage"
}

# need_programs FOLDER: the filters must be there.
need_programs() {
    [[ -x $1/extract-sections ]] || trouble "no programs in $1; run make"
}

# need_folder FOLDER: it must be there, and be one.
need_folder() {
    [[ -e $1 ]] || trouble "$1: no such folder"
    [[ -d $1 ]] || trouble "$1: is no folder"
}

# first_bytes FILE: in REPLY, up to eight, none behind a NUL.
first_bytes() {
    REPLY=
    { LC_ALL=C IFS= read -r -d '' -n 8 REPLY <"$1" || true; } 2>/dev/null
}

# other_format FIRST-BYTES: what a file is that begins with them and so is no report, and what to do, in REPLY; empty
# where it may be one.
other_format() {
    local LC_ALL=C
    case $1 in
    PK[$'\x03\x05\x07']*) REPLY='is a zip archive, as Excel and Word files are (.xlsx, .docx): save it as plain text in UTF-8' ;;
    $'\xd0\xcf\x11\xe0'*) REPLY='is a file of an old Excel or Word (.xls, .doc): save it as plain text in UTF-8' ;;
    %PDF-*) REPLY='is a PDF file: take its text out first, as with pdftotext or OCR' ;;
    $'\xff\xfe'* | $'\xfe\xff'*) REPLY='is in UTF-16: iconv -f UTF-16 -t UTF-8 makes UTF-8 of it' ;;
    *) REPLY= ;;
    esac
}
