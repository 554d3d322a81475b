# One table as a sheet of an .xlsx workbook (ECMA-376, SpreadsheetML).
#
# Input: the rows, objects of texts; $columns are their names, $schema is the table's Table Schema. With $lang en or th
# the header has the columns' titles in that language, else their names. A cell has the type of its value, so that no
# text is ever read as a formula, a number or a date:
#   number   what the schema or the report calls a number, and is one, of at most 15 digits (more are not kept)
#   date     a whole date; a month or a year alone stays text
#   text     all else. What is longer than a cell may be goes on in a column beside.

def cell_limit: 16000; # of 32767 UTF-16 units, should all characters need two

# Style numbers, as they stand in workbook.jq.
def styles: {header: 1, text: 2, long: 3, date: 4, number: 0, thousands: 5, decimals: 6};

# A column's letters: A for 0, AA for 26.
def letters: if . < 26 then [65 + .] | implode else (((. / 26) | floor) - 1 | letters) + (. % 26 | letters) end;

# XML's text. What it cannot hold is written _xHHHH_, and what looks like that is written so that it stays.
def hex4:
    [. / 4096, . / 256, . / 16, .] | map(floor % 16 | if . < 10 then 48 + . else 55 + . end) | implode;
def escaped:
    if test("[\\x00-\\x08\\x0b-\\x1f\\x{fffe}\\x{ffff}]|_x[0-9A-Fa-f]{4}_") then
        gsub("_(?=x[0-9A-Fa-f]{4}_)"; "_x005F_")
        | explode
        | map(if . < 9 or . > 10 and . < 32 or . == 65534 or . == 65535 then "_x\(hex4)_" else [.] | implode end)
        | join("")
    else . end | @html;

def kind:
    if .type == "integer" or .type == "number" then "number"
    elif .stated.type == "integer" or .stated.type == "number" then "number"
    elif .type == "date" or .stated.type == "date" then "date"
    else "text" end;

def is_number: test("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$") and (gsub("[-.]"; "") | length) <= 15;

# The day's number where it is a day that there is; spreadsheets count wrongly before March 1900.
def day_number:
    if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") and . >= "1900-03-01" then
        . as $date
        | (try (strptime("%Y-%m-%d") | mktime) catch null)
        | if . != null and strftime("%Y-%m-%d") == $date then . / 86400 + 25569 else null end
    else null end;

def text_cell($at; $style):
    "<c r=\"\($at)\" s=\"\($style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped)</t></is></c>";
def number_cell($at; $style): "<c r=\"\($at)\" s=\"\($style)\"><v>\(.)</v></c>";

# A value as cells, in column number $column and, where it is too long, in those behind it.
def cells($field; $column; $row):
    ($field | kind) as $kind
    | ($column | letters + ($row | tostring)) as $at
    | if . == "" or . == null then empty
      elif $kind == "number" and is_number then
        number_cell($at; styles[if $field.type == "integer" or (tonumber | fabs) < 10000 then "number"
            elif test("\\.") then "decimals" else "thousands" end])
      elif $kind == "date" and day_number != null then day_number | number_cell($at; styles.date)
      else
        . as $text
        | range(0; length; cell_limit)
        | ($column + . / cell_limit | letters + ($row | tostring)) as $at
        | $text[.:. + cell_limit]
        | text_cell($at; if length > 255 then styles.long else styles.text end)
      end;

. as $rows
| ($schema.fields | map({key: .name, value: .}) | from_entries) as $fields
# For each column its field, its width and how many columns it takes.
| [$columns[] as $name
    | ([$rows[][$name] // "" | length] | max // 0) as $longest
    | {name: $name, field: ($fields[$name] // {}), parts: ([1, ($longest / cell_limit | ceil)] | max),
        width: ([8, ([60, $longest + 2] | min), ($name | length) + 4] | max)}]
| (reduce .[] as $column ({at: 0, list: []};
    .list += [$column + {at: .at}] | .at += $column.parts)) as {$at, $list}
| ($rows | length + 1) as $last
| if $last > 1048576 then error("\($schema.name): more rows than a spreadsheet has") else . end
| "A1:\($at - 1 | letters)\($last)" as $area
| "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
  "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
  "<dimension ref=\"\($area)\"/>",
  "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\""
    + " state=\"frozen\"/></sheetView></sheetViews>",
  "<cols>" + ([$list[] | "<col min=\"\(.at + 1)\" max=\"\(.at + .parts)\" width=\"\(.width)\" customWidth=\"1\"/>"]
    | join("")) + "</cols>",
  "<sheetData>",
  "<row r=\"1\">" + ([$list[] | . as $column | range(.parts)
    | ((if $lang == "th" then $column.field.title_th elif $lang == "en" then $column.field.title else null end
        // $column.name) + (if . > 0 then " (\(. + 1))" else "" end)) as $title
    | ($column.at + . | letters + "1") as $at | $title | text_cell($at; styles.header)] | join("")) + "</row>",
  ($rows | to_entries[] | (.key + 2) as $row | .value as $value
    | "<row r=\"\($row)\">" + ([$list[] | . as $column | $value[.name] | cells($column.field; $column.at; $row)]
        | join("")) + "</row>"),
  "</sheetData>",
  "<autoFilter ref=\"\($area)\"/>",
  "<ignoredErrors><ignoredError sqref=\"\($area)\" numberStoredAsText=\"1\"/></ignoredErrors>",
  "</worksheet>"
