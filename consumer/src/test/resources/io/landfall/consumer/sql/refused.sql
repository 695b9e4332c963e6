# One statement a line, none of which may run. $TABLE is the table's folder, $BESIDE one next to it.
# Every alternative of the grammars' statements stands here or in let-through.sql; a test counts them.
USE default
USE NAMESPACE default
SET CATALOG spark_catalog
CREATE NAMESPACE n LOCATION '$BESIDE/n'
CREATE DATABASE n
ALTER NAMESPACE default SET PROPERTIES ('a' = 'b')
ALTER NAMESPACE default UNSET PROPERTIES ('a')
ALTER NAMESPACE default DEFAULT COLLATION UTF8_LCASE
ALTER NAMESPACE default SET LOCATION '$BESIDE'
DROP NAMESPACE default CASCADE
DESCRIBE NAMESPACE default
CREATE TABLE u (a INT) USING parquet LOCATION '$BESIDE/u'
CREATE TABLE u USING delta LOCATION '$TABLE'
CREATE TABLE u USING csv LOCATION '$BESIDE/u' AS SELECT 1 AS a
CREATE OR REPLACE TABLE delta.`$TABLE` USING delta AS SELECT 1 AS a
CREATE TABLE u LIKE readings LOCATION '$BESIDE/u'
CREATE TABLE u USING jdbc OPTIONS (url 'jdbc:x', dbtable 'a')
REPLACE TABLE delta.`$TABLE` (a INT) USING delta
ANALYZE TABLE delta.`$TABLE` COMPUTE STATISTICS
ANALYZE TABLES IN default COMPUTE STATISTICS
ALTER TABLE delta.`$TABLE` ADD COLUMNS (a INT)
ALTER TABLE delta.`$TABLE` RENAME COLUMN hour TO h
ALTER TABLE delta.`$TABLE` DROP COLUMN hour
ALTER TABLE delta.`$TABLE` RENAME TO u
ALTER TABLE delta.`$TABLE` SET TBLPROPERTIES ('delta.appendOnly' = 'false')
ALTER TABLE delta.`$TABLE` UNSET TBLPROPERTIES ('delta.appendOnly')
ALTER TABLE delta.`$TABLE` ALTER COLUMN hour COMMENT 'x'
ALTER TABLE delta.`$TABLE` CHANGE COLUMN hour hour INT COMMENT 'x'
ALTER TABLE delta.`$TABLE` REPLACE COLUMNS (a INT)
ALTER TABLE readings SET SERDEPROPERTIES ('a' = 'b')
ALTER TABLE readings ADD PARTITION (a = 1)
ALTER TABLE readings PARTITION (a = 1) RENAME TO PARTITION (a = 2)
ALTER TABLE readings DROP PARTITION (a = 1)
ALTER TABLE delta.`$TABLE` SET LOCATION '$BESIDE'
ALTER TABLE readings RECOVER PARTITIONS
ALTER TABLE delta.`$TABLE` CLUSTER BY (hour)
ALTER TABLE delta.`$TABLE` CLUSTER BY NONE
ALTER TABLE readings DEFAULT COLLATION UTF8_LCASE
ALTER TABLE delta.`$TABLE` ADD CONSTRAINT c CHECK (hour > 0)
ALTER TABLE readings ADD CONSTRAINT c PRIMARY KEY (hour)
ALTER TABLE delta.`$TABLE` DROP CONSTRAINT c
ALTER TABLE delta.`$TABLE` DROP FEATURE appendOnly TRUNCATE HISTORY
ALTER TABLE delta.`$TABLE` ALTER COLUMN hour SYNC IDENTITY
DROP TABLE readings
DROP TABLE delta.`$TABLE`
DROP VIEW readings
CREATE VIEW v AS SELECT 1
CREATE TEMPORARY VIEW v AS SELECT 1
CREATE OR REPLACE TEMPORARY VIEW readings AS SELECT 1
CREATE VIEW v WITH METRICS LANGUAGE YAML AS $$ x $$
CREATE TEMPORARY VIEW v USING text OPTIONS (path '/etc/passwd')
ALTER VIEW readings AS SELECT 1
ALTER VIEW readings WITH SCHEMA BINDING
CREATE FUNCTION f AS 'java.lang.Runtime' USING JAR '/tmp/x.jar'
CREATE TEMPORARY FUNCTION f AS 'org.apache.hadoop.hive.ql.udf.UDFAscii'
CREATE TEMPORARY FUNCTION f (x INT) RETURNS INT RETURN x + 1
CREATE FUNCTION f () RETURNS INT LANGUAGE PYTHON AS $$ return 1 $$
DROP FUNCTION f
DROP TEMPORARY FUNCTION abs
DECLARE VARIABLE v INT DEFAULT 1
DECLARE OR REPLACE v = reflect('java.lang.System', 'exit', 1)
DROP TEMPORARY VARIABLE v
SET VARIABLE v = 1
EXPLAIN INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT 1 AS a
EXPLAIN CODEGEN INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT 1 AS a
EXPLAIN EXTENDED CREATE TABLE u USING parquet LOCATION '$BESIDE/u' AS SELECT 1 AS a
EXPLAIN COST DELETE FROM delta.`$TABLE`
EXPLAIN FORMATTED SET a = b
EXPLAIN SELECT * FROM text.`/etc/passwd`
DESCRIBE QUERY SELECT * FROM parquet.`/etc/passwd`
DESCRIBE QUERY SELECT reflect('java.lang.System', 'exit', 1)
SHOW TABLE EXTENDED LIKE '*'
SHOW PARTITIONS text.`/etc`
SHOW PROCEDURES
SHOW CREATE TABLE delta.`$TABLE`
DESCRIBE PROCEDURE p
DESCRIBE DETAIL 'http://127.0.0.1:9/x'
DESCRIBE HISTORY delta.`hdfs://127.0.0.1:9/x`
COMMENT ON NAMESPACE default IS 'x'
COMMENT ON TABLE delta.`$TABLE` IS 'x'
REFRESH TABLE readings
REFRESH FUNCTION abs
REFRESH '$TABLE'
CACHE TABLE readings
CACHE LAZY TABLE c OPTIONS ('storageLevel' = 'DISK_ONLY') AS SELECT * FROM readings
UNCACHE TABLE readings
CLEAR CACHE
LOAD DATA LOCAL INPATH '/etc/passwd' OVERWRITE INTO TABLE readings
LOAD DATA INPATH '$TABLE' INTO TABLE readings
TRUNCATE TABLE delta.`$TABLE`
REPAIR TABLE readings
MSCK REPAIR TABLE readings
ADD JAR '/tmp/x.jar'
ADD FILE '/etc/passwd'
ADD ARCHIVE '/tmp/x.zip'
LIST JARS
LIST FILES
CREATE ROLE x
SET ROLE admin
CREATE INDEX i ON readings (hour)
DROP INDEX i ON readings
CALL system.p(1)
CREATE STREAMING TABLE s AS SELECT 1
CREATE MATERIALIZED VIEW m AS SELECT * FROM readings
CREATE FLOW f AS INSERT INTO readings BY NAME SELECT 1
DECLARE c CURSOR FOR SELECT 1
OPEN c
FETCH c INTO v
CLOSE c
SET
SET -v
SET spark.hadoop.fs.s3a.secret.key
SET a = b
SET `a` = `b`
SET a
SET TIME ZONE 'UTC'
SET PATH = system.builtin
RESET
RESET a
RESET `a`
EXECUTE IMMEDIATE 'INSERT OVERWRITE DIRECTORY ''$TABLE'' USING parquet SELECT 1 AS a'
EXECUTE IMMEDIATE 'SELECT 1'
BEGIN INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT 1 AS a; END
BEGIN SELECT 1; END
BEGIN DECLARE x INT; SET x = 1; WHILE x < 2 DO SET x = x + 1; END WHILE; END
INSERT INTO delta.`$TABLE` SELECT * FROM readings
INSERT INTO delta.`$TABLE` VALUES (1)
INSERT OVERWRITE delta.`$TABLE` SELECT * FROM readings
INSERT OVERWRITE TABLE delta.`$TABLE` PARTITION (hour = 1) SELECT 1
INSERT INTO delta.`$TABLE` REPLACE WHERE hour > 0 SELECT * FROM readings
INSERT INTO delta.`$TABLE` REPLACE USING (hour) SELECT * FROM readings
INSERT INTO delta.`$TABLE` BY NAME SELECT * FROM readings
INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT 1 AS a
INSERT OVERWRITE DIRECTORY '$TABLE' USING delta SELECT 1 AS a
INSERT OVERWRITE LOCAL DIRECTORY '$TABLE' USING parquet SELECT 1 AS a
INSERT OVERWRITE DIRECTORY 'file:$TABLE' USING csv SELECT 1 AS a
INSERT OVERWRITE DIRECTORY '$BESIDE' USING json OPTIONS ('compression' = 'none') SELECT 1 AS a
INSERT OVERWRITE DIRECTORY USING text OPTIONS (path '$BESIDE') SELECT 'a' AS a
INSERT OVERWRITE DIRECTORY '$BESIDE' USING orc SELECT 1 AS a
INSERT OVERWRITE LOCAL DIRECTORY '$BESIDE' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' SELECT 1
INSERT OVERWRITE DIRECTORY '$BESIDE' STORED AS PARQUET SELECT 1
INSERT INTO parquet.`$BESIDE` SELECT 1
insert /* x */ overwrite directory '$TABLE' using parquet select 1 as a
WITH a AS (SELECT 1 AS x) INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT * FROM a
WITH a AS (SELECT 1 AS x) INSERT INTO delta.`$TABLE` SELECT * FROM a
FROM readings INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT hour
FROM readings INSERT INTO delta.`$TABLE` SELECT * INSERT INTO delta.`$BESIDE` SELECT *
DELETE FROM delta.`$TABLE` WHERE hour = 1
DELETE FROM readings
UPDATE delta.`$TABLE` SET gusts = 1
MERGE INTO delta.`$TABLE` t USING readings s ON t.hour = s.hour WHEN MATCHED THEN DELETE
MERGE WITH SCHEMA EVOLUTION INTO delta.`$TABLE` t USING readings s ON t.hour = s.hour WHEN NOT MATCHED THEN INSERT *
VACUUM delta.`$TABLE`
VACUUM '$TABLE' RETAIN 0 HOURS
VACUUM delta.`$TABLE` DRY RUN
VACUUM delta.`$TABLE` USING INVENTORY (SELECT 1) RETAIN 0 HOURS
GENERATE symlink_format_manifest FOR TABLE delta.`$TABLE`
CONVERT TO DELTA parquet.`$BESIDE`
RESTORE TABLE delta.`$TABLE` TO VERSION AS OF 0
RESTORE delta.`$TABLE` TO TIMESTAMP AS OF '2024-01-01'
OPTIMIZE delta.`$TABLE`
OPTIMIZE '$TABLE' ZORDER BY (hour)
REORG TABLE delta.`$TABLE` APPLY (PURGE)
CREATE TABLE delta.`$BESIDE/clone` SHALLOW CLONE delta.`$TABLE`
CREATE OR REPLACE TABLE delta.`$TABLE` SHALLOW CLONE delta.`$BESIDE`
CREATE TABLE u USING delta CLUSTER BY (a) LOCATION '$BESIDE/u' AS SELECT 1 AS a
SELECT * FROM text.`/etc/passwd`
SELECT * FROM csv.`/etc/passwd`
SELECT * FROM json.`/etc/passwd`
SELECT * FROM parquet.`$TABLE`
SELECT * FROM orc.`$TABLE`
SELECT * FROM binaryFile.`/etc/passwd`
SELECT * FROM binaryFile.`/proc/self/environ`
SELECT * FROM xml.`/etc/passwd`
SELECT * FROM avro.`/etc/passwd`
SELECT * FROM kafka.`x`
SELECT * FROM rate.`x`
SELECT * FROM jdbc.`jdbc:x`
SELECT * FROM noop.`x`
SELECT * FROM console.`x`
SELECT * FROM deltaSharing.`x`
SELECT * FROM `com.example.Evil`.`/tmp/x`
SELECT * FROM `java.lang.Runtime`.`x`
SELECT * FROM delta.`http://127.0.0.1:9/x`
SELECT * FROM delta.`hdfs://127.0.0.1:9/x`
SELECT * FROM delta.`s3a://bucket/x`
SELECT * FROM delta.`relative/path`
SELECT * FROM delta.`har:///x.har`
SELECT * FROM spark_catalog.delta.`$TABLE`
SELECT * FROM delta.`$TABLE` WITH ('fs.file.impl' = 'com.example.Evil')
SELECT * FROM readings WITH ('mergeSchema' = 'true')
SELECT * FROM STREAM delta.`$TABLE`
SELECT * FROM STREAM readings
SELECT * FROM delta.`$TABLE` CHANGES FROM VERSION 0 TO VERSION 1
SELECT * FROM table_changes('delta.`$TABLE`', 0)
SELECT * FROM table_changes_by_path('$TABLE', 0)
SELECT * FROM python_worker_logs()
SELECT * FROM global_temp.x
SELECT * FROM IDENTIFIER('text.`/etc/passwd`')
SELECT * FROM IDENTIFIER('tex' || 't.`/etc/passwd`')
SELECT IDENTIFIER('reflect')('java.lang.System', 'exit', 1)
SELECT IDENTIFIER('re' || 'flect')('java.lang.System', 'exit', 1)
SELECT reflect('java.lang.System', 'exit', 1)
SELECT REFLECT('java.lang.System', 'getenv', 'HOME')
SELECT `reflect`('java.lang.System', 'getProperty', 'user.home')
SELECT java_method('java.lang.Thread', 'sleep', 1L)
SELECT try_reflect('java.lang.Class', 'forName', 'com.example.Evil')
SELECT builtin.reflect('java.lang.System', 'getProperty', 'user.home')
SELECT system.builtin.reflect('java.lang.System', 'getProperty', 'user.home')
SELECT * FROM VALUES (reflect('java.lang.System', 'getProperty', 'user.home'))
SELECT * FROM readings WHERE hour IN (SELECT reflect('java.lang.Math', 'abs', 1))
WITH a AS (SELECT reflect('java.lang.Math', 'abs', 1)) SELECT 1
SELECT transform(array(1), x -> reflect('java.lang.Math', 'abs', x))
SELECT * FROM readings LATERAL VIEW reflect('java.lang.Math', 'abs', 1) t AS x
SELECT * FROM readings LATERAL VIEW builtin.reflect('java.lang.Math', 'abs', 1) t AS x
SELECT sum(hour) OVER (PARTITION BY reflect('java.lang.Math', 'abs', 1)) FROM readings
SELECT * FROM readings ORDER BY reflect('java.lang.Math', 'abs', 1)
SELECT * FROM readings LIMIT reflect('java.lang.Math', 'abs', 1)
SELECT * FROM readings TIMESTAMP AS OF reflect('java.lang.System', 'getProperty', 'user.home')
SELECT * FROM range(reflect('java.lang.Math', 'abs', 1))
SELECT /*+ REPARTITION(reflect('java.lang.Math', 'abs', 1)) */ 1
FROM readings |> EXTEND reflect('java.lang.Math', 'abs', 1) AS x
SELECT default.f(1)
SELECT spark_catalog.default.f(1)
SELECT unknown_function(1)
SELECT from_xml('<a/>', 'a INT', map('rowValidationXSDPath', '/etc/passwd'))
SELECT xpath_string('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', 'a')
SELECT from_avro(X'00', '"int"', map('avroSchemaUrl', '/etc/passwd'))
SELECT from_protobuf(X'00', 'A', '/etc/passwd', map())
SELECT TRANSFORM (hour) USING 'sh -c "touch $BESIDE/evil"' AS (a) FROM readings
FROM readings MAP hour USING 'cat' AS a
FROM readings REDUCE hour USING 'cat' AS a
SELECT :a
SELECT ?
SELECT 1; INSERT OVERWRITE DIRECTORY '$TABLE' USING parquet SELECT 1 AS a
SELECT 1; SELECT 2
SELEC 1
