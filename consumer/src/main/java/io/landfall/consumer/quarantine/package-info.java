/**
 * The records that are no rows, after they were set aside: which there are ({@link
 * io.landfall.consumer.quarantine.Entries}), whether all are there that should be ({@link
 * io.landfall.consumer.quarantine.Completeness}), and how those become rows that can be by now
 * ({@link io.landfall.consumer.quarantine.Replay}).
 *
 * <p>Nothing is ever taken out of a quarantine table. That a record became a row is a further row,
 * and the bronze table is asked first: a record is a row once, however often it is replayed and
 * whoever dies meanwhile. Setting records aside is the doors' work.
 */
@NullMarked
package io.landfall.consumer.quarantine;

import org.jspecify.annotations.NullMarked;
