/**
 * A look at the table in DuckDB's SQL, over the files that the table's log names ({@link
 * io.landfall.consumer.duckdb.TableFiles}): no Spark, so a count answers in seconds.
 *
 * <p>It only reads, by two layers: a statement must be one that DuckDB itself tells to be a query,
 * made of known parts ({@link io.landfall.consumer.duckdb.QueryGuard}); and the engine is locked
 * before it sees the statement: it opens the table's files and no others, and its configuration
 * cannot change.
 *
 * <p>What it cannot read it refuses, naming Spark's engine: deletion vectors, partitioned tables,
 * tables that are not on a local file system.
 */
@NullMarked
package io.landfall.consumer.duckdb;

import org.jspecify.annotations.NullMarked;
