/**
 * The NHL's API as a source: schedule weeks, and play-by-play, box score and shift chart of a game.
 *
 * <p>It checks that an answer is JSON and whole, keeps its bytes as they came, and says what is
 * still missing, which it asks its neighbour: what the numbers mean, and when they are all there,
 * is the business of {@code nhl.stats}.
 */
@NullMarked
package io.landfall.producer.nhl.api;

import org.jspecify.annotations.NullMarked;
