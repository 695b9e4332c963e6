/**
 * From answers of an API to the draft of its definition: where the records are, what their fields
 * hold, what tells one from another, what orders them, how an answer goes on. Guesses are made here
 * alone, once, and for a person to read: what runs later guesses nothing.
 */
@NullMarked
package io.landfall.producer.infer;

import org.jspecify.annotations.NullMarked;
