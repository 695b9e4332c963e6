/**
 * The ways into the table. A {@link io.landfall.consumer.door.Door} takes the records of one batch
 * and makes them rows of the table in one commit, if the table still stands where they go on. There
 * are two, {@link io.landfall.consumer.door.fast} for folders and {@link
 * io.landfall.consumer.door.spark} for whatever Spark can write, and they keep one protocol: the
 * table says where it stands, the commit says what it holds, and Delta's transaction identifiers
 * refuse whoever is late. Where others have changed the table it refuses too, until somebody has
 * made a {@link io.landfall.consumer.door.Decision}. A table may be written through both, in turn
 * and at once.
 *
 * <p>This package uses the public API of Spark and Delta only.
 */
@NullMarked
package io.landfall.consumer.door;

import org.jspecify.annotations.NullMarked;
