package io.landfall.consumer.quarantine;

import org.jspecify.annotations.Nullable;

/**
 * What a record was made of, byte for byte.
 *
 * @param headers as a JSON array
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Body(byte @Nullable [] key, byte @Nullable [] value, @Nullable String headers) {}
