package io.landfall.consumer.bronze;

import java.io.Serializable;

/**
 * A Parquet file in the table's folder that is not part of the table until a commit names it.
 *
 * @param name its name in the folder
 * @param modified milliseconds since 1970
 * @param statistics Delta's JSON: number of rows, bounds and nulls of some columns
 */
public record WrittenFile(String name, long bytes, long rows, long modified, String statistics)
    implements Serializable {}
