package io.landfall.consumer.landing;

import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a topic.
 *
 * @param timestamp milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record TopicRecord(
    int partition, long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {}
