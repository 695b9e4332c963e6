package io.landfall.sandbox.guarantee;

/** One record of the landing topic. */
public record LandedRecord(int partition, long offset, String key, String contentHash) {}
