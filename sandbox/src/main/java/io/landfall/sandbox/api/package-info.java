/**
 * A simulated NHL API on this machine: recorded games, generated games, or both, behind the paths
 * of the two real hosts on one port.
 *
 * <p>A request goes through {@link io.landfall.sandbox.api.HttpServer} to a {@code Route}, from
 * there to the games that can answer it, then through the faults that were asked for, and is
 * counted. Recorded answers are served byte for byte. Nothing here knows Kafka, Spark or how a row
 * is derived, and nothing is ever asked of the real API.
 *
 * <p>The server is Apache's HttpCore, not the JDK's: a misbehaving API must be able to reset a
 * connection, and the JDK's server never gives its socket away.
 */
@NullMarked
package io.landfall.sandbox.api;

import org.jspecify.annotations.NullMarked;
