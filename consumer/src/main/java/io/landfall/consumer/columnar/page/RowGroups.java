package io.landfall.consumer.columnar.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/** Rows of columns, written as pages and row groups of one Parquet file. For one thread. */
public final class RowGroups implements AutoCloseable {

  private final MessageType message;
  private final FileLimits limits;
  private final List<Column> columns;
  private final PageScratch scratch;
  private final ParquetFileWriter file;
  private List<ColumnChunk> chunks;
  private int rowsInPage;
  private long bytesInPage;
  private long rowsInGroup;
  private long rowsInFile;

  /**
   * Begins a file.
   *
   * @param message a flat one: each column is there once in a row, or not at all
   * @param columns of the message; rows are appended to them: to each one value or null, then
   *     {@link #endRow}
   */
  public RowGroups(
      OutputFile output,
      MessageType message,
      List<Column> columns,
      FileLimits limits,
      Configuration configuration)
      throws IOException {
    this.message = message;
    this.limits = limits;
    this.columns = columns;
    this.file =
        new ParquetFileWriter(
            output,
            message,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            ParquetProperties.builder().build());
    this.scratch = new PageScratch(configuration);
    this.chunks = newChunks();
    file.start();
  }

  private List<ColumnChunk> newChunks() {
    List<ColumnChunk> fresh = new ArrayList<>();
    for (Column column : columns) {
      fresh.add(new ColumnChunk(message.getColumns().get(fresh.size()), column, scratch));
    }
    return fresh;
  }

  /** How many rows were ended. */
  public long rows() {
    return rowsInFile + rowsInGroup + rowsInPage;
  }

  /**
   * Counts a row of which each column holds its part.
   *
   * @param recordBytes about how many bytes it has in memory
   */
  public void endRow(int recordBytes) throws IOException {
    rowsInPage++;
    bytesInPage += recordBytes;
    if (rowsInPage >= limits.rowsPerPage() || bytesInPage >= limits.bytesPerPage()) {
      endPage();
      if (memory() >= limits.bytesPerRowGroup()) {
        endGroup();
      }
    }
  }

  /** Takes back what columns hold of a row that was not ended. */
  public void dropRow() {
    for (Column column : columns) {
      column.truncate(rowsInPage);
    }
  }

  private void endPage() {
    for (ColumnChunk chunk : chunks) {
      chunk.addPage();
    }
    rowsInGroup += rowsInPage;
    rowsInPage = 0;
    bytesInPage = 0;
  }

  private long memory() {
    long memory = 0;
    for (ColumnChunk chunk : chunks) {
      memory += chunk.memory();
    }
    return memory;
  }

  private void endGroup() throws IOException {
    file.startBlock(rowsInGroup);
    for (ColumnChunk chunk : chunks) {
      chunk.writeTo(file);
    }
    file.endBlock();
    rowsInFile += rowsInGroup;
    rowsInGroup = 0;
    chunks = newChunks();
  }

  /**
   * Completes the file.
   *
   * @param metadata goes into its footer
   */
  public ParquetMetadata finish(Map<String, String> metadata) throws IOException {
    if (rowsInPage > 0) {
      endPage();
    }
    if (rowsInGroup > 0) {
      endGroup();
    }
    file.end(metadata);
    return file.getFooter();
  }

  @Override
  public void close() throws IOException {
    scratch.close();
    file.close();
  }
}
