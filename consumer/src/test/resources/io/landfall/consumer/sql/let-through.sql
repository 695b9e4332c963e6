# One statement a line, each of which only reads. $TABLE is the table's folder.
SELECT 1
VALUES (1, 'a'), (2, 'b')
TABLE readings
FROM readings SELECT hour
SELECT * FROM readings
SELECT * FROM readings_current ORDER BY hour DESC, station ASC NULLS LAST LIMIT 3 OFFSET 1
SELECT count(*), count(DISTINCT station), max(hour) FILTER (WHERE gusts > 1) FROM readings
SELECT station, hour % 2 AS odd, sum(temperature) FROM readings GROUP BY ALL HAVING sum(hour) > 3
SELECT station, sum(hour) FROM readings GROUP BY station WITH ROLLUP
SELECT station, sum(hour) FROM readings GROUP BY CUBE (station)
SELECT station, hour, sum(hour) FROM readings GROUP BY GROUPING SETS ((station), (hour))
SELECT DISTINCT station FROM readings
SELECT a.hour FROM readings a JOIN readings_current b USING (hour) LEFT JOIN readings c ON a.hour = c.hour
SELECT * FROM readings NATURAL JOIN readings_current
SELECT * FROM readings a LEFT ANTI JOIN readings b ON a.hour = b.hour + 1
SELECT hour FROM readings UNION ALL SELECT hour FROM readings_current INTERSECT SELECT 1 EXCEPT SELECT 2
WITH a AS (SELECT hour FROM readings), b (x) AS (SELECT * FROM a) SELECT x FROM b WHERE x IN (SELECT hour FROM a)
WITH RECURSIVE r (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r
SELECT hour, (SELECT max(hour) FROM readings) FROM readings a WHERE EXISTS (SELECT 1 FROM readings b WHERE b.hour = a.hour)
SELECT station, row_number() OVER (PARTITION BY station ORDER BY hour) FROM readings
SELECT sum(hour) OVER w FROM readings WINDOW w AS (ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
SELECT hour FROM readings QUALIFY row_number() OVER (ORDER BY hour) < 3
SELECT explode(array(1, 2)), hour FROM readings
SELECT hour, x FROM readings LATERAL VIEW explode(array(1, 2)) t AS x
SELECT * FROM readings, LATERAL (SELECT hour + 1 AS next)
SELECT * FROM range(3)
SELECT * FROM explode(array(1, 2)) AS t (x)
SELECT * FROM readings TABLESAMPLE (50 PERCENT) REPEATABLE (1)
SELECT * FROM (SELECT station, hour, gusts FROM readings) PIVOT (sum(gusts) FOR station IN ('S1', 'S2'))
SELECT * FROM (SELECT hour, gusts FROM readings) UNPIVOT (v FOR n IN (gusts))
SELECT * EXCEPT (gusts) FROM readings
SELECT /*+ BROADCAST(b) */ a.hour FROM readings a JOIN readings b ON a.hour = b.hour
SELECT /*+ REPARTITION(2) */ hour FROM readings DISTRIBUTE BY hour SORT BY hour
SELECT transform(array(1, 2), x -> x + 1), filter(array(1), x -> x > 0), aggregate(array(1, 2), 0, (a, x) -> a + x)
SELECT CAST('1' AS INT), '2'::INT, try_cast('x' AS INT), CASE WHEN true THEN 1 ELSE 2 END, if(true, 1, 2), hour BETWEEN 1 AND 2 FROM readings
SELECT station LIKE 'S%', station RLIKE 'S', station LIKE ANY ('a', 'b'), NOT station ILIKE 'x', station IN ('a'), gusts IS NOT NULL, gusts <=> 1 FROM readings
SELECT substring('abc' FROM 2 FOR 1), trim(BOTH ' ' FROM ' a '), overlay('abc' PLACING 'x' FROM 2), position('a' IN 'b'), extract(YEAR FROM DATE '2024-01-01')
SELECT timestampadd(HOUR, 1, TIMESTAMP '2024-01-01 00:00:00'), timestampdiff(DAY, DATE '2024-01-01', DATE '2024-01-02'), current_date, INTERVAL 1 DAY
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY hour), any_value(hour), first(hour) IGNORE NULLS, listagg(station, ',') WITHIN GROUP (ORDER BY station) FROM readings
SELECT 1 + 2 * 3 / 4 - 5 % 6, -1, ~1, 1 & 2 | 3 ^ 4, 1 << 2, NOT true AND false OR true, 'a' || 'b', X'1F', 1.5BD, 1E3
SELECT named_struct('a', 1).a, array(1)[0], map('a', 1)['a'], (1, 2), struct(1 AS x)
SELECT parse_json('{"a": 1}'):a::INT, variant_get(parse_json('{"a": 1}'), '$.a', 'int')
SELECT station COLLATE UTF8_LCASE FROM readings
SELECT builtin.abs(-1), system.builtin.upper('a')
SELECT input_file_name(), hour FROM readings
SELECT _metadata.file_name FROM delta.`$TABLE`
(SELECT 1)
(SELECT 1) ORDER BY 1
SELECT * FROM (readings AS a JOIN readings AS b USING (hour)) AS c
FROM readings |> WHERE hour > 1 |> SELECT hour |> ORDER BY hour |> LIMIT 1
FROM readings |> AGGREGATE sum(hour) AS s GROUP BY station |> EXTEND s + 1 AS t |> SET t = 2 |> DROP s |> AS x
SELECT * FROM delta.`$TABLE`
SELECT * FROM delta.`file:$TABLE`
SELECT * FROM delta.`$TABLE` VERSION AS OF 1
SELECT * FROM delta.`$TABLE@v1`
EXPLAIN SELECT * FROM readings
EXPLAIN EXTENDED SELECT * FROM readings
EXPLAIN CODEGEN SELECT hour FROM readings
EXPLAIN COST SELECT hour FROM readings
EXPLAIN FORMATTED SELECT hour FROM readings
EXPLAIN SHOW TABLES
DESCRIBE readings
DESCRIBE TABLE EXTENDED readings
DESCRIBE TABLE readings hour
DESCRIBE QUERY SELECT hour FROM readings
DESCRIBE TABLE delta.`$TABLE`
DESCRIBE TABLE EXTENDED delta.`$TABLE`
DESCRIBE FUNCTION abs
DESCRIBE FUNCTION EXTENDED reflect
DESCRIBE HISTORY delta.`$TABLE`
DESCRIBE HISTORY '$TABLE' LIMIT 1
DESCRIBE DETAIL delta.`$TABLE`
DESCRIBE DETAIL '$TABLE'
SHOW TABLES
SHOW TABLES LIKE 'read*'
SHOW VIEWS
SHOW COLUMNS IN readings
SHOW COLUMNS IN delta.`$TABLE`
SHOW FUNCTIONS LIKE 'abs'
SHOW TBLPROPERTIES delta.`$TABLE`
SHOW NAMESPACES
SHOW DATABASES
SHOW CATALOGS
SHOW CURRENT NAMESPACE
SHOW COLLATIONS
