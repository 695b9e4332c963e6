/**
 * Kafka to rows: where a landing topic stands ({@link io.landfall.consumer.landing.LandingTopic}),
 * a stretch of it read ({@link io.landfall.consumer.landing.KafkaSource}), a record decoded ({@link
 * io.landfall.consumer.landing.RecordDecoder}).
 *
 * <p>Only committed records are seen, none is skipped, and a record is read in the schema that it
 * was written with. This room commits nothing and remembers nothing: where to read from is the
 * table's to say. No consumer group is used, because a group's offsets would be a second truth.
 */
@NullMarked
package io.landfall.consumer.landing;

import org.jspecify.annotations.NullMarked;
