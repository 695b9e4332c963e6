/**
 * The fast door: Spark's tasks write Parquet files straight from the records' bytes, on any file
 * system that Hadoop opens, and one commit names them.
 *
 * <p>Making rows of Spark's of them first would cost more than all the rest, cold as warm:
 * planning, code generation and conversion. For that the batch's own rows are taken ({@code
 * queryExecution().toRdd()}, {@code InternalRow} in {@code SliceTask}), an internal interface of a
 * pinned version, which stands in this package and nowhere else; the spark door does without.
 *
 * <p>The commit is Delta Kernel's public transaction, once for each attempt and without Kernel's
 * own retries: a strict comparison with the version that the position was read from. Kernel cannot
 * note a commit's user metadata, nor describe a table, so {@code NotedCommitter} adds them on the
 * way to Kernel's own committer. If the public interface should change there, this door alone is
 * affected.
 */
@NullMarked
package io.landfall.consumer.door.fast;

import org.jspecify.annotations.NullMarked;
