/**
 * What producer and consumer agree on: topics and their settings, record schemas, the bytes on the
 * wire, the hash of a row's content. Generated record classes share this package, but for those of
 * a source's rows, which live with it.
 *
 * <p>It knows neither Kafka Streams nor Spark nor any API, and it starts nothing. A record type
 * changes only by adding optional fields; every version that was ever written stays in the jar
 * under {@code schema-history}, so that any record of any age can be read without asking a server.
 */
@NullMarked
package io.landfall.schemas;

import org.jspecify.annotations.NullMarked;
