/**
 * What a bronze table is, whoever reads and writes it: its columns ({@link
 * io.landfall.consumer.bronze.BronzeSchema}), what must be true of it ({@link
 * io.landfall.consumer.bronze.TableCheck}), what each commit notes ({@link
 * io.landfall.consumer.bronze.CommitNote}), where it stands ({@link
 * io.landfall.consumer.bronze.TablePosition}), and by what a batch is told from all others ({@link
 * io.landfall.consumer.bronze.Transaction}).
 *
 * <p>The table is the only truth about what has been landed. A row and the fact that it was taken
 * from the topic become visible in one commit, which holds only if the table still stands where the
 * rows go on. Nothing here opens a table: that is for {@link io.landfall.consumer.kernel} without
 * Spark, and for the doors with it.
 */
@NullMarked
package io.landfall.consumer.bronze;

import org.jspecify.annotations.NullMarked;
