/**
 * Landfall's programs as processes of their own, each with its own class path, started as the
 * landfall script starts them. The demo and the end-to-end tests see producer, consumer and broker
 * through this room only: command line, output, exit code, signals.
 *
 * <p>A child gets none of the caller's {@code LANDFALL_…} variables: a demo must not reach the
 * cluster that somebody has set up for production.
 */
@NullMarked
package io.landfall.sandbox.process;

import org.jspecify.annotations.NullMarked;
