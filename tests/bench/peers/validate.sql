-- The rows of the table kpis that hold what its schema asks for, as validate-kpi -t kpis lets them through: SQLite.
CREATE TABLE good (
    key TEXT CHECK (key REGEXP '^S([0-9]+[a-z]*|\?)\.P[0-9][0-9]+(\.[0-9]+)?(\.A[0-9]+)?$'),
    n TEXT CHECK (n REGEXP '^[0-9]+$' AND CAST(n AS INTEGER) >= 1),
    kpi TEXT CHECK (kpi <> ''),
    year TEXT CHECK (year = '' OR year REGEXP '^[0-9]+$' AND CAST(year AS INTEGER) BETWEEN 2500 AND 2699),
    target TEXT,
    target_value TEXT CHECK (target_value = '' OR target_value REGEXP '^-?[0-9]+(\.[0-9]+)?$'),
    target_unit TEXT,
    target_op TEXT CHECK (target_op IN ('', '=', '>=', '<=', '>', '<')),
    line TEXT CHECK (line REGEXP '^[0-9]+$' AND CAST(line AS INTEGER) >= 1),
    PRIMARY KEY (key, n, year)
);
INSERT OR IGNORE INTO good SELECT * FROM kpis;
.headers on
SELECT * FROM good ORDER BY rowid;
