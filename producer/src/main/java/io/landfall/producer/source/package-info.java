/**
 * The seam to any API: what it lists, and what came back when one item was fetched.
 *
 * <p>What an API may answer is a closed set of values ({@link
 * io.landfall.producer.source.FetchOutcome}), never an exception: one game that fails stops no
 * other. A source knows neither Kafka nor the ledger's schedule of attempts.
 */
@NullMarked
package io.landfall.producer.source;

import org.jspecify.annotations.NullMarked;
