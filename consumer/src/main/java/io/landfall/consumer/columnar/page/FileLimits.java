package io.landfall.consumer.columnar.page;

/**
 * Where pages, dictionaries and row groups end, and with them what a file keeps in memory while it
 * is written.
 *
 * @param rowsPerPage the most rows of a page
 * @param bytesPerPage so many bytes of records, over all columns, end a page too
 * @param bytesPerDictionary the most bytes of a column's dictionary; what comes then is written as
 *     it is
 * @param bytesPerRowGroup so many bytes of finished pages and dictionaries end a row group
 */
public record FileLimits(
    int rowsPerPage, int bytesPerPage, int bytesPerDictionary, long bytesPerRowGroup) {

  /** Parquet's usual ones, and 16 MiB of records in the making. */
  public static final FileLimits DEFAULT = new FileLimits(20_000, 1 << 24, 1 << 20, 1 << 27);
}
