# Shell completion: every long option that a command's manual page has, in bash and in zsh.
load helpers

# commands: the filters and pipelines, as paths.
commands() {
    local file
    for file in "$BIN"/* "$PIPELINES"/*; do
        [[ ! -f $file || ! -x $file ]] || echo "$file"
    done
}

# options_of COMMAND: the long options of its manual page, sorted. Those that begin with --no- are said by the list of steps.
options_of() {
    local page steps
    page=$(compgen -G "$ROOT/*/${1##*/}.1") || fail "$1 has no manual page"
    steps=$(sed -n 's/^\.It Cm \([a-z-]*\)$/\1/p' "$page")
    sed -n 's/^\.It Fl //p' "$page" | tr ' ' '\n' | sed -nE 's/^\\?-([a-z][a-z0-9-]*)$/--\1/p' | while IFS= read -r option; do
        if [[ $option == --no- ]]; then
            sed 's/^/--no-/' <<<"$steps"
        else
            echo "$option"
        fi
    done | sort -u >options
    grep -qx -e --version options || fail "$page has no list of options"
    cat options
}

# in_bash WORD...: what bash makes of a command line whose last word is to be completed.
in_bash() {
    COMP_WORDBREAKS='=' bash -c '
        . "$0"
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        function_of=$(complete -p -- "${1##*/}")
        function_of=${function_of##* -F }
        "${function_of%% *}" "$1"
        printf "%s\n" "${COMPREPLY[@]}"' "$PIPELINES/completion/traimat.bash" "$@"
}

# in_zsh LINE: what zsh offers for a command line, typed into a terminal of its own: what its `compadd` matches.
in_zsh() {
    cat >zsh.rc <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); PATH=$2:\$PATH; autoload -Uz compinit; compinit -u -d $3/dump; LISTMAX=10000
functions[compadd]='builtin compadd -O offered \"\$@\"; print -rl -- \$offered >>$3/offered; builtin compadd \"\$@\"'
zle-line-init() { print rea''dy }; zle -N zle-line-init"
# Only when it reads lines itself may a tab and ^U be typed: before, the terminal would take them.
while zpty -r shell line && [[ $line != *ready* ]]; do :; done
# A tab, the line killed (^U), and a last command, so that its output says that the tab was worked off.
zpty -n -w shell "$4"$'\t\x15'"print fin''ished"$'\n'
while zpty -r shell line && [[ $line != *finished* ]]; do :; done
zpty -d shell
END
    rm -f offered
    zsh -f zsh.rc "$PIPELINES/completion" "$BIN:$PIPELINES" "$T" "$1" >zsh.log 2>&1 || true
    [[ ! -e offered ]] || sed '/^$/d' offered | sort -u
}

@test "bash completes every long option of every command" {
    for command in $(commands); do
        options_of "$command" >wanted
        in_bash "$command" -- | tr -d = | sort -u >had
        diff wanted had || { echo "$command" && return 1; }
    done
}

@test "bash completes an option that is begun" {
    run in_bash "$BIN/diff-quarters" --su
    assert_output --summary
    run in_bash "$BIN/normalize-thai" --no-s
    assert_output $'--no-sara-ae\n--no-sara-am\n--no-spaces'
}

@test "bash completes the values of an option that has a few, behind = or a blank" {
    run in_bash "$BIN/diff-quarters" --format = m
    assert_output markdown
    run in_bash "$BIN/diff-quarters" --format =
    assert_output $'csv\ntext\nmarkdown'
    run in_bash "$BIN/diff-quarters" --format=t
    assert_output text
    run in_bash "$BIN/aggregate-progress" --weight b
    assert_output budget
}

@test "bash leaves operands to its own completion of files" {
    run in_bash "$BIN/diff-quarters" st
    refute_output
}

@test "zsh completes every long option of every command" {
    need_heavy zsh
    for command in $(commands); do
        options_of "$command" >wanted
        in_zsh "${command##*/} --" | tr -d = | sort -u >had
        diff wanted had || { echo "$command" && return 1; }
    done
}

@test "zsh completes the values of an option that has a few" {
    need_heavy zsh
    run in_zsh "diff-quarters --format="
    assert_output $'csv\nmarkdown\ntext'
}
