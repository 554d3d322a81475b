# The SQL that takes a store's versions into a database.
#
# Input: for each version an object {dataset, version, sha256, latest, package}, package its datapackage.json.
# $dialect is sqlite or postgres; $part is structure (the tables, keys, indexes and views) or load. For `load` the
# database has a table raw: for each row of a table of a new version its dataset, version, table, place and, as a JSON
# object of texts, its value.

def name: "\"" + gsub("\""; "\"\"") + "\"";
def names: map(name) | join(", ");
def text: if . == null then "NULL" else "'" + (tostring | gsub("'"; "''")) + "'" end;
def sqlite: $dialect == "sqlite";

# The tables of all versions, called as the resources are, those that others refer to first: of each its fields, one that two versions give other
# types as text, and its keys.
def tables:
    [.[].package.resources[] | select(.schema.fields) | .schema + {name: (.name | gsub("-"; "_") | ascii_downcase)}]
    | group_by(.name)
    | map(.[-1] + {
        fields: (reduce .[].fields[] as $field ([];
            (map(.name) | index([$field.name])) as $at
            | if $at == null then . + [$field]
              elif .[$at].type != $field.type then .[$at] = {name: $field.name, type: "string"}
              else . end))
    })
    | sort_by([(.foreignKeys // [])[] | select(.reference.resource != "")] | length);

# Types, as the databases have them. SQLite's ANY takes a number that is too long for it as text.
def kind: if .type == "integer" or .type == "number" or .type == "date" then .type else "text" end;
def column_type:
    if sqlite then {integer: "INTEGER", number: "ANY", date: "TEXT", text: "TEXT"}[.]
    else {integer: "bigint", number: "numeric", date: "date", text: "text"}[.] end;

# is($kind): whether the text that the input, an expression, holds is such a value.
def is($kind):
    if $kind == "integer" then
        if sqlite then "CAST(CAST(\(.) AS INTEGER) AS TEXT) = \(.)" else "\(.) ~ '^(0|-?[1-9][0-9]{0,17})$'" end
    elif $kind == "number" then
        if sqlite then "(\(.) GLOB '[0-9]*' OR \(.) GLOB '-[0-9]*') AND \(.) GLOB '*[0-9]'"
            + " AND substr(\(.), 2) NOT GLOB '*[^0-9.]*' AND \(.) NOT GLOB '*.*.*'"
        else "\(.) ~ '^-?[0-9]+([.][0-9]+)?$'" end
    elif $kind == "date" then
        if sqlite then "\(.) GLOB '[1-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date(\(.), '+0 days') IS \(.)"
        else "CASE WHEN \(.) ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN"
            + " right(\(.), 2)::int <= CASE WHEN substr(\(.), 6, 2) IN ('04', '06', '09', '11') THEN 30"
            + " WHEN substr(\(.), 6, 2) <> '02' THEN 31"
            + " WHEN left(\(.), 4)::int % 4 = 0 AND (left(\(.), 4)::int % 100 <> 0 OR left(\(.), 4)::int % 400 = 0)"
            + " THEN 29 ELSE 28 END ELSE false END" end
    else "TRUE" end;

# cast($kind): the input, an expression whose text is such a value, as that value.
def cast($kind):
    if $kind == "integer" then "CAST(\(.) AS \($kind | column_type))"
    elif $kind == "number" then
        if sqlite then "CASE WHEN length(replace(replace(\(.), '.', ''), '-', '')) <= 15 THEN CAST(\(.) AS NUMERIC)"
            + " ELSE \(.) END"
        else "CAST(\(.) AS numeric)" end
    elif $kind == "date" and (sqlite | not) then
        "make_date(left(\(.), 4)::int, substr(\(.), 6, 2)::int, right(\(.), 2)::int)"
    else . end;

# What a report states stays as it is printed; beside it stands the number or the date, where it is one.
def stated_column:
    if .stated then
        .name as $name
        | (if .stated.type == "date" then "date" else "number" end) as $kind
        | ["\("\($name)_\($kind)" | name) \($kind | column_type) GENERATED ALWAYS AS (CASE WHEN "
            + ($name | name | is($kind)) + " THEN \($name | name | cast($kind)) END) STORED"]
    else [] end;

# The primary key can be the database's own where none of its fields may be empty.
def strict_key:
    (.primaryKey // []) as $key
    | ($key | length) > 0 and all(.fields[] | select(.name as $name | $key | index([$name])); .constraints.required);

# Foreign keys to tables that are there, and to their primary keys.
def foreign_keys($tables):
    .name as $self
    | [(.foreignKeys // [])[] | .table = (if .reference.resource == "" then $self else .reference.resource end)
        | . as $key
        | select(any($tables[]; .name == $key.table and strict_key and .primaryKey == $key.reference.fields))];

def table_structure($tables):
    (["dataset", "version"] | names) as $version
    | (.primaryKey // []) as $key
    | (.name | name) as $table
    | foreign_keys($tables) as $foreign
    | ([
        "\"dataset\" text NOT NULL", "\"version\" text NOT NULL", "\"row\" \("integer" | column_type) NOT NULL",
        (.fields[]
            | .name as $name
            | "\(.name | name) \(kind | column_type)" + (if $key | index([$name]) then
                (if .constraints.required then " NOT NULL" else "" end) else "" end)),
        (.fields[] | stated_column[]),
        (if strict_key then "PRIMARY KEY (\(["dataset", "version"] + $key | names))", "UNIQUE (\($version), \"row\")"
         else "PRIMARY KEY (\($version), \"row\")" end),
        "FOREIGN KEY (\($version)) REFERENCES \"versions\" ON DELETE CASCADE",
        ($foreign[] | "FOREIGN KEY (\(["dataset", "version"] + .fields | names)) REFERENCES \(.table | name)"
            + " (\(["dataset", "version"] + .reference.fields | names)) DEFERRABLE INITIALLY DEFERRED")
    ] | join(",\n    ")) as $columns
    | "CREATE TABLE \($table) (\n    \($columns)\n)" + (if sqlite then " STRICT" else "" end) + ";",
    (select(strict_key | not) | select($key != [])
        | .fields as $fields
        | "CREATE UNIQUE INDEX \(.name + "_key" | name) ON \($table) (\($version), "
            + ([$key[] | . as $name
                | if any($fields[]; .name == $name and kind == "text") then "coalesce(\(name), '')"
                  elif any($fields[]; .name == $name and .constraints.required) then name
                  else "coalesce(\(name), 0)" end] | join(", ")) + ");"),
    (.name as $self | $foreign[] | select(.fields != $key[:.fields | length])
        | "CREATE INDEX \($self + "_" + (.fields | join("_")) | name) ON \($table)"
            + " (\(["dataset", "version"] + .fields | names));"),
    "CREATE VIEW \("latest_" + .name | name) AS SELECT t.* FROM \($table) t JOIN \"versions\" v"
        + " ON v.dataset = t.dataset AND v.version = t.version WHERE v.latest;";

def structure:
    tables as $tables
    | "CREATE TABLE \"about\" (\"name\" text PRIMARY KEY, \"value\" text NOT NULL);",
    "CREATE TABLE \"versions\" (
    \"dataset\" text NOT NULL, \"version\" text NOT NULL,
    \"ministry\" text NOT NULL, \"submission\" text, \"period\" text NOT NULL, \"latest\" boolean NOT NULL,
    \"sha256\" text NOT NULL, \"source_sha256\" text, \"profile_sha256\" text, \"program_version\" text,
    PRIMARY KEY (\"dataset\", \"version\")
);",
    ($tables[] | table_structure($tables));

# Why a version cannot be taken, for each check a query of dataset, version and why.
def checks($tables):
    (.name | text) as $table
    | "FROM raw WHERE \"table\" = \($table)" as $from
    | .name as $name
    | (.primaryKey // []) as $key
    | def column: "nullif(value ->> \(. | text), '')";
      (.fields[] | select(kind != "text" or .constraints.required)
        | .name as $field
        | kind as $kind
        | (select(.constraints.required and ($key | index([$field])))
            | "SELECT dataset, version, \("\($name): \($field) is empty" | text) AS why \($from)"
              + " AND \($field | column) IS NULL"),
          (select($kind != "text")
            | "SELECT dataset, version, \("\($name): \($field) is no \($kind)" | text) AS why \($from)"
              + " AND \($field | column) IS NOT NULL AND NOT (\($field | column | is($kind)))")),
      ($key | select(. != [])
        | "SELECT dataset, version, \("\($name): two rows have one key (\(join(", ")))" | text) AS why \($from)"
          + " GROUP BY dataset, version, \(map(column) | join(", ")) HAVING count(*) > 1"),
      (foreign_keys($tables)[]
        | "SELECT dataset, version, \("\($name): \(.fields | join(", ")) is not in \(.table)" | text) AS why FROM ("
          + "SELECT dataset, version, \(.fields | map(column) | join(", ")) \($from)"
          + (.fields | map(" AND \(column) IS NOT NULL") | add)
          + " EXCEPT SELECT dataset, version, \(.reference.fields | map(column) | join(", "))"
          + " FROM raw WHERE \"table\" = \(.table | text)) AS lost");

def load:
    tables as $tables
    | "WITH stored (d, v, s) AS (VALUES (NULL, NULL, NULL)"
        + ([.[] | ", (\(.dataset | text), \(.version | text), \(.sha256 | text))"] | join("")) + ")\n"
        + "DELETE FROM \"versions\" WHERE NOT EXISTS (SELECT 1 FROM stored WHERE d = dataset AND v = version"
        + " AND s = sha256);",
    "CREATE TEMP TABLE refused AS SELECT dataset, version, min(why) AS why FROM (\n    \(
        ["SELECT dataset, version, '' AS why FROM raw WHERE FALSE", ($tables[] | checks($tables))]
        | join("\n    UNION ALL "))\n) AS checked GROUP BY dataset, version;",
    "CREATE TEMP TABLE fresh AS SELECT DISTINCT dataset, version FROM raw WHERE NOT EXISTS"
        + " (SELECT 1 FROM refused WHERE refused.dataset = raw.dataset AND refused.version = raw.version)"
        + " AND NOT EXISTS (SELECT 1 FROM \"versions\" v WHERE v.dataset = raw.dataset AND v.version = raw.version);",
    (.[] | (.dataset | split("/")) as $path
        | "INSERT INTO \"versions\" SELECT dataset, version, \($path[0] | text),"
            + " \(if ($path | length) == 3 then $path[1] else null end | text), \($path[-1] | text), FALSE,"
            + " \(.sha256 | text), \(.package.source_sha256 | text), \(.package.profile_sha256 | text),"
            + " \(.package.program_version | text) FROM fresh"
            + " WHERE dataset = \(.dataset | text) AND version = \(.version | text);"),
    ($tables[]
        | (["dataset", "version", "row"] + [.fields[].name] | names) as $columns
        | "INSERT INTO \(.name | name) (\($columns)) SELECT raw.dataset, raw.version, place, "
            + ([.fields[] | kind as $kind | "nullif(value ->> \(.name | text), '')" | cast($kind)] | join(", "))
            + " FROM raw JOIN fresh ON fresh.dataset = raw.dataset AND fresh.version = raw.version"
            + " WHERE \"table\" = \(.name | text) ORDER BY raw.dataset, raw.version, place;"),
    "UPDATE \"versions\" SET latest = FALSE;",
    (.[] | select(.latest)
        | "UPDATE \"versions\" SET latest = TRUE WHERE dataset = \(.dataset | text) AND version = \(.version | text);"),
    "SELECT dataset, version, why FROM refused ORDER BY dataset, version;";

if $part == "structure" then structure else load end
