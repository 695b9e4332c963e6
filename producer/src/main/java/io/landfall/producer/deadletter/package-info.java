/**
 * The dead letters that shape wrote: what became of each, how one is sent again, and how somebody
 * decides that it stays as it is.
 *
 * <p>A letter names a record of the archive. Whatever the archive got for the same item later comes
 * before it: then it is superseded, and to send it again would bring an old answer back.
 */
@NullMarked
package io.landfall.producer.deadletter;

import org.jspecify.annotations.NullMarked;
