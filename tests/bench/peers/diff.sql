-- The rows that came and went and the values that changed between the tables old and new, matched by key: the columns
-- change, key, field, old and new as diff-quarters has them. For SQLite and DuckDB.
WITH pairs AS MATERIALIZED (
    SELECT old.key AS key, old.strategy AS strategy_old, new.strategy AS strategy_new, old.title AS title_old,
           new.title AS title_new, old.agency AS agency_old, new.agency AS agency_new, old.start AS start_old,
           new.start AS start_new, old."end" AS end_old, new."end" AS end_new, old.budget AS budget_old,
           new.budget AS budget_new, old.progress AS progress_old, new.progress AS progress_new,
           old.status AS status_old, new.status AS status_new
    FROM old JOIN new ON new.key = old.key
    WHERE (old.strategy, old.title, old.agency, old.start, old."end", old.budget, old.progress, old.status)
       <> (new.strategy, new.title, new.agency, new.start, new."end", new.budget, new.progress, new.status)
)
SELECT 'removed' AS change, key, '' AS field, '' AS old, '' AS new FROM old WHERE key NOT IN (SELECT key FROM new)
UNION ALL SELECT 'added', key, '', '', '' FROM new WHERE key NOT IN (SELECT key FROM old)
UNION ALL SELECT 'changed', key, 'strategy', strategy_old, strategy_new FROM pairs WHERE strategy_old <> strategy_new
UNION ALL SELECT 'changed', key, 'title', title_old, title_new FROM pairs WHERE title_old <> title_new
UNION ALL SELECT 'changed', key, 'agency', agency_old, agency_new FROM pairs WHERE agency_old <> agency_new
UNION ALL SELECT 'changed', key, 'start', start_old, start_new FROM pairs WHERE start_old <> start_new
UNION ALL SELECT 'changed', key, 'end', end_old, end_new FROM pairs WHERE end_old <> end_new
UNION ALL SELECT 'changed', key, 'budget', budget_old, budget_new FROM pairs WHERE budget_old <> budget_new
UNION ALL SELECT 'changed', key, 'progress', progress_old, progress_new FROM pairs WHERE progress_old <> progress_new
UNION ALL SELECT 'changed', key, 'status', status_old, status_new FROM pairs WHERE status_old <> status_new
