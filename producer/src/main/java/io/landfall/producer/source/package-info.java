/**
 * The seam to any API: what it lists, what came back when one item was fetched, and what rows come
 * of that.
 *
 * <p>What an API may answer is a closed set of values ({@link
 * io.landfall.producer.source.FetchOutcome}, {@link io.landfall.producer.source.Shaped}), never an
 * exception: one item that fails stops no other, and a new case is a compile error where it is
 * handled. A source knows neither Kafka nor the ledger's schedule of attempts.
 */
@NullMarked
package io.landfall.producer.source;

import org.jspecify.annotations.NullMarked;
