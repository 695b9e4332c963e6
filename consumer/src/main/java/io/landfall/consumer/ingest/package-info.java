/**
 * The loop of stage 2. {@link io.landfall.consumer.ingest.Ingest} asks the table where it stands,
 * has the records beyond that written to files ({@link io.landfall.consumer.ingest.BatchWriter}),
 * and has the table take them in one commit.
 *
 * <p>It keeps nothing on disk: no checkpoint, no consumer group. A crash at any moment leaves files
 * that no commit names, or a commit that is whole; the next start asks the table again. It refuses
 * to go on where that would lose or double rows.
 *
 * <p>Spark's Structured Streaming is not used, because its checkpoint is a second truth beside the
 * table, and the two disagree after a crash, a RESTORE or a change of code.
 */
@NullMarked
package io.landfall.consumer.ingest;

import org.jspecify.annotations.NullMarked;
