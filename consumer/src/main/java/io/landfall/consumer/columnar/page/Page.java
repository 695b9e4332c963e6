package io.landfall.consumer.columnar.page;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * A finished data page.
 *
 * @param bytes compressed
 * @param rawBytes how many they were before
 * @param encoding of the values
 */
record Page(BytesInput bytes, int rawBytes, int rows, Statistics<?> statistics, Encoding encoding) {

  void writeTo(ParquetFileWriter file) throws IOException {
    file.writeDataPage(
        rows,
        rawBytes,
        bytes,
        statistics,
        rows,
        Encoding.RLE, // of repetition levels, which a flat file has none of
        Encoding.RLE,
        encoding);
  }
}
