# The table of daff, fields parted by tabs, in the columns of diff.sql: change, key, field, old, new.
BEGIN { FS = OFS = "\t" }
$1 == "@@" { for (i = 1; i <= NF; i++) field[i] = $i }
$1 == "+++" { print "added", $2, "", "", "" }
$1 == "---" { print "removed", $2, "", "", "" }
$1 == "->" {
    for (i = 3; i <= NF; i++)
        if (split($i, value, "->") == 2)
            print "changed", $2, field[i], value[1], value[2]
}
