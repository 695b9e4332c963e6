/**
 * A source as a YAML file describes it: the keys that there are, how a file is read and checked,
 * and what it says as values. Nothing here asks an API or Kafka.
 */
@NullMarked
package io.landfall.producer.definition;

import org.jspecify.annotations.NullMarked;
