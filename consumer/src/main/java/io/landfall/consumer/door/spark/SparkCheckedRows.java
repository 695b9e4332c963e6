package io.landfall.consumer.door.spark;

import static org.apache.spark.sql.functions.expr;

import io.landfall.cli.Reason;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.CheckedRows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that Spark reads. A broken file ends Spark's job; then all is read once more,
 * and what Spark cannot read is passed over.
 */
public final class SparkCheckedRows implements CheckedRows {

  private static final Map<String, String> CHECKED =
      Map.of("parquet.page.verify-checksum.enabled", "true");

  private static final Map<String, String> TOLERANT =
      Map.of(
          "parquet.page.verify-checksum.enabled",
          "true",
          "spark.sql.files.ignoreCorruptFiles",
          "true",
          "spark.sql.files.ignoreMissingFiles",
          "true");

  private final SparkSession spark;
  private final TableLocation location;
  private final long version;
  private final StructType schema;

  SparkCheckedRows(SparkSession spark, TableLocation location, long version) {
    this.spark = spark;
    this.location = location;
    this.version = version;
    this.schema = rows().schema();
  }

  private Dataset<Row> rows() {
    DataFrameReader reader =
        spark.read().format("delta").option("versionAsOf", Long.toString(version));
    return location instanceof TableLocation.Folder
        ? reader.load(location.toString())
        : reader.table(location.sql());
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<String> columns() {
    return List.of(schema.fieldNames());
  }

  @Override
  public long promised() {
    return rows().count();
  }

  @Override
  public List<Unreadable> read(List<String> columns, Extract extract, Supplier<Sink> fresh) {
    try {
      with(CHECKED, () -> hand(columns, extract, fresh.get()));
      return List.of();
    } catch (Exception e) {
      // Spark's own exceptions are checked ones that its methods do not declare.
      Optional<Unreadable> broken = brokenFile(e);
      if (broken.isEmpty()) {
        throw e;
      }
      with(TOLERANT, () -> hand(columns, extract, fresh.get()));
      return List.of(broken.get());
    }
  }

  private void hand(List<String> columns, Extract extract, Sink sink) {
    Iterator<byte[]> made =
        rows()
            .select(columns.stream().map(this::plain).toArray(Column[]::new))
            .mapPartitions(new Rows(extract), Encoders.BINARY())
            .toLocalIterator();
    made.forEachRemaining(sink::accept);
  }

  private Column plain(String name) {
    StructField field = schema.apply(name);
    String quoted = "`%s`".formatted(name.replace("`", "``"));
    if (field.dataType().equals(DataTypes.TimestampType)) {
      return expr("unix_micros(%s)".formatted(quoted));
    }
    return field.dataType().equals(DataTypes.DateType)
        ? expr("unix_date(%s)".formatted(quoted))
        : expr(quoted);
  }

  private record Rows(Extract extract) implements MapPartitionsFunction<Row, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
      Task task = extract.begin();
      Iterable<Row> all = () -> rows;
      return StreamSupport.stream(all.spliterator(), false)
          .flatMap(row -> Stream.ofNullable(task.of(values(row))))
          .iterator();
    }

    private static @Nullable Object[] values(Row row) {
      @Nullable Object[] values = new @Nullable Object[row.length()];
      for (int i = 0; i < values.length; i++) {
        Object value = row.isNullAt(i) ? null : row.get(i);
        values[i] =
            value instanceof Short || value instanceof Byte
                ? (Object) ((Number) value).intValue()
                : value;
      }
      return values;
    }
  }

  /** With settings of the session, which are as they were afterwards. */
  private void with(Map<String, String> settings, Runnable work) {
    Map<String, Optional<String>> before = new LinkedHashMap<>();
    settings
        .keySet()
        .forEach(key -> before.put(key, Optional.ofNullable(spark.conf().get(key, null))));
    try {
      settings.forEach((key, value) -> spark.conf().set(key, value));
      work.run();
    } finally {
      before.forEach(
          (key, value) ->
              value.ifPresentOrElse(
                  found -> spark.conf().set(key, found), () -> spark.conf().unset(key)));
    }
  }

  /** The file that a job of Spark's ended at, if that is what it ended of. */
  private static Optional<Unreadable> brokenFile(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SparkThrowable named
          && named.getCondition() != null
          && named.getCondition().startsWith("FAILED_READ_FILE")) {
        String path = Objects.requireNonNullElse(named.getMessageParameters().get("path"), "");
        Throwable why = each.getCause() == null ? each : each.getCause();
        return Optional.of(
            new Unreadable(
                new Path(path.isEmpty() ? "?" : path).getName(),
                Reason.of(why).lines().findFirst().orElse("")));
      }
    }
    return Optional.empty();
  }
}
