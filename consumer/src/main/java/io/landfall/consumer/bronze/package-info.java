/**
 * The bronze table: its columns ({@link io.landfall.consumer.bronze.BronzeSchema}), where it stands
 * and how it takes files of rows ({@link io.landfall.consumer.bronze.BronzeTable}).
 *
 * <p>The table is the only truth about what has been landed. A row and the fact that it was taken
 * from the topic become visible in one commit, which holds only if the table still stands where the
 * rows go on. Nothing here deletes or overwrites a row.
 *
 * <p>The commit is Delta's own optimistic transaction. That is an internal interface of a pinned
 * version, used in {@link io.landfall.consumer.bronze.BronzeTable} and {@code LogActions} only.
 */
@NullMarked
package io.landfall.consumer.bronze;

import org.jspecify.annotations.NullMarked;
