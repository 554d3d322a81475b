# The manual page traimat-tables(5), from the Table Schemas of all profiles (`make pages`).
#
# Input: the schemas, in any order.

def order: ["report", "sections", "projects", "objectives", "kpis", "results", "activities", "activity_results",
    "obstacles", "strategy_kpis", "summary", "declared", "findings", "aggregates", "changes"];

# Text as mdoc takes it: sentences on lines of their own, no word that is a macro's name at a line's begin.
def mdoc: gsub("\\. (?=[A-Z])"; ".\n") | gsub("(?<start>^|\n)(?<mark>[.'])"; "\(.start)\\&\(.mark)");

def limits:
    (.constraints // {}) + (.stated // {})
    | if .minimum != null and .maximum != null then " \(.minimum)\\(en\(.maximum)"
      elif .minimum != null then " from \(.minimum)" else "" end;

def type:
    if .stated.type == "date" then "date, a month, a year, or as printed"
    elif .stated then "\(.stated.type)\(limits), a dash, or as printed"
    elif .codes then "code"
    elif .type == "string" then "text"
    else .type + limits end;

def field:
    ".It Cm \(.name) Pq \(type)\(if .constraints.required then ", never empty" else "" end)",
    (.description | mdoc),
    (.constraints.enum // empty | "One of", ".Li " + join(" , ") + " .");

def told_by:
    if .primaryKey then "A row is told by", ".Cm " + (.primaryKey | join(" , ")) + " ." else empty end;

def refers:
    (.foreignKeys // [])[] | select(.reference.resource != "")
    | ".Cm " + (.fields | join(" , ")), "is one of the table", ".Cm \(.reference.resource) .";

def table:
    ".Ss \(.name)", (.description | mdoc), told_by, refers,
    ".Bl -tag -width Ds", (.fields[] | field), ".El";

[., inputs] | (map({key: .name, value: .}) | from_entries) as $schemas
| ".\\\" Made by `make pages` from pipelines/profiles/common/schemas.
.Dd November 23, 2026
.Dt TRAIMAT-TABLES 5
.Os
.Sh NAME
.Nm traimat-tables
.Nd the tables of a progress report
.Sh DESCRIPTION
Each table is a CSV file (RFC 4180): UTF-8 without a byte order mark, lines that end in LF, a header, a field in quotation
marks where it needs them.
In a store a large one is compressed
.Pq Pa .csv.gz .
Columns are found by their names, not by their places.
.Pp
Texts are the report's own, after
.Xr normalize-thai 1 ,
without HTML and Markdown, white space folded.
Money is in baht, progress in percent, both as plain decimals.
Dates are those of the Christian era, as exact as they are printed:
.Li 2024-08-03 , 2024-01
or
.Li 2024 ;
fiscal years are those of the Buddhist era.
.Pp
Where the report states a number or a date, three things are kept apart: a dash
.Pq Li -
is stated as not available, an empty field is not stated, and what is neither stays as it is printed.
.Pp
The same is said to programs by the Table Schemas (Frictionless Data) in
.Pa pipelines/profiles/common/schemas ,
which each version of a store carries in its
.Pa datapackage.json .
.Sh TABLES",
    (order + (($schemas | keys) - order) | .[] | $schemas[.] | table),
    ".Sh EXAMPLES
The columns of a table:
.Bd -literal -offset indent
$ jq -r '.fields[] | [.name, .type] | @tsv' pipelines/profiles/common/schemas/obstacles.json
key	string
text	string
line	integer
.Ed
.Sh SEE ALSO
.Xr extract-records 1 ,
.Xr load-sqlite 1 ,
.Xr spreadsheet 1 ,
.Xr validate-kpi 1 ,
.Xr traimat 7 ,
.Xr traimat-rules 7"
