package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.columnar.page.FileLimits;
import io.landfall.schemas.SingleObjectFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes into a file comes out of it by every reader: each type, nulls and values in every
 * pattern, and limits so small that pages, dictionaries and row groups end all the time. {@code
 * -Dlandfall.seed=N} runs what a failure names.
 */
class EveryReaderTest {

  private static final int CASES = 8;
  private static final Configuration CONFIGURATION = new Configuration();
  private static final long FIRST_OFFSET = 1L << 33;
  private static final long TIMESTAMP = 1_700_000_000_456_789L;

  @TempDir private Path folder;

  static Stream<Long> seeds() {
    Long wanted = Long.getLong("landfall.seed");
    return wanted == null ? new Random().longs(CASES).boxed() : Stream.of(wanted);
  }

  @ParameterizedTest(name = "landfall.seed={0}")
  @MethodSource("seeds")
  void cellsComeOutAsTheyWentIn(long seed) throws Exception {
    Random random = new Random(seed);
    int count = random.nextInt(6) == 0 ? random.nextInt(2) : random.nextInt(1_500);
    FileLimits limits =
        new FileLimits(
            1 + random.nextInt(random.nextBoolean() ? 30 : 2_000),
            1 << (8 + random.nextInt(12)),
            1 << (3 + random.nextInt(14)),
            1 << (8 + random.nextInt(16)));
    List<GenericRecord> records = Everything.records(Everything.SECOND, count, random);

    WrittenFile written = write(records, limits);

    assertThat(written.rows()).isEqualTo(count);
    assertThat(folder.resolve(written.name())).hasSize(written.bytes());
    readersAgree(folder.resolve(written.name()), expected(records));
    new StatisticsJudge(folder.resolve(written.name())).judge(written, expected(records));
  }

  @ParameterizedTest(name = "landfall.seed={0}")
  @MethodSource("seeds")
  void cellsAreThoseOfThePlainWay(long seed) throws Exception {
    Random random = new Random(seed);
    List<GenericRecord> records = new ArrayList<>();
    records.addAll(Everything.records(Everything.SECOND, random.nextInt(300), random));
    records.addAll(Everything.records(Everything.FIRST, random.nextInt(300), random));
    records.addAll(Everything.records(Everything.SECOND, random.nextInt(300), random));
    Path plain = folder.resolve("plain.parquet");
    try (PlainFile file =
        new PlainFile(
            new org.apache.hadoop.fs.Path(plain.toUri()), Everything.layout(), CONFIGURATION)) {
      for (int i = 0; i < records.size(); i++) {
        file.append(bytes(records.get(i)), 3, FIRST_OFFSET + i, TIMESTAMP);
      }
    }

    WrittenFile written = write(records, FileLimits.DEFAULT);

    assertThat(FileReaders.parquetJava(folder.resolve(written.name())))
        .isEqualTo(FileReaders.parquetJava(plain));
  }

  @Test
  void fullPagesOfTheDefaultSizeAreRead() throws Exception {
    List<GenericRecord> records =
        Everything.records(Everything.SECOND, 21_000, new Random(20_251_125));

    WrittenFile written = write(records, FileLimits.DEFAULT);

    readersAgree(folder.resolve(written.name()), expected(records));
  }

  /** Parquet-java leaves such bounds out when it reads, so the footer's own bytes are asked. */
  @Test
  void footerTellsNoBoundThatIsNaN() throws Exception {
    List<GenericRecord> records = Everything.records(Everything.SECOND, 40, new Random(20_251_125));
    records.get(7).put("needed_double", Double.NaN);

    WrittenFile written = write(records, new FileLimits(16, 1 << 20, 1 << 10, 1 << 20));

    Statistics unordered = rawStatistics(folder.resolve(written.name()), "needed_double");
    assertThat(unordered.isSetNull_count()).isTrue();
    assertThat(unordered.isSetMin_value() || unordered.isSetMin()).isFalse();
    assertThat(unordered.isSetMax_value() || unordered.isSetMax()).isFalse();
    Statistics ordered = rawStatistics(folder.resolve(written.name()), "needed_int");
    assertThat(ordered.isSetMin_value() && ordered.isSetMax_value()).isTrue();
  }

  /** Of the first row group. */
  private static Statistics rawStatistics(Path file, String column) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - "PAR1".length() - Integer.BYTES;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    return Util.readFileMetaData(new ByteArrayInputStream(bytes, end - length, length))
        .getRow_groups()
        .get(0)
        .getColumns()
        .stream()
        .map(ColumnChunk::getMeta_data)
        .filter(chunk -> chunk.getPath_in_schema().equals(List.of(column)))
        .findFirst()
        .orElseThrow()
        .getStatistics();
  }

  private static void readersAgree(Path file, List<List<String>> expected) throws Exception {
    String columns = BronzeSchema.columns(Everything.SECOND).json();
    assertThat(FileReaders.parquetJava(file)).as("parquet-java").isEqualTo(expected);
    assertThat(FileReaders.spark(file)).as("Spark").isEqualTo(expected);
    assertThat(FileReaders.kernel(file, columns)).as("Delta Kernel").isEqualTo(expected);
    assertThat(FileReaders.duckDb(file)).as("DuckDB").isEqualTo(expected);
  }

  private WrittenFile write(List<GenericRecord> records, FileLimits limits) throws Exception {
    try (ColumnarFile file =
        ColumnarFile.create(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            Everything.layout(),
            limits,
            CONFIGURATION)) {
      for (int i = 0; i < records.size(); i++) {
        file.append(bytes(records.get(i)), 3, FIRST_OFFSET + i, TIMESTAMP);
      }
      return file.finish();
    }
  }

  private static byte[] bytes(GenericRecord record) {
    return SingleObjectFormat.generic(record.getSchema()).encode(record);
  }

  private static List<List<String>> expected(List<GenericRecord> records) {
    String fingerprint =
        "%016x".formatted(SchemaNormalization.parsingFingerprint64(Everything.SECOND));
    List<List<String>> rows = Cells.of(records);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i)
          .addAll(
              List.of(
                  Everything.layout().topicId(),
                  "3",
                  Long.toString(FIRST_OFFSET + i),
                  Long.toString(TIMESTAMP),
                  Long.toString(Everything.layout().ingestedAt()),
                  fingerprint));
    }
    return rows;
  }
}
