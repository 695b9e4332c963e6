package io.landfall.producer.nhl.stats;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the answers for a game are worth.
 *
 * @param missing for each endpoint that is missing or partial, why, in the order of need; empty
 *     when the game is complete
 * @param settlesAfter how long that must stay the same to count as all that there will be; empty
 *     where it never does
 * @param quality how much they say: counts of plays, player lines and shifts, and 1 for each check
 *     that they passed, else 0
 * @param agrees whether plays, box score and ice time are all there and agree with each other
 * @param hasIceTime whether they tell who was on the ice, to the second
 */
public record Judgement(
    Map<String, String> missing,
    Optional<Duration> settlesAfter,
    Map<String, Integer> quality,
    boolean agrees,
    boolean hasIceTime) {}
