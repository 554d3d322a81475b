# What the charts show: the figures of a version (an array of rows, each with the `file` that it came from) as
# blocks of tab-separated rows for charts.gp. Names are keys such as agency=NSO and rating=behind: page.jq puts
# the reader's words in their place.
include "numbers";

# A quotation mark would begin a text for gnuplot.
def plain: if type == "string" then split("\"") | join("”") else . end;
# A block without rows is left out: gnuplot would take the next one for it.
def block($name; rows):
    [rows] | select(. != []) | "# \($name)", (to_entries[] | [.key] + .value | map(plain) | @tsv), "", "";

# The colour and the symbol that charts.gp draws a rating with; page.css knows the colours as .c11 and so on.
def rating_marks: {
    "finished": [11, 7], "ahead": [12, 9], "on-track": [13, 7], "behind": [14, 11],
    "critical": [15, 5], "not-started": [16, 13]
};
def mark($rating): rating_marks[$rating] // [17, 13];

# The row, if it has all of the fields in numbers.
def known($fields): select([.[$fields[]] | number] | all);

group_by(.file) | map({key: .[0].file, value: .}) | from_entries
| def group($scope): .aggregates[]? | select(.scope == $scope);

block("strategy"; group("strategy") | known(["progress"]) | ["strategy=\(.name)", .progress, (.progress | two_places)]),
block("agency"; [group("agency") | known(["progress"])] | sort_by(-(.progress | number))[]
    | ["agency=\(.name)", .progress, (.progress | two_places)]),
block("mean"; group("ministry") | known(["progress"]) | ["", .progress]),
block("plan"; [group("agency") | known(["expected", "gap"])] | sort_by(-(.gap | number))[]
    | ["agency=\(.name)", .expected, (.expected | number) + (.gap | number), (.gap | two_places | signed)]),
block("rating"; ([.ratings[]?.rating] + ["unknown"])[] as $rating
    | .figures[]? | select(.scope == "projects") | .[$rating] | select(number)
    | ["rating=\($rating)", ., mark($rating)[0]]),
block("project"; .figures[]? | select(.scope == "project") | select(.name | split(".") | length == 2)
    | known(["expected", "progress"]) | [.name, .expected, .progress] + mark(.rating)),
block("money"; [group("agency") | select([.allocated, .contracted, .disbursed] | map(number) | any)]
    | sort_by(-(.allocated | number // 0))[]
    | ["agency=\(.name)"] + [.allocated, .contracted, .disbursed | (number | if . then . / 1e6 else "" end), millions])
