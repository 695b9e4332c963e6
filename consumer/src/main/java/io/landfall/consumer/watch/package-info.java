/**
 * The watch over a table's log. It reads who did what to the table since somebody answered for it
 * ({@link io.landfall.consumer.watch.CommitFiles}), tells what an append-only table does not go on
 * with ({@link io.landfall.consumer.watch.Alarms}), and follows a table for whoever wants to hear
 * of it ({@link io.landfall.consumer.watch.TableWatch}).
 *
 * <p>What a commit did is told by its actions, never by its name alone. Only commits that nobody
 * has answered for are read, so that the cost does not grow with the table. A writer asks before
 * each commit and stops; the way on is somebody's explicit act, which is noted in the table's own
 * log. Nothing here writes.
 */
@NullMarked
package io.landfall.consumer.watch;

import org.jspecify.annotations.NullMarked;
