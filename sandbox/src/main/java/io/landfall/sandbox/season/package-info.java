/**
 * Generated hockey: whole seasons of games that never were, each one the same for the same seed.
 *
 * <p>A game is simulated second by second: who is on the ice comes first, what happens is done by
 * those who are there, box score, shift chart and header are counted from that. So three identities
 * hold that hold in real games: the plays add up to the box score, the shifts to the time on ice,
 * and the players on the ice to each play's situation code. A {@link
 * io.landfall.sandbox.season.Tally} counts what was simulated, as an oracle for what others derive
 * from the JSON.
 *
 * <p>Each game has a random source of its own, made from the season's seed and the game's id: any
 * game can be made alone, in any order, on any thread. Nothing here knows HTTP.
 */
@NullMarked
package io.landfall.sandbox.season;

import org.jspecify.annotations.NullMarked;
