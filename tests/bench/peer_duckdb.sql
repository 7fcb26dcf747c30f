-- Percentiles by priority and attainment by priority and month, in working time of office.xml.
CREATE TABLE calendar AS
SELECT day, width,
       coalesce(sum(width) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                0)::BIGINT AS before
FROM (SELECT day::DATE AS day,
             CASE WHEN isodow(day) < 6 AND (month(day), day(day)) NOT IN ((1, 1), (12, 25))
                  THEN 32400 ELSE 0 END AS width
      FROM generate_series(TIMESTAMP '2024-12-01', TIMESTAMP '2027-01-01', INTERVAL 1 DAY)
           AS days(day));
WITH worked AS MATERIALIZED (
    SELECT priority, date_trunc('month', resolved) AS month,
           (b.before + least(greatest(epoch(resolved)::BIGINT % 86400 - 32400, 0), b.width))
         - (a.before + least(greatest(epoch(opened)::BIGINT % 86400 - 32400, 0), a.width)) AS work
    FROM read_csv('FILE', header = true, columns = {
        'id': 'VARCHAR', 'opened': 'TIMESTAMP', 'resolved': 'TIMESTAMP', 'closed': 'TIMESTAMP',
        'priority': 'VARCHAR', 'group': 'VARCHAR', 'status': 'VARCHAR', 'category': 'VARCHAR',
        'channel': 'VARCHAR', 'customer': 'VARCHAR', 'subject': 'VARCHAR',
        'updated': 'TIMESTAMP'})
    JOIN calendar a ON a.day = opened::DATE
    JOIN calendar b ON b.day = resolved::DATE
    WHERE resolved IS NOT NULL)
SELECT priority, '' AS month, count(*)::BIGINT::VARCHAR AS n, '' AS met,
       quantile_disc(work, [0.5, 0.85, 0.9, 0.95])::VARCHAR AS quantiles
FROM worked GROUP BY priority
UNION ALL
SELECT priority, strftime(month, '%Y-%m'), count(*)::BIGINT::VARCHAR,
       (count(*) FILTER (work <= 28800))::BIGINT::VARCHAR, ''
FROM worked GROUP BY priority, month
ORDER BY ALL
