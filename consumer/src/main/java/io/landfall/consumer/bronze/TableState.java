package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;

/**
 * Where a table stands.
 *
 * @param version of the Delta table
 * @param position everything before it, and nothing behind it, is in the table at this version
 */
public record TableState(long version, Offsets position) {}
