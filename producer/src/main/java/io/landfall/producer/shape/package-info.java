/**
 * From the archive of raw answers to rows in the landing topic, exactly once: a Kafka Streams
 * topology around a pure {@link io.landfall.producer.source.Shaper}.
 *
 * <p>Its state store holds, per item, each row's content hash and revision, so that only rows that
 * are new or changed are emitted, and a row that the source took back becomes a retraction. Rows,
 * manifest, dead letters, state and input position are committed in one transaction. It makes no
 * API call.
 */
@NullMarked
package io.landfall.producer.shape;

import org.jspecify.annotations.NullMarked;
