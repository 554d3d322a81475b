-- What aggregate-progress computes, in whole hundredths and satang, over the tables p (projects.csv) and s
-- (summary.csv) as they are imported from CSV. The table option has one row: dash is 1 where a dash counts as 0
-- in means. Figures have at most two decimals, and projects with sub-projects have figures of their own.

CREATE VIEW summaries AS
SELECT printf('S%s.P%02d', strategy, number) || substr(number, instr(number || '.', '.')) AS key,
       CASE WHEN instr(number, '.') THEN printf('S%s.P%02d', strategy, number) ELSE '' END AS parent,
       strategy, agency, progress
FROM s;

CREATE VIEW stated AS
SELECT p.key, p.parent, p.strategy, p.agency,
       coalesce((SELECT progress FROM summaries WHERE summaries.key = p.key),
                CASE progress_total WHEN '' THEN progress_year ELSE progress_total END) AS figure,
       budget_allocated, budget_contracted, budget_disbursed
FROM p
UNION ALL
SELECT key, parent, strategy, agency, progress, '', '', ''
FROM summaries
WHERE key NOT IN (SELECT key FROM p);

CREATE TABLE one AS
SELECT key, parent, strategy, agency, figure,
       figure GLOB '[0-9]*' AS number,
       CASE WHEN figure GLOB '[0-9]*' THEN CAST(round(figure * 100) AS INTEGER)
            WHEN figure = '-' AND (SELECT dash FROM option) THEN 0 END AS hundredths,
       CASE WHEN budget_allocated GLOB '[0-9]*' THEN CAST(round(budget_allocated * 100) AS INTEGER) END AS allocated,
       CASE WHEN budget_contracted GLOB '[0-9]*' THEN CAST(round(budget_contracted * 100) AS INTEGER) END AS contracted,
       CASE WHEN budget_disbursed GLOB '[0-9]*' THEN CAST(round(budget_disbursed * 100) AS INTEGER) END AS disbursed
FROM stated;

CREATE VIEW members AS
SELECT 'ministry' AS scope, '' AS name, * FROM one WHERE parent = ''
UNION ALL SELECT 'projects', '', * FROM one WHERE parent = ''
UNION ALL SELECT 'strategy', strategy, * FROM one WHERE parent = ''
UNION ALL SELECT 'agency', agency, * FROM one WHERE parent = ''
UNION ALL SELECT 'strategy-agency', strategy || '/' || agency, * FROM one WHERE parent = ''
UNION ALL SELECT 'parent', parent, * FROM one WHERE parent <> '';

CREATE VIEW strategies AS
SELECT strategy, sum(hundredths) AS sum, count(hundredths) AS count FROM one WHERE parent = '' GROUP BY strategy;

-- The mean of the three strategies' means, over one denominator; half up.
CREATE VIEW ministry AS
SELECT (2 * (a.sum * b.count * c.count + b.sum * a.count * c.count + c.sum * a.count * b.count)
        + 3 * a.count * b.count * c.count) / (6 * a.count * b.count * c.count) AS mean
FROM strategies a, strategies b, strategies c
WHERE a.strategy = '1' AND b.strategy = '2' AND c.strategy = '3';

CREATE VIEW results AS
SELECT scope, name, count(*) AS projects, sum(number) AS reported,
       CASE scope WHEN 'ministry' THEN (SELECT mean FROM ministry)
                  ELSE (2 * sum(hundredths) + count(hundredths)) / (2 * count(hundredths)) END AS progress,
       sum(allocated) AS allocated, sum(contracted) AS contracted, sum(disbursed) AS disbursed,
       sum(figure = '') AS blank, sum(figure = '-') AS dash,
       sum(figure <> '' AND figure <> '-' AND NOT number) AS text,
       min(hundredths) AS minimum, max(hundredths) AS maximum
FROM members
GROUP BY scope, name;

.headers on
SELECT scope, name, projects, reported,
       CASE WHEN progress IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', progress / 100, progress % 100), '0'), '.') END AS progress,
       CASE WHEN allocated IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', allocated / 100, allocated % 100), '0'), '.') END AS allocated,
       CASE WHEN contracted IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', contracted / 100, contracted % 100), '0'), '.') END AS contracted,
       CASE WHEN disbursed IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', disbursed / 100, disbursed % 100), '0'), '.') END AS disbursed,
       blank, dash, text,
       CASE WHEN minimum IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', minimum / 100, minimum % 100), '0'), '.') END AS minimum,
       CASE WHEN maximum IS NULL THEN '' ELSE rtrim(rtrim(printf('%d.%02d', maximum / 100, maximum % 100), '0'), '.') END AS maximum
FROM results;
