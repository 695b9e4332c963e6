/**
 * A source that a definition describes: which items there are, what a look at each of them asks
 * for, what of it comes into force, and when the next look is due.
 *
 * <p>Nothing here knows Kafka, and nothing HTTP: requests and pages are those of {@code ask}.
 */
@NullMarked
package io.landfall.producer.rest;

import org.jspecify.annotations.NullMarked;
