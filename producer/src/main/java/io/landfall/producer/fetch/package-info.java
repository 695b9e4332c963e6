/**
 * One run over the games that are due: fetch some at once, then commit their answers and their
 * ledger entries in one Kafka transaction.
 *
 * <p>Nothing is noted that was not published, and nothing is published that was not noted. A
 * transaction that fails has an unknown outcome: the run opens a new producer, reads the ledger
 * again and sends only what is not in it.
 */
@NullMarked
package io.landfall.producer.fetch;

import org.jspecify.annotations.NullMarked;
