package io.landfall.consumer.columnar.page;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/** Rows of columns, written as a file's row groups by Parquet's column writers. For one thread. */
public final class RowGroups implements AutoCloseable {

  /** Few enough that a column's turn stays in the processor's cache. */
  private static final int BATCH = 512;

  private static final int PAGE = 40 * BATCH;

  private final MessageType message;
  private final FileLimits limits;
  private final List<Column> columns;
  private final CodecFactory codecs;
  private final BytesInputCompressor compressor;
  private final ParquetProperties properties;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore writers;
  private int rows;
  private long bytes;
  private long rowsInGroup;
  private long rowsInFile;

  public RowGroups(
      OutputFile output, MessageType message, FileLimits limits, Configuration configuration)
      throws IOException {
    this.message = message;
    this.limits = limits;
    this.columns = Column.of(message);
    this.codecs = new CodecFactory(configuration, 1 << 20);
    this.compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
    int page = Math.max(BATCH, Math.min(PAGE, limits.rowsPerPage() / BATCH * BATCH));
    this.properties =
        ParquetProperties.builder()
            .withDictionaryPageSize(limits.bytesPerDictionary())
            .withMinRowCountForPageSizeCheck(BATCH)
            .estimateRowCountForPageSizeCheck(false)
            .withPageRowCountLimit(page)
            .withSizeStatisticsEnabled(false)
            .build();
    this.pages = newPages();
    this.writers = properties.newColumnWriteStore(message, pages);
    this.file =
        new ParquetFileWriter(
            output,
            message,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            properties);
    file.start();
  }

  private ColumnChunkPageWriteStore newPages() {
    return new ColumnChunkPageWriteStore(
        compressor,
        message,
        new HeapByteBufferAllocator(),
        properties.getColumnIndexTruncateLength(),
        true);
  }

  public List<Column> columns() {
    return columns;
  }

  public long rows() {
    return rowsInFile + rows;
  }

  /** Counts a row of which each column holds its part. */
  public void endRow(int recordBytes) throws IOException {
    rows++;
    bytes += recordBytes;
    if (rows == BATCH || bytes >= limits.bytesPerPage()) {
      endBatch();
    }
  }

  /** Takes back what columns hold of a row that was not ended. */
  public void dropRow() {
    columns.forEach(column -> column.truncate(rows));
  }

  private void endBatch() throws IOException {
    int ended = rows;
    List<ColumnDescriptor> descriptors = message.getColumns();
    for (int i = 0; i < columns.size(); i++) {
      ColumnDescriptor descriptor = descriptors.get(i);
      columns.get(i).writeTo(writers.getColumnWriter(descriptor), descriptor.getPrimitiveType());
      columns.get(i).clear();
    }
    for (int i = 0; i < ended; i++) {
      writers.endRecord();
    }
    rowsInGroup += ended;
    rowsInFile += ended;
    rows = 0;
    bytes = 0;
    if (ended < BATCH || writers.getBufferedSize() >= limits.bytesPerRowGroup()) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    file.startBlock(rowsInGroup);
    writers.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    writers.close();
    pages.close();
    rowsInGroup = 0;
    pages = newPages();
    writers = properties.newColumnWriteStore(message, pages);
  }

  /** Completes the file. */
  public ParquetMetadata finish(Map<String, String> metadata) throws IOException {
    if (rows > 0) {
      endBatch();
    }
    if (rowsInGroup > 0) {
      endGroup();
    }
    file.end(metadata);
    return file.getFooter();
  }

  @Override
  public void close() throws IOException {
    writers.close();
    pages.close();
    compressor.release();
    codecs.release();
    file.close();
  }
}
