package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.columnar.page.Column;
import io.landfall.consumer.columnar.page.FileLimits;
import io.landfall.consumer.columnar.page.RowGroups;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One new Parquet file of rows in a table's folder, on any file system that Hadoop opens. Until a
 * commit names it, the file is nothing to readers, and VACUUM removes it. For one thread.
 */
public final class ColumnarFile implements AutoCloseable {

  /** Spark reads timestamps of files without it by a setting; with it, as they are. */
  private static final String SPARK_VERSION = "org.apache.spark.version";

  private static final String PREFIX = "part-";
  private static final String SUFFIX = ".zstd.parquet";

  private final Path path;
  private final FileSystem files;
  private final RowLayout layout;
  private final RowGroups rowGroups;
  private final RecordAppender records;
  private final OriginColumns origins;
  private boolean finished;

  private ColumnarFile(Path path, RowLayout layout, FileLimits limits, Configuration configuration)
      throws IOException {
    Schema schema = layout.schema();
    MessageType message = ParquetSchema.of(schema);
    int fields = schema.getFields().size();
    List<Column> columns = Column.of(message, limits);
    this.path = path;
    this.layout = layout;
    this.files = path.getFileSystem(configuration);
    this.records =
        new RecordAppender(
            schema, layout.history(), columns.subList(0, fields), layout.key(), layout.ids());
    this.origins =
        new OriginColumns(
            columns.subList(fields, columns.size()), layout.topicId(), layout.ingestedAt());
    // Last, because from here on there is a file to be closed and removed.
    this.rowGroups =
        new RowGroups(
            HadoopOutputFile.fromPath(path, configuration),
            message,
            columns,
            limits,
            configuration);
  }

  /**
   * Creates a file with a name of its own.
   *
   * @param folder the table's
   */
  public static ColumnarFile create(Path folder, RowLayout layout, Configuration configuration)
      throws IOException {
    return create(folder, layout, FileLimits.DEFAULT, configuration);
  }

  /** Whether a file in a folder may be one of these. */
  public static boolean isNamedSo(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  static ColumnarFile create(
      Path folder, RowLayout layout, FileLimits limits, Configuration configuration)
      throws IOException {
    Path path = new Path(folder, PREFIX + UUID.randomUUID() + SUFFIX);
    return new ColumnarFile(path, layout, limits, configuration);
  }

  /**
   * Appends a record of the topic as a row.
   *
   * @param value the record's value as it was read from the topic; may be changed afterwards
   * @param timestamp the record's timestamp in the topic, microseconds since 1970
   * @throws Undecodable if the value is no row; the file is as it was before, and takes further
   *     rows
   */
  public void append(byte @Nullable [] value, int partition, long offset, long timestamp)
      throws Undecodable, IOException {
    byte[] fingerprint;
    try {
      fingerprint = records.append(value);
    } catch (Undecodable e) {
      rowGroups.dropRow();
      throw e;
    }
    origins.append(partition, offset, timestamp, fingerprint);
    rowGroups.endRow(value == null ? 0 : value.length);
  }

  /** How many rows it has so far. */
  public long rows() {
    return rowGroups.rows();
  }

  /** Completes the file. */
  public WrittenFile finish() throws IOException {
    ParquetMetadata footer =
        rowGroups.finish(Map.of(SPARK_VERSION, org.apache.spark.package$.MODULE$.SPARK_VERSION()));
    finished = true;
    FileStatus status = files.getFileStatus(path);
    return new WrittenFile(
        path.getName(),
        status.getLen(),
        rowGroups.rows(),
        status.getModificationTime(),
        new DeltaStatistics(layout.statistics()).json(rowGroups.rows(), footer));
  }

  /** Removes the file unless it was finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      rowGroups.close();
      return;
    }
    try {
      rowGroups.close();
    } catch (IOException | RuntimeException | FSError e) {
      // The file is thrown away, most likely because writing failed: what closing it says once more
      // must not stand in front of the reason.
      return;
    } finally {
      files.delete(path, false);
    }
  }
}
