package io.landfall.consumer.recover;

import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.Views;
import io.landfall.schemas.Dataset;
import java.math.BigInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a table says, in three figures that do not depend on the order of its rows or files.
 *
 * @param rows how many
 * @param keys how many different keys
 * @param hash the sum modulo 2^128 of the MD5 of each row's key, revision, operation and content
 *     hash, as 32 hexadecimal digits: any row more, less or different changes it
 */
record TableDigest(long rows, long keys, String hash) {

  /** A row's hash is summed in four parts of 32 bits, which a bigint holds for 2^31 rows. */
  private static final int PARTS = 4;

  private static final int PART_DIGITS = 8;

  static TableDigest of(SparkSession spark, Dataset dataset, TableLocation table) {
    return of(spark, dataset, table, "true");
  }

  /**
   * Of a part of the table.
   *
   * @param which rows, as SQL
   */
  static TableDigest of(SparkSession spark, Dataset dataset, TableLocation table, String which) {
    String key = Views.key(dataset);
    StringBuilder sums = new StringBuilder();
    for (int part = 0; part < PARTS; part++) {
      sums.append(
          ", coalesce(sum(cast(conv(substr(h, %d, %d), 16, 10) AS bigint)), 0)"
              .formatted(1 + part * PART_DIGITS, PART_DIGITS));
    }
    // md5 alone decides whether two keys count as one: 128 bits for a table of some millions.
    Row row =
        spark
            .sql(
                "SELECT count(*), count(DISTINCT k)%s FROM (SELECT md5(concat_ws('|', %s)) AS k, md5(concat_ws('|', %s, %s, %s, %s)) AS h FROM %s WHERE %s)"
                    .formatted(
                        sums,
                        key,
                        key,
                        BronzeSchema.REVISION,
                        BronzeSchema.OPERATION,
                        BronzeSchema.CONTENT_HASH,
                        table.sql(),
                        which))
            .first();
    BigInteger sum = BigInteger.ZERO;
    for (int part = 0; part < PARTS; part++) {
      sum = sum.shiftLeft(4 * PART_DIGITS).add(BigInteger.valueOf(row.getLong(2 + part)));
    }
    BigInteger folded = sum.mod(BigInteger.ONE.shiftLeft(4 * PART_DIGITS * PARTS));
    return new TableDigest(row.getLong(0), row.getLong(1), "%032x".formatted(folded));
  }
}
