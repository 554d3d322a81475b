-- What aggregate-progress tells of strategies and agencies, from the table projects as text: projects, those with a
-- number for progress, the mean with a dash as 0, and the sums of money in satang. For SQLite, DuckDB and csvsql.
WITH figures AS (
    SELECT strategy, agency, progress_total <> '-' AS reported,
           CASE progress_total WHEN '-' THEN 0 ELSE CAST(progress_total AS DOUBLE) END AS progress,
           CASE budget_allocated WHEN '-' THEN 0 ELSE CAST(budget_allocated AS DOUBLE) END AS allocated,
           CASE budget_contracted WHEN '-' THEN 0 ELSE CAST(budget_contracted AS DOUBLE) END AS contracted,
           CASE budget_disbursed WHEN '-' THEN 0 ELSE CAST(budget_disbursed AS DOUBLE) END AS disbursed
    FROM projects
)
SELECT 'strategy' AS scope, strategy AS name, count(*) AS projects, sum(CAST(reported AS INTEGER)) AS reported,
       avg(progress) AS progress, CAST(sum(allocated) * 100 AS BIGINT) AS allocated,
       CAST(sum(contracted) * 100 AS BIGINT) AS contracted, CAST(sum(disbursed) * 100 AS BIGINT) AS disbursed
FROM figures GROUP BY strategy
UNION ALL
SELECT 'agency', agency, count(*), sum(CAST(reported AS INTEGER)), avg(progress),
       CAST(sum(allocated) * 100 AS BIGINT), CAST(sum(contracted) * 100 AS BIGINT), CAST(sum(disbursed) * 100 AS BIGINT)
FROM figures GROUP BY agency
