package io.landfall.producer.overview;

import java.util.Optional;

/**
 * What is known now.
 *
 * @param overview the latest; empty where nothing was ever found out
 * @param trouble why there is no later one, if there should be
 */
public record Seen(Optional<Overview> overview, Optional<String> trouble) {}
