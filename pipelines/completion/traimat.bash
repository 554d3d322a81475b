# shellcheck shell=bash
# Completion for bash of traimat's filters and pipelines: their long options, the values of those options that have
# a few, and files. Which options there are each command is asked itself, so none can be missing.

_traimat() {
    local word=${COMP_WORDS[COMP_CWORD]} option='' options values=''
    COMPREPLY=()
    # `--option=value` is three words here, unless the user took = out of COMP_WORDBREAKS.
    if [[ $word == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]} word=
    elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $word == --*=* ]]; then
        option=${word%%=*} word=${word#*=}
    else
        option=${COMP_WORDS[COMP_CWORD - 1]}
    fi
    case $option in
    --encoding) values='utf-8 tis-620' ;;
    --format) values='csv text markdown' ;;
    --from) values='summary detail' ;;
    --invalid) values='error replace' ;;
    --lang | --language) values='en th' ;;
    --missing) values='zero skip' ;;
    --weight) values='equal budget' ;;
    -t | --table)
        values='report projects objectives kpis results activities activity_results obstacles strategy_kpis summary
            declared'
        ;;
    esac
    if [[ -n $values ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
    elif [[ $word == -* ]]; then
        options=$("$1" --help 2>/dev/null | grep -oE -e '--[a-z][a-z0-9-]*=?' | LC_ALL=C sort -u)
        mapfile -t COMPREPLY < <(compgen -W "$options --help --version" -- "$word" | LC_ALL=C sort -u)
        [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace
    fi
}

complete -o default -o bashdefault -F _traimat \
    aggregate-progress compare-quarters diff-quarters extract-records extract-sections load-postgres load-sqlite nightly \
    normalize-thai report-page report-tables spreadsheet store validate-kpi
