/**
 * Is everything all right? What Kafka and the consumer tell, judged, and shown in three ways: in a
 * terminal, as JSON and as a page.
 *
 * <p>{@link io.landfall.producer.overview.Facts} are what was found, {@link
 * io.landfall.producer.overview.Overview} is what follows from them, and that is pure. The three
 * ways to show it say the same, and know no source.
 */
@NullMarked
package io.landfall.producer.overview;

import org.jspecify.annotations.NullMarked;
