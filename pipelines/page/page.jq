# A version as one HTML page, up to the script and what only the script shows, which report-page adds. Input: an
# array of rows, each with the `file` that it came from: the version's tables; `figures`, by aggregate-progress
# --detail -g project; `translated`, the findings with their messages in the page's language; and of the profile
# `labels`, `page`, `agencies`, `meanings` and `ratings`. Arguments:
#   lang, thai_digits   en or th; whether digits are Thai
#   chart-NAME          the SVG of a chart, see charts.gp
#   css, policy         the style, and the policy by which the browser runs this and page.js and no others
#   package, program    [datapackage.json], or [] where there is none; the version of the programs
#   changes, quarter-changes   for each of these tables that there is: the name of what it compares with
#
# Text from outside reaches the page through @html and in no other way: what is interpolated there is escaped,
# what is added with + is HTML.
include "numbers";

def index_by(f): reduce .[] as $row ({}; ($row | f) as $key | if has($key) then . else .[$key] = $row end);
# Each key with its rows. (jq 1.6 takes ten times as long for .[$key] += [$row].)
def lists_by(f): reduce group_by(f)[] as $rows ({}; .[$rows[0] | f] = $rows);
# All that the pattern matches, by what f makes of it: gsub without its groups.
def replaced($pattern; f):
    reduce ([match($pattern; "g")] | reverse[]) as {$offset, $length, $string} (.;
        .[:$offset] + ($string | f) + .[$offset + $length:]);
def thai: explode | map(if . >= 48 and . <= 57 then . + 3616 else . end) | implode;
def fill($values):
    reduce ($values | to_entries[]) as {$key, $value} (.; split("{\($key)}") | join($value | tostring));

(group_by(.file) | map({key: .[0].file, value: .}) | from_entries) as $tables
| def rows($file): $tables[$file] // [];

# --- Words ---------------------------------------------------------------------------------------------------------

  def in_language: if $lang == "th" and .thai != "" then .thai else .english end;

  (rows("agencies") as $agencies
    | reduce ($agencies[] | select(.kind == "name")) as {$code, $name} ({};
        .["agency-name=\($code)"] //= $name | .["agency=\($code)"] //= $code)
    | if $lang == "en" then . else
        reduce ($agencies | map(select(.kind == "short")) | index_by(.code))[] as {$code, $name} (.;
            .["agency=\($code)"] = $name) end
    | reduce (rows("labels")[], rows("page")[]) as $row (.;
        # A name that has no word in this language keeps the one that it has.
        if $lang == "th" and $row.thai == "" and has($row.name) or ($row | in_language) == "" then .
        else .[$row.name] = ($row | in_language) end)
    | reduce (rows("meanings") | index_by(.meaning))[] as $row (.;
        .["meaning=\($row.meaning)"] = ($row | in_language))
  ) as $words

| def word($name): $words[$name] // ($name | sub("^[^=]*="; ""));
  def word($name; $values): word($name) | fill($values);
  # A word that may be different for one table: projects.kpis, else kpis.
  def field_word($table; $field): $words["\($table).\($field)"] // word($field);
  def digits: if $thai_digits then thai else . end;
  def escaped: digits | @html "\(.)";
  def text($name): word($name) | escaped;
  def text($name; $values): word($name; $values) | escaped;
  # For what the report itself says, on a page in another language.
  def thai_text: if $lang == "th" then "" else " lang=th" end;

  def marked: if $lang != "th" and test("[ก-๛]") then "<span lang=th>" + escaped + "</span>" else escaped end;

  # 2024-08-03, 2024-08 or 2024 as people write it, in the Buddhist era if they do.
  def date:
      if test("^[0-9]{4}(-[0-9]{2}){0,2}$") | not then . else
        split("-") as [$year, $month, $day]
        | [($day // empty | ltrimstr("0")), ($month // empty | word("month-\(.)")),
            (if $lang == "th" then $year | tonumber + 543 | tostring else $year end)] | join(" ") end;

# --- Pieces of HTML ------------------------------------------------------------------------------------------------

  def section($id; body):
      @html "<section id=\"\($id)\" aria-labelledby=\"\($id)-heading\">",
      @html "<h2 id=\"\($id)-heading\">" + text($id) + "</h2>", body, "</section>";
  def table($class; $caption; headings; body):
      @html "<div class=\"scroll\" role=\"group\" aria-label=\"\($caption | digits)\">",
      @html "<table class=\"\($class)\"><caption>\($caption | digits)</caption>",
      "<thead><tr>" + ([headings] | add) + "</tr></thead>", body, "</table></div>";
  def heading($name): "<th scope=\"col\">" + text($name) + "</th>";
  def heading_n($name): "<th scope=\"col\" class=\"n\">" + text($name) + "</th>";
  def row_heading($html): "<th scope=\"row\">" + $html + "</th>";
  def cell: "<td>" + escaped + "</td>";
  # Numbers stand right, with the plain number for sorting.
  def number_cell($class; shown): @html "<td class=\"\($class)\" data-v=\"\(number // "")\">" + (shown | escaped) + "</td>";
  def number_cell(shown): number_cell("n"; shown);
  def percent_cell: number_cell(two_places);
  def gap_cell: number_cell(two_places | signed);
  def count_cell: tostring | number_cell(grouped);
  # To the last satang where there is room, else in millions.
  def baht_cell:
      @html "<td class=\"n\" data-v=\"\(number // "")\"><span class=\"wide\">"
      + (if number then two_places | grouped else . end | escaped) + "</span><span class=\"narrow\">"
      + (millions | escaped) + "</span></td>";
  def heading_baht($name):
      "<th scope=\"col\" class=\"n\">" + text($name) + "<small class=\"wide\">" + text("baht")
      + "</small><small class=\"narrow\">" + text("million-baht") + "</small></th>";
  def line_link: if (. // "") == "" then "" else @html "<a href=\"#L\(.)\">\(digits)</a>" end;
  def line_cell: "<td class=\"n\">" + line_link + "</td>";
  def badge($kind):
      if . == "" then "" else
        @html "<span class=\"\($kind) \(if test("^[a-z-]+$") then . else "" end)\">" + text("\($kind)=\(.)") + "</span>"
      end;

# --- What the tables say together ----------------------------------------------------------------------------------

  (rows("report")[0] // {}) as $report
# Agencies stand in the order of the profile, which is that of the form; others after them.
| (reduce rows("agencies")[] as $row ({}; .[$row.code] //= length)) as $places
| def place: $places[.] // 1e9;
  (rows("aggregates") | sort_by([.scope == "parent", .scope == "agency", if .scope == "agency" then .name | place else 0 end])
  ) as $aggregate_rows
| (reduce $aggregate_rows[] as $row ({}; .[$row.scope][$row.name] = $row)) as $aggregates
| (reduce rows("figures")[] as $row ({}; .[$row.scope][$row.name] = $row)) as $figures
| ([$aggregates.ministry[]?][0] // {}) as $ministry
| ([$figures.projects[]?][0] // {}) as $all
| (rows("sections") | map(select(.heading != "")) | index_by(.key)) as $strategies
| (rows("projects") | index_by(.key)) as $projects

# A row of a summary table has the key of its project: 6.1 of strategy 3 is S3.P06.1, a dash S3.P00.
| def summary_key:
      (if .number == "-" then ["00"] else .number | split(".") end) as [$number, $part]
      | "S\(if .strategy == "" then "0" else .strategy end).P\(if $number | length < 2 then "0" else "" end)\($number)"
          + (if $part then ".\($part)" else "" end);
  (rows("summary") | map(select(.number != "total")) | index_by(summary_key)) as $summary
| (rows("findings") | lists_by(.key)) as $findings_of
| [$figures.project[]?
    | .name as $key | ($projects[$key] // {}) as $project | ($summary[$key] // {}) as $row
    | {
        key: $key, figures: ., project: $project,
        title: ($project.title // $row.title // $key),
        agency: (($project.agency // "" | select(. != "")) // $row.agency // ""),
        # One project may stand in two submissions: S2b.P03 is of strategy 2 too.
        strategy: ($key | split(".")[0] | ltrimstr("S") | sub("[a-z]$"; "")),
        # What is no number stands as it is printed.
        progress: ([.progress, $row.progress, $project.progress_total, $project.progress_year]
            | map(select(. != null and . != ""))[0] // ""),
        part: ($key | split(".") | length > 2)
    }] as $list
| ($list | index_by(.key)) as $listed
| {error: 0, warning: 0, note: 0} as $nothing
| def count_severities: $nothing + (lists_by(.severity) | map_values(length));

  def strategy_name($n): if $n == "0" then word("strategy-unknown") else word("strategy-n"; {n: $n}) end;
  def strategy_title($n): ($strategies["S\($n)"].heading // "") | sub("^[^:]*: *"; "");
  def agency_short($code): if $code == "" then word("agency-unknown") else word("agency=\($code)") end;
  def agency_title($code):
      if $code == "" then word("agency-unknown") else
        word("agency-name=\($code)") as $name | agency_short($code) as $short
        | if $name == $short then $name else "\($name) (\($short))" end end;
  # What a row of the aggregates is about.
  def scope_name($scope; $name):
      if $scope == "strategy" then strategy_name($name)
      elif $scope == "agency" then agency_short($name)
      elif $scope == "parent" then $name
      else word("scope=\($scope)") end;
  def project_link: if $listed[.] then @html "<a href=\"#\(.)\">\(.)</a>" else @html "\(.)" end;

# --- Charts --------------------------------------------------------------------------------------------------------

  # The labels of a chart are keys (agency=NSO), numbers, and names of words.
  def chart_word:
      ltrimstr(" ") as $text | ($text | split("=")) as [$kind, $name]
      | if $kind == "strategy" then strategy_name($name) | escaped
        elif $kind == "agency" then agency_short($name) | escaped
        elif $words[$text] then text($text)
        elif $text | contains("&") then $text
        else $text | digits end;
  def chart($name; $description):
      $ARGS.named["chart-\($name)"]
      | split("<text")
      | .[0] + ([.[1:][] | split("</text>") as $parts | ($parts[0] | split(">")) as $opened
            | "<text\($opened[0])>" + ($opened[1:] | join(">") | chart_word)
                + "</text>" + ($parts[1:] | join("</text>"))] | add)
      | sub("<svg(?<rest>[^>]*)>";
            "<svg\(.rest) role=\"img\" aria-labelledby=\"chart-\($name)-title\" aria-describedby=\"chart-\($name)-text\">"
            + "<title id=\"chart-\($name)-title\">" + text("figure-\($name)") + "</title>"
            + "<desc id=\"chart-\($name)-text\">" + ($description | escaped) + "</desc>");
  # DESCRIPTION is for who cannot see the chart; ABOVE and BENEATH it is HTML; TABLE has the chart's figures.
  def figure($name; $description; above; beneath; $table):
      @html "<figure id=\"figure-\($name)\" class=\"chart\">",
      "<figcaption>" + text("figure-\($name)") + "</figcaption>",
      (if ($ARGS.named["chart-\($name)"] // "") == "" then "<p>" + text("no-figures") + "</p>" else
        above, chart($name; $description), beneath,
        (if $table == "" then empty else "<details><summary>" + text("figure-data") + "</summary>", $table, "</details>" end)
      end),
      "</figure>";
  def note($name; $values): "<p class=\"about\">" + text($name; $values) + "</p>";
  def note($name): note($name; {});
  def legend(entries): "<ul class=\"legend\">" + ([entries] | add) + "</ul>";
  def legend_entry($shape; $words):
      "<li><svg viewBox=\"-2 -2 4 4\" aria-hidden=\"true\">\($shape)</svg>" + $words + "</li>";
  def highest_and_lowest(name; value):
      if length == 0 then "" else
        word("figure-description"; {first: (.[0] | name), first_value: (.[0] | value), last: (.[-1] | name),
            last_value: (.[-1] | value)}) end;
  def falling(f): sort_by(-(f | number // -1e9));

# --- The sections of the page --------------------------------------------------------------------------------------

  (if ($report.title // "") == "" then word("page-fallback-title") else $report.title end) as $title
| (if ($report.quarter // "") == "" then $package[0].dataset // "" else
    word("quarter-of"; {quarter: $report.quarter, year: $report.fiscal_year}) end) as $quarter
| (if ($report.period_end // "") == "" then "" else
    word("from-to"; {start: ($report.period_start | date), end: ($report.period_end | date)}) end) as $period
| (rows("findings") | count_severities) as $found
| ($aggregate_rows | map(select((.agrees // "") != ""))) as $declared

# The quarter before, and the version before: whichever there is. A table without rows says that nothing changed.
| (["quarter-changes", "changes"] | map(select($ARGS.named[.] != null) | {before: $ARGS.named[.], changes: rows(.)})
  ) as $comparisons

| def head:
      "<!doctype html>",
      @html "<html lang=\"\($lang)\">",
      "<head>",
      "<meta charset=\"utf-8\">",
      @html "<meta http-equiv=\"Content-Security-Policy\" content=\"\($policy)\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>" + ([$title, $quarter] | map(select(. != "")) | join(" · ") | escaped) + "</title>",
      "<style>" + $css + "</style>",
      "</head>",
      "<body>",
      "<a class=\"skip\" href=\"#content\">" + text("skip") + "</a>";

  def banner:
      "<header>",
      "<h1" + (if $title == $report.title then thai_text else "" end) + ">" + ($title | escaped) + "</h1>",
      "<p>" + ([$quarter, $period] | map(select(. != "") | escaped) | join("<br>")) + "</p>",
      "</header>",
      "<nav aria-label=\"" + text("on-this-page") + "\"><ul>"
          + (["overview", "progress-charts", "plan", "money", "projects-table",
                (if $comparisons == [] then empty else "changes" end),
                "declared-computed", "findings-by-agency", "source", "about"]
              | map(@html "<li><a href=\"#\(.)\">" + text(.) + "</a></li>") | join("")) + "</ul></nav>";

  def tile($name; $value; $note):
      "<div><dt>" + text("tile-\($name)") + "</dt><dd><strong>" + ($value | escaped) + "</strong> "
      + (if $note == "" then "" else "<span>" + ($note | escaped) + "</span>" end) + "</dd></div>";
  def overview:
      "<dl class=\"tiles\">",
      tile("progress"; ($ministry.progress // "" | two_places);
          word("tile-progress-note"; {projects: ([$aggregates.projects[]?.progress][0] // "" | two_places)})),
      (if ($ministry.gap // "") == "" then empty else
          tile("plan"; ($ministry.gap | two_places | signed);
              word("tile-plan-note"; {compared: ($all.compared // ""), rating: word("rating=\($ministry.rating)")})) end),
      tile("projects"; ($ministry.projects // ($list | length | tostring));
          word("tile-projects-note"; {details: ($all.with_details // "")})),
      tile("money"; ($ministry.allocated // "" | millions);
          word("tile-money-note"; ($ministry | {contracted, disbursed} | map_values(. // "" | millions | if . == "" then "–" else . end)))),
      tile("findings"; (rows("findings") | length | tostring | grouped); word("tile-findings-note"; $found)),
      (if $declared == [] then empty else
          tile("declared"; word("tile-declared-value"; {agree: ($declared | map(select(.agrees == "yes")) | length),
              all: ($declared | length)}); "") end),
      "</dl>";

  def bound($name): if . == "" then empty else two_places | signed | word($name; {n: .}) end;
  def rating_table:
      table("plain"; word("figure-rating"); heading("column-rating"), heading("rating-gap"), heading_n("column-count");
          "<tbody>",
          ((rows("ratings") + [{rating: "unknown"}])[] | .rating as $rating
              | "<tr>" + row_heading($rating | badge("rating"))
                + ([((.progress_min // "") | if . == "" then empty else word("rating-progress"; {n: .}) end),
                    ((.gap_min // "") | bound("rating-from")), ((.gap_max // "") | bound("rating-to"))]
                  | join(" ") | cell)
                + ($all[$rating] // "" | count_cell) + "</tr>"),
          "</tbody>");
  def rating_figure:
      (rows("ratings") | map(.rating) + ["unknown"] | map({rating: ., count: ($all[.] // "")}) | falling(.count)) as $rows
      | figure("rating"; $rows | highest_and_lowest(.rating | word("rating=\(.)"); .count); empty; empty; [rating_table] | join("\n"));

  def group_table($name; $groups; $heading; title):
      [table("plain"; word("figure-\($name)"); heading($heading), heading_n("column-count"), heading_n("column-progress");
          "<tbody>", ($groups[] | "<tr>" + row_heading(.name | title) + (.projects | count_cell)
              + (.progress | percent_cell) + "</tr>"), "</tbody>")] | join("\n");
  def mean_note: if ($ministry.progress // "") == "" then empty else
      note("mean-line"; {mean: ($ministry.progress | two_places)}) end;
  def progress_charts:
      [$aggregates.strategy[]?] as $strategy_rows | ([$aggregates.agency[]?] | falling(.progress)) as $agency_rows
      | "<div class=\"charts\">",
      figure("strategy"; $strategy_rows | falling(.progress) | highest_and_lowest(strategy_name(.name); .progress | two_places);
          empty; mean_note;
          group_table("strategy"; $strategy_rows; "strategy";
              . as $n | (strategy_name($n) | escaped) + " " + (strategy_title($n) | marked))),
      figure("agency"; $agency_rows | highest_and_lowest(agency_short(.name); .progress | two_places);
          empty; mean_note;
          group_table("agency"; $agency_rows; "column-agency"; agency_title(.) | marked)),
      "</div>";

  def plan_charts:
      ([$figures.agency[]? | select((.gap // "") != "")] | falling(.gap)) as $agency_rows
      | ([$list[] | select(.part | not) | .figures | select(.expected != "" and .progress != "")]) as $compared
      | (if $period == "" then empty else note("plan-note"; {end: ($report.period_end | date)}) end),
      "<div class=\"charts\">",
      figure("plan"; $agency_rows | highest_and_lowest(agency_short(.name); .gap | two_places | signed);
          legend(legend_entry("<circle r=\"1.2\" class=\"c4\"/>"; text("legend-plan")),
              legend_entry("<circle r=\"1.6\" class=\"c1\"/>"; text("legend-actual")));
          empty;
          [table("plain"; word("figure-plan"); heading("column-agency"), heading_n("column-compared"),
                  heading_n("column-plan"), heading_n("column-gap"), heading("column-rating");
              "<tbody>", ($agency_rows[] | "<tr>" + row_heading(agency_title(.name) | marked) + (.compared | count_cell)
                  + (.expected | percent_cell) + (.gap | gap_cell) + "<td>" + (.rating | badge("rating")) + "</td></tr>"),
              "</tbody>")] | join("\n")),
      figure("project"; word("figure-description-project"; {n: ($compared | length)});
          legend(({"finished": "<circle r=\"1.3\" class=\"c11\"/>",
                    "ahead": "<path d=\"M0,-1.7 L-1.7,1.1 L1.7,1.1 z\" class=\"c12\"/>",
                    "on-track": "<circle r=\"1.3\" class=\"c13\"/>",
                    "behind": "<path d=\"M0,1.7 L-1.7,-1.1 L1.7,-1.1 z\" class=\"c14\"/>",
                    "critical": "<path d=\"M-1.2,-1.2 H1.2 V1.2 H-1.2 z\" class=\"c15\"/>",
                    "not-started": "<path d=\"M0,-1.7 L1.7,0 L0,1.7 L-1.7,0 z\" class=\"c16\"/>"} | to_entries[])
                  as {$key, $value} | select($compared | any(.rating == $key))
                  | legend_entry($value; text("rating=\($key)")));
          note("project-note"); ""),
      "</div>";

  def money_section:
      ([$aggregates.agency[]? | select([.allocated, .contracted, .disbursed] | map(number) | any)] | falling(.allocated)) as $agency_rows
      | note("money-note"),
      "<div class=\"charts\">",
      figure("money"; $agency_rows | highest_and_lowest(agency_short(.name); .allocated | millions);
          legend(range(3) as $k | legend_entry("<path d=\"M-1.5,-1.5H1.5V1.5H-1.5z\" class=\"c\(6 + $k)\"/>"; text("legend-money-\($k + 1)")));
          empty; ""),
      "<div>",
      table("plain"; word("money"); heading("column-of"), heading_baht("legend-money-1"),
              heading_baht("legend-money-2"), heading_baht("legend-money-3");
          "<tbody>", ($aggregates.ministry[]?, $aggregates.strategy[]?, $aggregates.agency[]?
              | "<tr>" + row_heading(scope_name(.scope; .name) | escaped) + (.allocated | baht_cell)
                  + (.contracted | baht_cell) + (.disbursed | baht_cell) + "</tr>"), "</tbody>"),
      "</div></div>";

  def option($value; $shown): @html "<option value=\"\($value)\">\($shown | digits)</option>";
  def select_box($name; $title; options):
      @html "<label>\(word($title))<select name=\"\($name)\">", option(""; word("all")), options, "</select></label>";
  def progress_bar:
      (.figures.progress | number) as $progress | (.figures.expected | number) as $plan
      | if $progress == null then "" else
          "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
          + "<rect class=\"track\" width=\"100\" height=\"8\"/><rect class=\"c1\" width=\"\([[$progress, 0] | max, 100] | min)\" height=\"8\"/>"
          + (if $plan then "<path class=\"plan\" d=\"M\($plan),0v8\"/>" else "" end) + "</svg>" end;
  def project_row:
      ($findings_of[.key] | length) as $findings
      | @html "<tr id=\"\(.key)\" data-strategy=\"\(.strategy)\" data-agency=\"\(.agency)\" data-rating=\"\(.figures.rating)\"\(if .part then " class=part" else "" end)>"
      + @html "<td class=\"key\">\(.key)</td>"
      + "<th scope=\"row\"" + thai_text + "><span class=\"title\">" + (.title | escaped) + "</span>"
      + (if .project.key or (.figures.with_details | number // 0) > 0 then "" else "<small lang=\"\($lang)\">" + text("not-handed-in") + "</small>" end)
      + "<small class=\"narrow\">" + ([.key, agency_short(.agency)] | join(" · ") | @html "\(.)") + "</small></th>"
      + "<td class=\"wide\">" + (agency_short(.agency) | escaped) + "</td>"
      + (. as $row | @html "<td class=\"n\" data-v=\"\($row.figures.progress | number // "")\">" + ($row.progress | two_places | escaped)
          + ($row | progress_bar) + "<span class=\"narrow\">" + ($row.figures.rating | badge("rating")) + "</span></td>")
      + (.figures.expected | number_cell("n wide"; two_places))
      + (.figures.gap | number_cell("n wide"; two_places | signed))
      + "<td class=\"wide\">" + (.figures.rating | badge("rating")) + "</td>"
      + (.figures.allocated | number_cell("n wide"; millions))
      + ($findings | tostring | number_cell("n wide"; if . == "0" then "" else . end))
      + "</tr>";
  def projects_section:
      "<form id=\"filter\" role=\"search\" aria-label=\"" + text("filter") + "\" hidden>",
      @html "<label class=\"words\">\(word("search"))<input type=\"search\" name=\"words\" placeholder=\"\(word("search-hint"))\"></label>",
      select_box("strategy"; "strategy"; [$list[].strategy] | unique[] | option(.; strategy_name(.))),
      select_box("agency"; "column-agency"; [$list[].agency] | unique | sort_by(place)[] | option(.; agency_short(.))),
      select_box("rating"; "column-rating"; ([$list[].figures.rating] | unique) as $there
          | ((rows("ratings") | map(.rating)) + ["unknown"])[] | select([.] | inside($there)) | option(.; word("rating=\(.)"))),
      "<button type=\"reset\">" + text("reset") + "</button>",
      "</form>",
      "<p id=\"shown\" role=\"status\"></p>",
      "<p class=\"about\"><span id=\"projects-hint\" hidden>" + text("projects-note") + "</span> " + text("projects-bar") + "</p>",
      "<noscript><p class=\"about\">" + text("needs-script") + "</p></noscript>",
      "<table id=\"projects\" class=\"plain\">",
      "<caption>" + text("projects-table") + "</caption>",
      "<thead><tr>" + ("<th scope=\"col\" class=\"key\">" + text("column-key") + "</th>") + heading("column-project")
          + ([["wide", "column-agency"], ["n", "column-progress"], ["n wide", "column-plan"], ["n wide", "column-gap"],
              ["wide", "column-rating"], ["n wide", "column-allocated"], ["n wide", "column-findings"]]
            # Broken between words alone, as Thai would not be of itself.
            | map(@html "<th scope=\"col\" class=\"\(.[0])\">"
                + (word(.[1]) | split(" ") | map("<span>" + escaped + "</span>") | join(" ")) + "</th>") | add)
          + "</tr></thead>",
      "<tbody>", ($list[] | project_row), "</tbody>", "</table>",
      "<p id=\"none-shown\" hidden>" + text("none-shown") + "</p>";

  # What was there and is there now, in the reader's words.
  def value($field):
      if . == "" then word("(empty)")
      elif $field | test("^(start|end|period_start|period_end)$") then date
      elif $field | test("^(budget_.*|allocated|contracted|disbursed)$") then if number then grouped else . end
      else $words["\($field)=\(.)"] // . end;
  def difference:
      split(" ") as [$number, $more]
      | if $number | number == null then . else
          ([($number | grouped | signed), (if $more == "days" then word("days") else $more // empty end)] | join(" ")) end;
  # Rows of the summary tables only say again what the projects' own say; of a project's other rows those with a
  # meaning are shown, and the rest is counted.
  def shown_change: .meaning != "" or .change == "moved" or .change == "renumbered" or .change == "retitled"
      or (.table == "projects" and (.field | test("^(progress_total|progress_year|budget_disbursed|budget_contracted|agency)$")));
  def change_row:
      "<tr><td>"
      + (if .table == "projects" and .field != "" then field_word("projects"; .field) | escaped
         elif .table == "projects" then text(.change)
         else (word(.table) + (if .n != "" then " \(.n)" else "" end) | escaped) + " <span" + thai_text + ">" + (.title | escaped) + "</span>"
             + (if .field == "" then "" else ": " + (field_word(.table; .field) | escaped) end) end) + "</td>"
      + (. as $row | if .field == "" then "<td></td><td></td><td></td>" else
          "<td" + thai_text + ">" + (.old | value($row.field) | escaped) + "</td><td" + thai_text + ">" + (.new | value($row.field) | escaped)
          + "</td><td class=\"n\">" + (if .delta | test("^~") then "" else .delta | difference | escaped end) + "</td>" end)
      + "<td>" + (if .meaning == "" then (if .change == "changed" then "" else text(.change) end)
                  else "<strong>" + text("meaning=\(.meaning)") + "</strong>" end) + "</td>"
      + (.line_new | line_cell) + "</tr>";
  def key_now: if .key_new != "" then .key_new else .key_old end;
  def comparison($before; $changes):
      # In the order of the aggregates.
      ([$aggregate_rows[] | "\(.scope)/\(.name)"]) as $order
      | ([$changes[] | select(.table == "aggregates" and .field == "progress")]
          | sort_by(key_now as $key | $order | index($key) // length)) as $means
      | [$changes[] | select(.table != "aggregates" and .table != "declared" and .table != "report" and .table != "summary"
            and .table != "strategy_kpis")] as $of_projects
      | "<h3>" + text("changes-note"; {before: $before}) + "</h3>",
      (if $changes == [] then "<p>" + text("changes-none") + "</p>" else
        "<div class=\"charts\"><div>",
        table("plain"; word("changes"); heading("column-what"), heading_n("column-how-many"), heading("column-which");
            "<tbody>",
            ((rows("meanings") | map(.meaning) | reduce .[] as $m ([]; if index([$m]) then . else . + [$m] end))[] as $meaning
                | [$changes[] | select(.meaning == $meaning) | key_now] | unique
                | select(. != [])
                | "<tr>" + row_heading(text("meaning=\($meaning)")) + (length | count_cell)
                    + "<td class=\"keys\">" + (map(project_link) | join(", ")) + "</td></tr>"),
            "</tbody>"),
        "</div><div>",
        (if $means == [] then empty else
          table("plain"; word("progress-charts"); heading("column-of"), heading_n("column-was"), heading_n("column-is"), heading_n("column-difference");
            "<tbody>",
            ($means[] | (key_now | split("/")) as [$scope, $name]
                | "<tr>" + row_heading(scope_name($scope; $name) | escaped) + (.old | percent_cell) + (.new | percent_cell)
                    + (.delta | gap_cell) + "</tr>"), "</tbody>") end),
        "</div></div>",
        "<details><summary>" + text("changes-each") + "</summary>",
        table("plain changes"; word("changes-each"); heading("column-what"), heading("column-was"), heading("column-is"),
              heading_n("column-difference"), heading("column-meaning"), heading_n("column-line");
          ($of_projects | group_by(key_now)[]
            | (.[0] | key_now) as $key | map(select(shown_change)) as $shown | (length - ($shown | length)) as $rest
            | "<tbody><tr><th scope=\"rowgroup\" colspan=\"6\">" + ($key | project_link) + " <span" + thai_text + ">"
                + ($listed[$key].title // ([.[] | select(.table == "projects")][0].title // "") | escaped) + "</span></th></tr>",
              ($shown[] | change_row),
              (if $rest > 0 then "<tr><td colspan=\"6\">" + text("changes-rest"; {n: $rest}) + "</td></tr>" else empty end),
              "</tbody>")),
        "</details>"
      end);
  def changes_section: $comparisons[] | comparison(.before; .changes);

  def declared_section:
      (rows("declared") | map({key: "\(.scope)/\(.name)", value: .line}) | from_entries) as $lines
      | note("declared-note"),
      (if $declared == [] then "<p>" + text("declared-none") + "</p>" else
        table("plain"; word("declared-computed"); heading("column-of"), heading_n("column-declared-count"),
              heading_n("column-computed-count"), heading_n("column-declared-mean"), heading_n("column-computed-mean"),
              heading("column-agrees"), heading_n("column-line");
          "<tbody>",
          ($declared[] | . as $row
            | "<tr" + (if .agrees == "yes" then "" else " class=\"differs\"" end) + ">"
              + row_heading(if .scope == "parent" then (.name | project_link)
                  + " <small" + thai_text + ">" + ($listed[.name].title // "" | escaped) + "</small>" else scope_name(.scope; .name) | escaped end)
              + (.declared_projects | count_cell) + (.projects | count_cell) + (.declared_progress | percent_cell)
              + (.progress | percent_cell)
              + "<td>" + (.agrees | badge("agrees"))
              + ($figures[.scope][.name].cause // "" | if . == "" or $row.agrees == "yes" then "" else
                  " <small>" + text("likely-cause") + ": <span lang=\"en\">" + escaped + "</span></small>" end) + "</td>"
              + ($lines["\(.scope)/\(.name)"] // ($summary[.name].line // "") | line_cell) + "</tr>"),
          "</tbody>")
      end);

  # Findings whose message is in the page's language: told apart by all but their words, one by one where they are
  # alike. One that was not made again (it came with reading the report) has the rule's words.
  def same: [.rule, .key, .table, .n, .field, .line] | tojson;
  (rows("translated") | lists_by(same)) as $translated
| (rows("findings") | lists_by(same)) as $alike
| (rows("findings") | map(. as $row | same as $same
    | . + {in_words: ($translated[$same][$alike[$same] | index([$row])].message // $words["rule=\(.rule)"])})) as $findings

| def shortened: if length > 200 then .[:200] + "…" else . end;
  def finding_row:
      # The project stands above the row already; dates, amounts and agencies are as everywhere on the page.
      (.in_words // .message) as $said
      | ([.observed, .expected] | map(select(. != "" and $words["agency=\(.)"] != null))) as $codes
      | ($said | sub("^((Strategy [0-9]+, )?project [0-9.]+(, part [0-9]+)?"
              + "|(ยุทธศาสตร์ที่ [0-9]+ )?โครงการที่ [0-9.]+( กิจกรรมที่ [0-9]+)?): "; "")
          | if contains("-") then
              replaced("(?<![0-9.-])(19|20)[0-9]{2}-(0[1-9]|1[0-2])(-[0-9]{2})?(?![0-9-])"; date) else . end
          | if $codes == [] then . else
              replaced("\\b[A-Z]+\\b"; . as $code | if $codes | index([$code]) then agency_short($code) else $code end) end
        ) as $message
      | (.field // "" | startswith("budget_")) as $money
      | @html "<tr data-key=\"\(.key)\">" + (.line | line_cell) + "<td>" + (.severity | badge("severity"))
      + " <div class=\"message\"" + (if .in_words == null and $lang != "en" then " lang=en" else "" end) + ">" + ($message | escaped)
      + ([["observed", .observed], ["expected-value", (.expected | $words["section=\(.)"] // .)]]
          | map(select(.[1] != "" and (.[1][:40] as $begin | $said | contains($begin) | not))
              | text(.[0]) + ": " + (.[1] | $words["agency=\(.)"] // (if $money then grouped else shortened end) | marked))
          | if . == [] then "" else "<small>" + join(" · ") + "</small>" end)
      + @html " <code lang=\"en\">\(.rule)</code></div></td></tr>";
  def sheet($id; $heading; $summary_line; $rows):
      @html "<section class=\"sheet\" id=\"\($id)\" aria-labelledby=\"\($id)-heading\">",
      @html "<h3 id=\"\($id)-heading\">" + ($heading | marked) + "</h3>",
      "<p class=\"paper\"" + thai_text + ">" + ([$title, $quarter] | map(select(. != "")) | join(" · ") | escaped) + "</p>",
      "<p>" + ($summary_line | escaped) + " <button type=\"button\" class=\"print\" hidden>" + text("print-sheet") + "</button></p>",
      table("plain findings"; $heading; heading_n("column-line"), heading("column-finding");
          ($rows | group_by(.key)[] | .[0].key as $key
            | "<tbody>",
              (if $key == "" then empty else
                "<tr><th scope=\"rowgroup\" colspan=\"2\">" + ($key | project_link) + " <span" + thai_text + ">"
                + ($listed[$key].title // ($key | ltrimstr("S") | if test("^[0-9]+$") then strategy_name(.) else "" end) | escaped)
                + "</span></th></tr>" end),
              (sort_by([({"error": 0, "warning": 1}[.severity] // 2), (.line | number // 0)])[] | finding_row),
              "</tbody>")),
      "</section>";
  def findings_section:
      ($findings | map(. + {agency: ($listed[.key] | if . then "=" + .agency else "" end)}) | group_by(.agency)
          | sort_by([.[0].agency == "", (.[0].agency[1:] | place)])) as $groups
      | note("findings-note"),
      (if $findings == [] then "<p>" + text("findings-none") + "</p>" else
        table("plain"; word("findings-by-agency"); heading("column-agency"), heading_n("column-errors"),
              heading_n("column-warnings"), heading_n("column-notes");
          "<tbody>",
          ($groups[] | .[0].agency as $agency | count_severities
            | "<tr>" + row_heading(@html "<a href=\"#findings-\($agency | ltrimstr("="))\">"
                  + (if $agency == "" then text("findings-whole") else agency_title($agency[1:]) | marked end) + "</a>")
              + (.error | count_cell) + (.warning | count_cell) + (.note | count_cell) + "</tr>"),
          "</tbody>"),
        ($groups[] | . as $rows | .[0].agency as $agency
          | count_severities as $counts
          | if $agency == "" then sheet("findings-"; word("findings-whole"); word("findings-count-whole"; $counts); $rows)
            else ($aggregates.agency[$agency[1:]] // {}) as $of
              | sheet("findings-\($agency[1:])"; agency_title($agency[1:]);
                  word("findings-count"; $counts + {projects: ($of.projects // ""), progress: ($of.progress // "" | two_places)}); $rows)
            end)
      end);

  def source_section:
      note("source-note"; {lines: ($report.lines // "" | grouped)}),
      "<noscript><p>" + text("needs-script") + "</p></noscript>",
      "<details id=\"source-text\" hidden><summary>" + text("source-show") + "</summary>",
      "<div id=\"lines\"" + thai_text + " translate=\"no\"></div></details>";

  def about_section:
      "<p>" + text("about-method") + "</p>",
      "<dl>",
      (if $package == [] then empty else
        "<dt>" + text("about-dataset") + "</dt><dd>" + @html "\($package[0].dataset // "") \($package[0].version // "")" + "</dd>" end),
      "<dt>" + text("about-source") + "</dt><dd><code>" + @html "\($report.sha256 // "")" + "</code></dd>",
      "<dt>" + text("about-program") + "</dt><dd>" + @html "traimat \($program)" + "</dd>",
      "</dl>";

  # For the script: data, which no browser runs. The sign that could end the element is left out of it.
  def words_of_script:
      $words | with_entries(select(.key | test("^((agency|agency-name|rule|meaning)=|tile-)") | not))
      + {lang: $lang, thai_digits: $thai_digits} | tojson | split("<") | join("\\u003c")
      | "<script type=\"application/json\" id=\"words\">" + . + "</script>";

  head, banner,
  "<main id=\"content\" tabindex=\"-1\">",
  section("overview"; "<div class=\"charts\"><div>", overview, "</div>", rating_figure, "</div>"),
  section("progress-charts"; progress_charts),
  section("plan"; plan_charts),
  section("money"; money_section),
  section("projects-table"; projects_section),
  (if $comparisons == [] then empty else section("changes"; changes_section) end),
  section("declared-computed"; declared_section),
  section("findings-by-agency"; findings_section),
  section("source"; source_section),
  "</main>",
  "<footer>", section("about"; about_section), "</footer>",
  words_of_script
