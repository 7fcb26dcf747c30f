.mode csv
.import FILE tickets
.mode list
.separator ' '
WITH spans AS (
  SELECT priority, unixepoch(resolved) - unixepoch(opened) AS span FROM tickets WHERE resolved <> ''
), ranked AS (
  SELECT priority, span, row_number() OVER (PARTITION BY priority ORDER BY span) AS rank,
         count(*) OVER (PARTITION BY priority) AS n FROM spans
)
SELECT priority, max(n),
       max(CASE WHEN rank = (n * 50 + 99) / 100 THEN span END),
       max(CASE WHEN rank = (n * 85 + 99) / 100 THEN span END),
       max(CASE WHEN rank = (n * 90 + 99) / 100 THEN span END),
       max(CASE WHEN rank = (n * 95 + 99) / 100 THEN span END)
FROM ranked GROUP BY priority ORDER BY priority;
