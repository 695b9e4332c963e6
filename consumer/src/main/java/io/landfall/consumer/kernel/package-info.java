/**
 * A table's folder read with Delta Kernel: what it says of itself, where it stands, what it holds.
 *
 * <p>Spark is not started for any of that, so that a look at a table takes a second or two and not
 * ten, and costs the same while a Spark session runs. Kernel's public API is used, with what it
 * hands out of its own insides: the protocol of a snapshot ({@link
 * io.landfall.consumer.kernel.KernelTable}), and the rows of a scan ({@code KernelRows}), for which
 * it has no public classes. Nothing here writes.
 */
@NullMarked
package io.landfall.consumer.kernel;

import org.jspecify.annotations.NullMarked;
