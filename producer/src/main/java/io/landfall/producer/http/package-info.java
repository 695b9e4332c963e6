/**
 * Polite, bounded HTTP: a budget of requests, few tries with growing jittered pauses, {@code
 * Retry-After} respected and capped, a circuit breaker, a time limit and a size limit for each
 * answer.
 *
 * <p>An answer is a value ({@link io.landfall.producer.http.Answer}); nothing here knows what the
 * API is about.
 */
@NullMarked
package io.landfall.producer.http;

import org.jspecify.annotations.NullMarked;
