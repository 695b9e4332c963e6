/**
 * Recorded traffic of real APIs, played again: a service of earthquakes whose history of
 * corrections is stepped through by a clock, and exchanges that answer the requests they were
 * recorded for.
 *
 * <p>A request goes through the web server to {@code RecordedTraffic}; an exchange that fits it
 * answers, else the earthquakes do where their paths are asked for. What nothing recorded can
 * answer is a 501 and counted: a test that plays a recording must not pass on made-up answers.
 */
@NullMarked
package io.landfall.sandbox.recorded;

import org.jspecify.annotations.NullMarked;
