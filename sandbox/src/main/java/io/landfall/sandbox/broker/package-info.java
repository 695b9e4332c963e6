/**
 * A real Kafka broker on this machine: broker and controller in one JVM, on the loopback address
 * only.
 *
 * <p>It is the same code that a cluster runs, with transactions and compaction, so that what holds
 * here holds there. It differs only where one node and a quick start demand it: nothing is
 * replicated, and internal topics have few partitions. What it holds survives a SIGKILL of the
 * process; it is not for data that must survive this machine.
 *
 * <p>It must have a JVM of its own: Spark brings other versions of the broker's libraries.
 */
@NullMarked
package io.landfall.sandbox.broker;

import org.jspecify.annotations.NullMarked;
