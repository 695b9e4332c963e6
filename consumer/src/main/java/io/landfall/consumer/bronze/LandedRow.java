package io.landfall.consumer.bronze;

import org.apache.avro.generic.IndexedRecord;

/**
 * A row on its way into the table: a record and where it came from.
 *
 * @param timestamp the record's timestamp in the topic, microseconds since 1970
 * @param fingerprint of the schema it was written with, in hexadecimal digits
 */
public record LandedRow(
    IndexedRecord row, int partition, long offset, long timestamp, String fingerprint) {}
