/**
 * How a Kafka cluster is reached ({@link io.landfall.cli.kafka.KafkaSettings}), and why one cannot
 * be used, in words that its user can act on.
 *
 * <p>What a Kafka client says of a cluster that does not answer is nearly always the same: a
 * timeout. So where the client knows no more, whoever listens at the address is asked with a few
 * bytes what it speaks ({@link io.landfall.cli.kafka.BrokerProbe}), and the failure is told by that
 * ({@link io.landfall.cli.kafka.KafkaFailure}).
 */
@NullMarked
package io.landfall.cli.kafka;

import org.jspecify.annotations.NullMarked;
