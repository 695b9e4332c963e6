package io.landfall.sandbox.season;

/**
 * Where a game stands at a moment.
 *
 * @param game with its place in the calendar as it is known then, and all that has happened by then
 * @param chart whether its shift chart has come
 */
public record GameSnapshot(GeneratedGame game, Progress progress, boolean chart) {}
