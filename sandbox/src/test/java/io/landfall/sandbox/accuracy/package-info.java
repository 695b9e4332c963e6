/**
 * The product's rows against the generator's own count. A season is simulated play by play and what
 * was simulated is counted ({@code Tally}); the producer sees nothing but the JSON that comes of
 * it. Every column of every row is held against that count, so what is proven here are the rules,
 * on games that no recording has; that the rules are the league's is proven on recordings, in
 * producer.
 *
 * <p>Here, and where the simulated collection is read, code of the producer is loaded beside the
 * sandbox's. The consumer's never is.
 */
@NullMarked
package io.landfall.sandbox.accuracy;

import org.jspecify.annotations.NullMarked;
