/**
 * The dead letters that shape wrote: what became of each, and how one is sent again.
 *
 * <p>A letter names a record of the archive. Whatever the archive got for the same item later comes
 * before it: then it is superseded, and to send it again would bring an old answer back.
 */
@NullMarked
package io.landfall.producer.deadletter;

import org.jspecify.annotations.NullMarked;
