# The rows of strategies and agencies among those of a table of aggregates, fields parted by tabs: scope, name, projects,
# reported, progress and three sums of money, these times `unit`. A mean of
# floating point may lie a hair below the half that is to be rounded up.
BEGIN { FS = "\t" }
$1 == "strategy" || $1 == "agency" {
    printf "%s %s %d %d %.2f %.0f %.0f %.0f\n", $1, $2, $3, $4, $5 + 1e-9, unit * $6, unit * $7, unit * $8
}
