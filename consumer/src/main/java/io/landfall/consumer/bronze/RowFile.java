package io.landfall.consumer.bronze;

import java.io.IOException;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * Writes rows into one new Parquet file in the table's folder; for one thread. Until a commit names
 * it, the file is nothing to readers, and VACUUM removes it.
 */
public final class RowFile implements AutoCloseable {

  private final Path path;
  private final FileSystem files;
  private final FileStatistics statistics;
  private final ParquetWriter<LandedRow> writer;
  private boolean finished;

  public RowFile(String table, RowLayout layout, Configuration configuration) throws IOException {
    Schema schema = layout.schema();
    this.path = new Path(table, "part-" + UUID.randomUUID() + ".zstd.parquet");
    this.files = path.getFileSystem(configuration);
    this.statistics = new FileStatistics(layout, schema);
    this.writer =
        new Builder(
                HadoopOutputFile.fromPath(path, configuration), new RowWriteSupport(layout, schema))
            .withConf(configuration)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(ParquetFileWriter.Mode.CREATE)
            .build();
  }

  public void append(LandedRow row) throws IOException {
    writer.write(row);
    statistics.see(row);
  }

  /** Completes the file. */
  public WrittenFile finish() throws IOException {
    writer.close();
    finished = true;
    FileStatus status = files.getFileStatus(path);
    return new WrittenFile(
        path.getName(),
        status.getLen(),
        statistics.rows(),
        status.getModificationTime(),
        statistics.json());
  }

  /** Removes the file unless it was finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      try {
        writer.close();
      } catch (IOException | RuntimeException e) {
        // The file is thrown away, most likely because writing failed: what a writer in that state
        // says of it (Parquet's has null pointers then) must not stand in front of the reason.
        return;
      } finally {
        files.delete(path, false);
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<LandedRow, Builder> {
    private final RowWriteSupport support;

    Builder(OutputFile file, RowWriteSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract there, without another way
    protected WriteSupport<LandedRow> getWriteSupport(Configuration configuration) {
      return support;
    }
  }
}
