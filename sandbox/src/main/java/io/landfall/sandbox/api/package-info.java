/**
 * A simulated NHL API on this machine: recorded games, generated games, or both, behind the paths
 * of the two real hosts on one port.
 *
 * <p>A request goes through {@code HttpServer} to a {@code Route}, from there to the games that can
 * answer it, then through the faults that were asked for, and is counted. Recorded answers are
 * served byte for byte. Nothing here knows Kafka, Spark or how a row is derived, and nothing is
 * ever asked of the real API.
 */
@NullMarked
package io.landfall.sandbox.api;

import org.jspecify.annotations.NullMarked;
