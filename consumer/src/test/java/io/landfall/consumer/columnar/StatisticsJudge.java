package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.consumer.bronze.WrittenFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Compares what a file and its entry in the log tell of its cells with the cells themselves. */
final class StatisticsJudge {

  private static final JsonMapper DOUBLES = new JsonMapper();

  private static final JsonMapper DECIMALS =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path file;

  StatisticsJudge(Path file) {
    this.file = file;
  }

  void judge(WrittenFile written, List<List<String>> rows) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      int from = 0;
      for (BlockMetaData group : reader.getRowGroups()) {
        int to = from + (int) group.getRowCount();
        for (int column = 0; column < group.getColumns().size(); column++) {
          ColumnChunkMetaData chunk = group.getColumns().get(column);
          judgeChunk(chunk, cells(rows.subList(from, to), column));
          judgePages(reader, chunk, cells(rows.subList(from, to), column));
        }
        from = to;
      }
      assertThat(from).isEqualTo(rows.size());
      List<org.apache.parquet.schema.Type> types = reader.getFileMetaData().getSchema().getFields();
      JsonNode json = DECIMALS.readTree(written.statistics());
      JsonNode floating = DOUBLES.readTree(written.statistics()); // with the sign of a zero
      assertThat(json.get("numRecords").asLong()).isEqualTo(rows.size());
      for (int column = 0; column < types.size(); column++) {
        if (json.get("nullCount").has(types.get(column).getName())) {
          PrimitiveType type = types.get(column).asPrimitiveType();
          judgeDelta(isFloating(type) ? floating : json, type, cells(rows, column));
        }
      }
    }
  }

  private static List<String> cells(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }

  private static void judgeChunk(ColumnChunkMetaData chunk, List<String> cells) {
    PrimitiveType type = chunk.getPrimitiveType();
    Statistics<?> written = chunk.getStatistics();
    List<String> values = values(cells);
    assertThat(written.getNumNulls()).as(chunk.toString()).isEqualTo(cells.size() - values.size());
    if (values.isEmpty() || values.contains("NaN")) {
      assertThat(written.hasNonNullValue()).as(chunk.toString()).isFalse();
    } else {
      assertThat(written.hasNonNullValue()).as(chunk.toString()).isTrue();
      Comparator<String> order = order(type);
      assertThat(cell(type, written.genericGetMin()))
          .isEqualTo(lowestZero(type, Collections.min(values, order)));
      assertThat(cell(type, written.genericGetMax()))
          .isEqualTo(highestZero(type, Collections.max(values, order)));
    }
  }

  /** Parquet's rule: readers may hold the two zeros for one or for two. */
  private static String lowestZero(PrimitiveType type, String value) {
    return isFloating(type) && Double.parseDouble(value) == 0 ? "-0.0" : value;
  }

  private static String highestZero(PrimitiveType type, String value) {
    return isFloating(type) && Double.parseDouble(value) == 0 ? "0.0" : value;
  }

  /** Page bounds may be cut, so they need only hold. */
  private static void judgePages(
      ParquetFileReader reader, ColumnChunkMetaData chunk, List<String> cells) throws IOException {
    PrimitiveType type = chunk.getPrimitiveType();
    ColumnIndex index = reader.readColumnIndex(chunk);
    if (values(cells).contains("NaN")) {
      assertThat(index).isNull();
      return;
    }
    OffsetIndex pages = reader.readOffsetIndex(chunk);
    assertThat(index.getNullPages()).hasSize(pages.getPageCount());
    for (int page = 0; page < pages.getPageCount(); page++) {
      int from = (int) pages.getFirstRowIndex(page);
      int to = (int) pages.getLastRowIndex(page, cells.size()) + 1;
      List<String> values = values(cells.subList(from, to));
      assertThat(index.getNullCounts().get(page)).isEqualTo(to - from - values.size());
      assertThat(index.getNullPages().get(page)).isEqualTo(values.isEmpty());
      if (!values.isEmpty()) {
        Comparator<String> order = order(type);
        Statistics<?> bounds =
            Statistics.getBuilderForReading(type)
                .withMin(bytes(index.getMinValues().get(page)))
                .withMax(bytes(index.getMaxValues().get(page)))
                .withNumNulls(0)
                .build();
        String least = cell(type, bounds.genericGetMin());
        String most = cell(type, bounds.genericGetMax());
        assertThat(order.compare(least, Collections.min(values, order))).isNotPositive();
        assertThat(order.compare(most, Collections.max(values, order))).isNotNegative();
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void judgeDelta(JsonNode json, PrimitiveType type, List<String> cells) {
    String name = type.getName();
    List<String> values = values(cells);
    assertThat(json.get("nullCount").get(name).asLong()).isEqualTo(cells.size() - values.size());
    JsonNode least = json.get("minValues").get(name);
    JsonNode most = json.get("maxValues").get(name);
    boolean hasOrder = type.getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN && !isBytes(type);
    if (values.isEmpty() || values.contains("NaN") || !hasOrder) {
      assertThat(least).as(name).isNull();
      assertThat(most).as(name).isNull();
      return;
    }
    Comparator<String> order = order(type);
    String lowest = lowestZero(type, Collections.min(values, order));
    String highest = highestZero(type, Collections.max(values, order));
    if (least == null) {
      assertThat(isUntold(type, lowest)).as("%s: no bound at %s", name, lowest).isTrue();
    } else {
      assertThat(order.compare(cell(type, least), lowest)).as(name).isNotPositive();
      assertThat(isClose(type, cell(type, least), lowest)).as(name).isTrue();
    }
    if (most == null) {
      assertThat(isUntold(type, highest)).as("%s: no bound at %s", name, highest).isTrue();
    } else {
      assertThat(order.compare(cell(type, most), highest)).as(name).isNotNegative();
      assertThat(isClose(type, cell(type, most), highest)).as(name).isTrue();
    }
  }

  /** Infinities, years without four digits, and texts that go on with the last code point. */
  private static boolean isUntold(PrimitiveType type, String value) {
    if (isFloating(type)) {
      return Double.isInfinite(Double.parseDouble(value));
    }
    if (isDate(type)) {
      int year = LocalDate.ofEpochDay(Long.parseLong(value)).getYear();
      return year < 1 || year > 9999;
    }
    if (isTimestamp(type)) {
      Instant time = Instant.EPOCH.plus(Long.parseLong(value), ChronoUnit.MICROS);
      return time.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
          || time.isAfter(Instant.parse("9999-12-31T23:59:59.999Z"));
    }
    return value.codePointCount(0, value.length()) > 32;
  }

  /** Whether a bound is as close as its form allows. */
  private static boolean isClose(PrimitiveType type, String bound, String value) {
    if (isTimestamp(type)) {
      return Math.abs(Long.parseLong(bound) - Long.parseLong(value)) < 1_000;
    }
    if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        && value.codePointCount(0, value.length()) > 32) {
      return bound.startsWith(value.substring(0, value.offsetByCodePoints(0, 32)));
    }
    return order(type).compare(bound, value) == 0;
  }

  private static List<String> values(List<String> cells) {
    List<String> values = new ArrayList<>(cells);
    values.removeIf("null"::equals);
    return values;
  }

  private static Comparator<String> order(PrimitiveType type) {
    if (isFloating(type)) {
      return Comparator.comparingDouble(Double::parseDouble);
    }
    if (isBytes(type)) {
      return (a, b) ->
          Arrays.compareUnsigned(HexFormat.of().parseHex(a), HexFormat.of().parseHex(b));
    }
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      return (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN
        ? Comparator.naturalOrder()
        : Comparator.comparing(BigDecimal::new);
  }

  private static boolean isFloating(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
        || type.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
  }

  private static boolean isBytes(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && type.getLogicalTypeAnnotation() == null;
  }

  private static boolean isDate(PrimitiveType type) {
    return type.getLogicalTypeAnnotation()
        instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation;
  }

  private static boolean isTimestamp(PrimitiveType type) {
    return type.getLogicalTypeAnnotation()
        instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
  }

  private static String cell(PrimitiveType type, Object value) {
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled =
          value instanceof Binary binary
              ? new BigInteger(binary.getBytes())
              : BigInteger.valueOf(((Number) value).longValue());
      return new BigDecimal(unscaled, decimal.getScale()).toPlainString();
    }
    if (value instanceof Binary binary) {
      return isBytes(type) ? Cells.of(binary.getBytes()) : binary.toStringUsingUTF8();
    }
    return Cells.of(value);
  }

  private static String cell(PrimitiveType type, JsonNode bound) {
    if (isDate(type)) {
      return Long.toString(LocalDate.parse(bound.textValue()).toEpochDay());
    }
    if (isTimestamp(type)) {
      Instant time = Instant.parse(bound.textValue());
      return Long.toString(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
    }
    return bound.asText();
  }
}
