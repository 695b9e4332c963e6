/**
 * The NHL's API as a source: schedule weeks, and play-by-play, box score and shift chart of a game.
 *
 * <p>It checks that an answer is JSON and whole, keeps its bytes as they came, and says what is
 * still missing. What the numbers mean is the business of {@code shape.nhl}.
 */
@NullMarked
package io.landfall.producer.source.nhl;

import org.jspecify.annotations.NullMarked;
