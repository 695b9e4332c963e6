/**
 * What fetch knows of each game that the schedule ever listed, and what follows from it: which
 * games are due, and why.
 *
 * <p>The ledger lives in a compacted Kafka topic and in nothing else; it is read whole at the start
 * of a run. There is no watermark: a game stays due until it is held complete or will never be
 * played. Deciding is pure; only {@link io.landfall.producer.ledger.LedgerReader} knows Kafka.
 */
@NullMarked
package io.landfall.producer.ledger;

import org.jspecify.annotations.NullMarked;
