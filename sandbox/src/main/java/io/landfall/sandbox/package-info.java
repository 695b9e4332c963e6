/**
 * Everything on one machine: a Kafka broker, a simulated API, the demo that runs producer and
 * consumer between them, and the tests that kill each of them.
 *
 * <p>It starts the programs as a user would, as processes with class paths of their own, and sees
 * them only from outside: command line, output, exit code, topics and table. Nothing here is needed
 * in production, and nothing here is loaded by producer or consumer.
 */
@NullMarked
package io.landfall.sandbox;

import org.jspecify.annotations.NullMarked;
