/**
 * Kafka to records: how far a landing topic reaches ({@link
 * io.landfall.consumer.landing.LandingTopic}), and its records from a position on, as a stream of
 * Spark's ({@link io.landfall.consumer.landing.LandingStream}).
 *
 * <p>Only committed records are seen, and none is skipped. This room commits nothing and remembers
 * nothing: where to read from is the table's to say. No consumer group is used, because a group's
 * offsets would be a second truth.
 */
@NullMarked
package io.landfall.consumer.landing;

import org.jspecify.annotations.NullMarked;
