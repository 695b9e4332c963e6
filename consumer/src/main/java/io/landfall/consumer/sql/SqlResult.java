package io.landfall.consumer.sql;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a statement found.
 *
 * @param isText whether its one column is text of several lines, meant to be read as such: a plan
 */
public record SqlResult(Dataset<Row> rows, boolean isText) {}
