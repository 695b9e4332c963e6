/** Rows from Avro to Parquet. */
@NullMarked
package io.landfall.consumer.columnar;

import org.jspecify.annotations.NullMarked;
