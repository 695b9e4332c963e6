/**
 * Hockey: from the NHL API's answers for one game to its rows, and to what is still missing.
 *
 * <p>Two pure functions stand at the door. {@link io.landfall.producer.nhl.stats.NhlShaper} gives
 * the rows, {@link io.landfall.producer.nhl.stats.Completeness} what a complete game would need
 * besides; both read the same {@code Evidence}, so the rows use a shift chart exactly when the
 * fetch stage calls it complete.
 *
 * <p>The way in between: answers are read ({@code *Json}), resolved into a {@code Game}, a {@code
 * BoxScore} and {@code IceTime}, counted by {@code Counting}, believed as far as {@code PlaysCheck}
 * says ({@code Known}), and laid out by {@code Columns}. What is odd costs itself ({@code
 * Oddities}). Nothing here knows Kafka, HTTP or a clock, and nothing guesses: what the answers do
 * not tell is null. What each column means stands in the schema's documentation.
 */
@NullMarked
package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.NullMarked;
