/**
 * A simulated NHL API on this machine: recorded games, generated games, or both, behind the paths
 * of the two real hosts on one port.
 *
 * <p>A request goes through {@link io.landfall.sandbox.api.HttpListener} to a {@code Route}, from
 * there to the games that can answer it, then through the faults that were asked for, and is
 * counted. Recorded answers are served byte for byte. Nothing here knows Kafka, Spark or how a row
 * is derived, and nothing is ever asked of the real API.
 *
 * <p>It has its own small HTTP server because a misbehaving API must be able to reset a connection,
 * cut a body in the middle or send it byte by byte, which the JDK's server does not offer.
 */
@NullMarked
package io.landfall.sandbox.api;

import org.jspecify.annotations.NullMarked;
