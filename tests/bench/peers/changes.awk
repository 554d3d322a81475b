# The table of diff-quarters, fields parted by tabs, in the columns of diff.sql: change, key, field, old, new.
BEGIN { FS = OFS = "\t" }
$1 == "changed" { print $1, $2, $7, $8, $9 }
$1 == "removed" || $1 == "added" { print $1, $2 $3, "", "", "" }
