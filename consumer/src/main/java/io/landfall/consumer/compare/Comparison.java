package io.landfall.consumer.compare;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.compare.Compared.ColumnCells;
import io.landfall.consumer.compare.Compared.Example;
import io.landfall.consumer.compare.Compared.Keys;
import io.landfall.consumer.compare.Compared.Side;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Compares our table with another one. */
public final class Comparison {

  private static final int EXAMPLES = 5;
  private static final String HERE = "h_";
  private static final String THERE = "t_";
  private static final String COPIES = "_copies";

  /** What a cell is before it becomes what it is compared as. */
  private static final String RAW = "_raw_";

  private final SparkSession spark;
  private final Dataset dataset;
  private final TableLocation ours;
  private final TableLocation other;
  private final Optional<String> where;

  /**
   * @param where a condition that rows of both tables must meet to be compared
   */
  public Comparison(
      SparkSession spark,
      Dataset dataset,
      TableLocation ours,
      TableLocation other,
      Optional<String> where) {
    this.spark = spark;
    this.dataset = dataset;
    this.ours = ours;
    this.other = other;
    this.where = where;
  }

  /** A column that both have. */
  private record Pair(String name, DataType here, DataType there) {

    DataType common() {
      return CommonType.of(here, there);
    }

    /** How the cell of one side is printed. */
    Column text(String side) {
      Column value = col(quoted(here.equals(there) ? side + name : side + RAW + name));
      return coalesce(value.cast(DataTypes.StringType), lit("null"));
    }

    /** A text that does not read as a number differs from every number, and from none at all. */
    Column differs() {
      Column values = column(HERE, this).eqNullSafe(column(THERE, this)).unary_$bang();
      return here.equals(there)
          ? values
          : values.or(
              col(quoted(HERE + RAW + name))
                  .isNull()
                  .notEqual(col(quoted(THERE + RAW + name)).isNull()));
    }

    /** The column of one side as it is compared, and as it was. */
    Stream<Column> plain(String side) {
      Column value =
          expr("try_cast(%s AS %s)".formatted(quoted(name), common().sql())).as(side + name);
      return here.equals(there)
          ? Stream.of(value)
          : Stream.of(value, col(quoted(name)).cast(DataTypes.StringType).as(side + RAW + name));
    }
  }

  /** Does it. */
  public Compared run() {
    org.apache.spark.sql.Dataset<Row> here = inForce(ours);
    org.apache.spark.sql.Dataset<Row> there = inForce(other);
    Map<String, StructField> hereFields = content(here);
    Map<String, StructField> thereFields = content(there);
    List<String> missing =
        dataset.key().stream().filter(key -> !thereFields.containsKey(lower(key))).toList();
    if (!missing.isEmpty()) {
      throw LandfallException.usage(
          "--with: the table at %s has no column %s, by which rows are told apart. It cannot be compared."
              .formatted(other, String.join(", ", missing)));
    }
    List<Pair> pairs = new ArrayList<>();
    hereFields.forEach(
        (name, field) -> {
          @Nullable StructField twin = thereFields.get(name);
          if (twin != null) {
            pairs.add(new Pair(field.name(), field.dataType(), twin.dataType()));
          }
        });
    List<Pair> keys = pairs.stream().filter(pair -> dataset.key().contains(pair.name())).toList();
    List<Pair> cells = pairs.stream().filter(pair -> !dataset.key().contains(pair.name())).toList();
    org.apache.spark.sql.Dataset<Row> hereRows = plain(here, pairs, HERE);
    org.apache.spark.sql.Dataset<Row> thereRows = plain(there, pairs, THERE);
    return compared(
        hereRows,
        thereRows,
        keys,
        cells,
        only(hereFields, thereFields),
        only(thereFields, hereFields));
  }

  private Compared compared(
      org.apache.spark.sql.Dataset<Row> here,
      org.apache.spark.sql.Dataset<Row> there,
      List<Pair> keys,
      List<Pair> cells,
      List<String> onlyHere,
      List<String> onlyThere) {
    // Of rows that say the same, one is enough; of others nobody knows which is meant.
    org.apache.spark.sql.Dataset<Row> once =
        there
            .distinct()
            .withColumn(
                COPIES,
                expr(
                    "count(*) OVER (PARTITION BY %s)"
                        .formatted(
                            keys.stream()
                                .map(key -> quoted(THERE + key.name()))
                                .collect(Collectors.joining(", ")))));
    Column same =
        keys.stream()
            .map(key -> column(HERE, key).eqNullSafe(column(THERE, key)))
            .reduce(Column::and)
            .orElseThrow();
    org.apache.spark.sql.Dataset<Row> thereKeys =
        once.groupBy(keys.stream().map(key -> column(THERE, key)).toArray(Column[]::new))
            .agg(max(COPIES).as(COPIES), firstRaw(keys));
    Column ambiguous = col(COPIES).gt(1);
    org.apache.spark.sql.Dataset<Row> joined =
        here.join(once.filter(ambiguous.unary_$bang()), same, "inner");
    Row totals = totals(joined, keys, cells);
    List<ColumnCells> columns = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      columns.add(cells(cells.get(i), totals, 1 + 3 * i));
    }
    return new Compared(
        side(ours, here, keys, HERE),
        side(other, there, keys, THERE),
        onlyHere,
        onlyThere,
        keys(here.join(thereKeys, same, "left_anti"), keys, HERE),
        keys(thereKeys.join(here, same, "left_anti"), keys, THERE),
        keys(thereKeys.filter(ambiguous), keys, THERE),
        totals.getLong(0),
        columns);
  }

  /** What the keys were, for those that are printed as that. */
  private static Column[] firstRaw(List<Pair> keys) {
    return keys.stream()
        .filter(key -> !key.here().equals(key.there()))
        .map(key -> THERE + RAW + key.name())
        .map(name -> min(col(quoted(name))).as(name))
        .toArray(Column[]::new);
  }

  private static Row totals(
      org.apache.spark.sql.Dataset<Row> joined, List<Pair> keys, List<Pair> cells) {
    List<Column> figures = new ArrayList<>();
    for (Pair cell : cells) {
      Column here = column(HERE, cell);
      Column there = column(THERE, cell);
      Column differs = cell.differs();
      figures.add(coalesce(sum(when(differs, 1L).otherwise(0L)), lit(0L)));
      figures.add(
          CommonType.isNumber(cell.common())
              ? max(when(differs, abs(here.minus(there)).cast(DataTypes.DoubleType)))
              : lit(null).cast(DataTypes.DoubleType));
      figures.add(
          min(
              when(
                  differs,
                  struct(
                      key(keys, HERE).as("key"),
                      cell.text(HERE).as("here"),
                      cell.text(THERE).as("there")))));
    }
    return joined.agg(count(lit(1)), figures.toArray(Column[]::new)).first();
  }

  private static ColumnCells cells(Pair cell, Row totals, int at) {
    @Nullable Row example = totals.isNullAt(at + 2) ? null : totals.getStruct(at + 2);
    return new ColumnCells(
        cell.name(),
        cell.here().simpleString(),
        cell.there().simpleString(),
        totals.getLong(at),
        totals.isNullAt(at + 1)
            ? OptionalDouble.empty()
            : OptionalDouble.of(totals.getDouble(at + 1)),
        Optional.ofNullable(example)
            .map(row -> new Example(row.getString(0), row.getString(1), row.getString(2))));
  }

  private Side side(
      TableLocation table, org.apache.spark.sql.Dataset<Row> rows, List<Pair> keys, String side) {
    return new Side(
        table.toString(),
        rows.count(),
        rows.select(keys.stream().map(key -> column(side, key)).toArray(Column[]::new))
            .distinct()
            .count());
  }

  private static Keys keys(org.apache.spark.sql.Dataset<Row> rows, List<Pair> keys, String side) {
    org.apache.spark.sql.Dataset<Row> texts = rows.select(key(keys, side).as("key"));
    long count = texts.count();
    return new Keys(
        count,
        count == 0
            ? List.of()
            : texts.orderBy("key").limit(EXAMPLES).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList());
  }

  private static Column key(List<Pair> keys, String side) {
    return concat_ws("/", keys.stream().map(key -> key.text(side)).toArray(Column[]::new));
  }

  private static Column column(String side, Pair pair) {
    return col(quoted(side + pair.name()));
  }

  /** The columns of both, as what they are compared as. */
  private static org.apache.spark.sql.Dataset<Row> plain(
      org.apache.spark.sql.Dataset<Row> rows, List<Pair> pairs, String side) {
    return rows.select(pairs.stream().flatMap(pair -> pair.plain(side)).toArray(Column[]::new));
  }

  /**
   * A table's columns by their names in lower case, without those that tell where a row is from.
   */
  private static Map<String, StructField> content(org.apache.spark.sql.Dataset<Row> rows) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    Arrays.stream(rows.schema().fields())
        .filter(field -> !field.name().startsWith("_"))
        .forEach(field -> fields.put(lower(field.name()), field));
    return fields;
  }

  private static List<String> only(Map<String, StructField> in, Map<String, StructField> notIn) {
    return in.entrySet().stream()
        .filter(field -> !notIn.containsKey(field.getKey()))
        .map(field -> field.getValue().name())
        .toList();
  }

  /** All rows of a table that knows no revisions; else those in force. */
  private org.apache.spark.sql.Dataset<Row> inForce(TableLocation table) {
    DataFrameReader reader = spark.read().format("delta");
    org.apache.spark.sql.Dataset<Row> all =
        table instanceof TableLocation.Folder
            ? reader.load(table.toString())
            : reader.table(table.sql());
    List<String> names = List.of(all.columns());
    org.apache.spark.sql.Dataset<Row> rows = all;
    if (Stream.of(BronzeSchema.REVISION, BronzeSchema.OPERATION).allMatch(names::contains)) {
      rows =
          all.withColumn(
                  COPIES,
                  expr(
                      "row_number() OVER (PARTITION BY %s ORDER BY %s DESC)"
                          .formatted(
                              dataset.key().stream()
                                  .map(Comparison::quoted)
                                  .collect(Collectors.joining(", ")),
                              BronzeSchema.REVISION)))
              .filter(col(COPIES).equalTo(1))
              .filter(col(BronzeSchema.OPERATION).notEqual("RETRACT"))
              .drop(COPIES);
    }
    return where.isPresent() ? rows.filter(where.get()) : rows;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
