/**
 * One run over the items that are due: fetch some at once, then record their answers and their
 * ledger entries together. What is in progress may be followed in rounds, each of which is such a
 * run over that alone.
 *
 * <p>Nothing here calls Kafka: what a transaction is, and what becomes of one whose answer was
 * lost, is the {@link io.landfall.producer.ledger.Ledger}'s.
 */
@NullMarked
package io.landfall.producer.fetch;

import org.jspecify.annotations.NullMarked;
