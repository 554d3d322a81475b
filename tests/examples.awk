# The examples of a manual page (mdoc) or of README.md as a bash script that prints them again: each command as it
# stands in the text, and then what it prints. So the script's output is the text, if the text is true.
#   awk -v part=text -f examples.awk FILE      the examples as they stand
#   awk -v part=script -f examples.awk FILE    the script
# An example is a display whose first line begins with `$ `: .Bd -literal or .Dl in mdoc, indented by four blanks in
# README.md. `> ` goes on with a command; all else is output. A command that fails with status 2 or more is told.

function command_ends() {
    if (command == "")
        return
    print "cat <<'END-OF-EXAMPLE'\n" shown "END-OF-EXAMPLE"
    print command "status=$?; ((status < 2)) || echo \"status $status\""
    command = shown = ""
}

function example(line) {
    if (!inside)
        inside = line ~ /^\$ / ? 1 : -1
    if (inside < 0)
        return
    if (part == "text") {
        print line
    } else if (line ~ /^\$ /) {
        command_ends()
        shown = line "\n"
        command = substr(line, 3) "\n"
    } else if (line ~ /^> ?/ && command != "") {
        shown = shown line "\n"
        command = command substr(line, 3) "\n"
    } else {
        # Output follows: the command is whole.
        command_ends()
    }
}

function example_ends() {
    inside = 0
    if (part == "script")
        command_ends()
}

# mdoc's escapes.
function plain(line) {
    sub(/^\\&/, "", line)
    gsub(/\\\(aq/, "'", line)
    gsub(/\\-/, "-", line)
    gsub(/\\e/, "\\", line)
    return line
}

FILENAME ~ /\.md$/ {
    if (/^    /)
        example(substr($0, 5))
    else
        example_ends()
    next
}
/^\.Dl / { example(plain(substr($0, 5))); example_ends(); next }
/^\.Bd -literal/ { display = 1; next }
/^\.Ed/ { display = 0; example_ends(); next }
display { example(plain($0)) }
END { example_ends() }
