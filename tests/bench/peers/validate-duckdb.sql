-- The same as validate.sql for DuckDB, which has empty fields as NULL.
SELECT * FROM kpis
WHERE regexp_matches(key, '^S([0-9]+[a-z]*|\?)\.P[0-9][0-9]+(\.[0-9]+)?(\.A[0-9]+)?$')
  AND TRY_CAST(n AS BIGINT) >= 1
  AND kpi IS NOT NULL
  AND (year IS NULL OR TRY_CAST(year AS BIGINT) BETWEEN 2500 AND 2699)
  AND (target_value IS NULL OR TRY_CAST(target_value AS DOUBLE) IS NOT NULL)
  AND (target_op IS NULL OR target_op IN ('=', '>=', '<=', '>', '<'))
  AND TRY_CAST(line AS BIGINT) >= 1
QUALIFY count(*) OVER (PARTITION BY key, n, year) = 1
