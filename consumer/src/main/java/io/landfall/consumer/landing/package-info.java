/**
 * Kafka to records: where a landing topic stands ({@link
 * io.landfall.consumer.landing.LandingTopic}), and a stretch of it read ({@link
 * io.landfall.consumer.landing.KafkaSource}).
 *
 * <p>Only committed records are seen, and none is skipped. This room commits nothing and remembers
 * nothing: where to read from is the table's to say. No consumer group is used, because a group's
 * offsets would be a second truth.
 */
@NullMarked
package io.landfall.consumer.landing;

import org.jspecify.annotations.NullMarked;
