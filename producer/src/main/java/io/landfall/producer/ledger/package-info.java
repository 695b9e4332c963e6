/**
 * What fetch knows of each item that the source ever listed, and what follows from it: which items
 * are due, and why.
 *
 * <p>The ledger lives in a compacted Kafka topic and in nothing else; it is read whole at the start
 * of a run. There is no watermark: an item stays due until it is held complete or will never be.
 * Deciding is pure; only {@link io.landfall.producer.ledger.KafkaLedger} and what is behind it know
 * Kafka.
 *
 * <p>Nothing is noted that was not archived, and nothing is archived that was not noted. A
 * transaction that fails has an unknown outcome: a new producer is opened, the ledger read again,
 * and only what is not in it is sent.
 */
@NullMarked
package io.landfall.producer.ledger;

import org.jspecify.annotations.NullMarked;
