/**
 * Records into files: the bytes of a record as Avro has them, field by field into columns, and the
 * columns into one new Parquet file of the table ({@link
 * io.landfall.consumer.columnar.ColumnarFile}).
 *
 * <p>A row is in the file as a whole or not at all. Nothing in a record is believed: lengths are
 * compared with what is left, numbers have an end, text is UTF-8, and what has no place in its
 * column is told with the field and the reason ({@link io.landfall.consumer.columnar.Undecodable});
 * the file is then as it was. However a record was made, memory stays within {@link
 * io.landfall.consumer.columnar.page.FileLimits} and the record itself. A record of another
 * writer's schema goes through Avro's resolution into the same file, after its bytes were judged as
 * strictly.
 *
 * <p>Rejected, because measured: rows of Spark's and its writer, which plan and convert for longer
 * than all the rest; generic records through parquet-java's record consumer, the way before this
 * one, in which each value is an object and five calls (2.5 to 4 times as long, {@code
 * ColumnarFileBenchmark}); columns through parquet-java's column writers (1.7 times as long as with
 * pages of our own, see {@link io.landfall.consumer.columnar.page}). Decoding old schemas straight
 * into columns would save time for old records only, and be a second set of Avro's rules.
 */
@NullMarked
package io.landfall.consumer.columnar;

import org.jspecify.annotations.NullMarked;
