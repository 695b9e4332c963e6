/** Failures of Kafka's client against real servers that are no Kafka. */
@NullMarked
package io.landfall.cli.kafka;

import org.jspecify.annotations.NullMarked;
