package io.landfall.consumer.door.spark;

import io.delta.tables.DeltaTable;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.MeasuredTable;
import io.landfall.consumer.bronze.Quarantined;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.damage.DamageCheck;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.watch.CommitFiles;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table that Spark reads, by its folder or by its name in a catalog. For one thread. */
public final class SparkTable implements MeasuredTable {

  /** More commits than others make between one of ours and a look at it. */
  private static final int NEWEST = 100;

  /** What Delta says of a folder without a log, and of one whose log has no commit. */
  private static final Set<String> NO_TABLE =
      Set.of("DELTA_MISSING_DELTA_TABLE", "DELTA_TABLE_NOT_FOUND");

  private static final Logger LOG = LoggerFactory.getLogger(SparkTable.class);

  private final SparkSession spark;
  private final TableLocation location;
  private Optional<TableState> last = Optional.empty();

  /** Of which application that was. */
  private String application = "";

  /** Where its files are. */
  private @Nullable Path folder;

  /** Up to when rows were looked at for the greatest moment of each column, and what that was. */
  private final Map<String, Row> greatest = new HashMap<>();

  public SparkTable(SparkSession spark, TableLocation location) {
    this.spark = spark;
    this.location = location;
  }

  @Override
  public TableLocation location() {
    return location;
  }

  @Override
  public boolean exists() {
    return (location instanceof Folder || spark.catalog().tableExists(location.sql()))
        && hasCommit();
  }

  /** Whoever dies while a table is created may leave the folder of its log, and no table. */
  private boolean hasCommit() {
    try {
      Dataset<Row> unused = delta().toDF();
      return true;
    } catch (Exception e) {
      // Spark's own are not even declared.
      if (e instanceof SparkThrowable said
          && said.getCondition() != null
          && NO_TABLE.contains(said.getCondition())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public long version() {
    return delta().history(1).first().getLong(0);
  }

  DeltaTable delta() {
    return location instanceof Folder
        ? DeltaTable.forPath(spark, location.toString())
        : DeltaTable.forName(spark, location.sql());
  }

  @Override
  public TableDescription describe() {
    DeltaTable table = delta();
    Row detail = table.detail().first();
    folder = new Path(detail.<String>getAs("location"));
    return new TableDescription(
        detail.getAs("id"),
        detail.getJavaMap(detail.fieldIndex("properties")),
        detail.getList(detail.fieldIndex("partitionColumns")),
        new HashSet<>(detail.getList(detail.fieldIndex("tableFeatures"))),
        Arrays.stream(table.toDF().schema().fields()).map(Column::of).toList());
  }

  @Override
  public TableState state() {
    return state(describe());
  }

  /** Where it stands, for somebody who has had it described. */
  TableState state(TableDescription described) {
    long version = version();
    if (!described.applicationId().equals(application)) {
      // Transactions of another application tell nothing of this one's.
      application = described.applicationId();
      last = Optional.empty();
    }
    TableState state =
        new TablePosition(described, () -> endsOfRows(described.topicId()))
            .at(version, history(described, version), last);
    last = Optional.of(state);
    return state;
  }

  @Override
  public Unseen unseen(TableDescription described) {
    long version = version();
    return new Unseen(
        version, TablePosition.unseen(described, version, history(described, version)));
  }

  /** By the files of the log where the catalog lets them be read, for they tell what was done. */
  private Iterator<Commit> history(TableDescription described, long version) {
    if (folder != null) {
      CommitFiles files =
          new CommitFiles(
              folder, spark.sparkContext().hadoopConfiguration(), version, this::filesAt);
      if (location instanceof TableLocation.Folder || isReadable(files)) {
        return files;
      }
    }
    return new SparkHistory(delta(), described, version);
  }

  /** By their names in the table's folder; a table of ours has no partitions. */
  private Set<String> filesAt(long at) {
    try {
      String[] files =
          spark.sql("SELECT * FROM %s VERSION AS OF %d".formatted(location.sql(), at)).inputFiles();
      return Arrays.stream(files)
          .map(file -> file.substring(file.lastIndexOf('/') + 1))
          .collect(Collectors.toSet());
    } catch (Exception e) {
      // Spark's exceptions are not declared. The log does not reach back that far, or the files
      // that it names are gone: then it is not known which they were.
      return Set.of();
    }
  }

  private boolean isReadable(CommitFiles files) {
    try {
      return files.isReadable();
    } catch (IOException | RuntimeException e) {
      // The catalog keeps its storage to itself, and a platform has exceptions of its own for that.
      // Then the history tells what commits say of themselves.
      LOG.atDebug()
          .addKeyValue("table", location)
          .addKeyValue("error", e.toString())
          .log("The catalog keeps the table's log to itself");
      return false;
    }
  }

  /**
   * Up to where the newest landing commit of a version went, whatever became of those rows; empty
   * where the log does not tell.
   */
  public Optional<Offsets> landed(long version) {
    TableDescription described = describe();
    return new TablePosition(described, () -> Offsets.START).landed(history(described, version));
  }

  /** Its rows at a version. */
  public SparkCheckedRows allRows(long version) {
    return new SparkCheckedRows(spark, location, version);
  }

  @Override
  public Offsets endsOfRows(String topicId) {
    String partition = SystemColumn.PARTITION.column();
    List<Row> rows =
        delta()
            .toDF()
            .filter(functions.col(SystemColumn.TOPIC_ID.column()).equalTo(topicId))
            .groupBy(partition)
            .agg(functions.max(SystemColumn.OFFSET.column()))
            .collectAsList();
    TreeMap<Integer, Long> ends = new TreeMap<>();
    rows.forEach(row -> ends.put(row.getInt(0), row.getLong(1) + 1));
    return new Offsets(ends);
  }

  @Override
  public Held held(String topicId) {
    return TablePosition.held(topicId, history(describe(), version()))
        .orElseGet(() -> Quarantined.held(this, topicId));
  }

  /** Whether one of the newest commits has these user metadata. */
  boolean hasCommit(String userMetadata) {
    return delta().history(NEWEST).select("userMetadata").collectAsList().stream()
        .anyMatch(commit -> userMetadata.equals(commit.getString(0)));
  }

  @Override
  public void each(List<String> columns, Consumer<@Nullable Object[]> action) {
    Dataset<Row> rows = delta().toDF();
    List<String> there = Arrays.asList(rows.columns());
    Iterator<Row> found =
        rows.select(
                columns.stream()
                    .map(name -> there.contains(name) ? plain(rows, name) : functions.lit(null))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .toLocalIterator();
    while (found.hasNext()) {
      Row row = found.next();
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.isNullAt(i) ? null : row.get(i);
      }
      action.accept(values);
    }
  }

  private static org.apache.spark.sql.Column plain(Dataset<Row> rows, String name) {
    org.apache.spark.sql.Column column = rows.col(name);
    return rows.schema().apply(name).dataType().equals(DataTypes.TimestampType)
        ? functions.unix_micros(column)
        : column;
  }

  @Override
  public Size size() {
    Row detail = delta().detail().first();
    return new Size(version(), detail.<Long>getAs("numFiles"), detail.<Long>getAs("sizeInBytes"));
  }

  /** Parquet leaves out what was ingested before, by the bounds of its files. */
  @Override
  public OptionalLong greatest(String column) {
    Dataset<Row> rows = delta().toDF();
    String ingested = SystemColumn.INGESTED_AT.column();
    if (!Arrays.asList(rows.columns()).containsAll(List.of(column, ingested))) {
      return OptionalLong.empty();
    }
    Row before = greatest.get(column);
    Dataset<Row> unseen =
        before == null || before.isNullAt(1)
            ? rows
            : rows.filter(functions.col(ingested).geq(before.get(1)));
    Row now =
        unseen
            .agg(
                functions.max(functions.unix_micros(functions.col(column))),
                functions.max(functions.col(ingested)))
            .first();
    if (before == null
        || before.isNullAt(0)
        || (!now.isNullAt(0) && now.getLong(0) >= before.getLong(0))) {
      greatest.put(column, now);
    }
    Row known = greatest.getOrDefault(column, now);
    return known.isNullAt(0) ? OptionalLong.empty() : OptionalLong.of(known.getLong(0));
  }

  @Override
  public long rows() {
    return delta().toDF().count();
  }

  @Override
  public Optional<Damage> damage() {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    if (location instanceof Folder folder) {
      return new DamageCheck(folder, configuration)
          .of(() -> exists() ? Optional.of(files()) : Optional.empty());
    }
    // Where a catalog keeps a table, and who may list it there, is the catalog's: the log is read
    // through it or not at all.
    return Optional.empty();
  }

  /** How large the files are that hold its rows. */
  public List<Long> fileSizes() {
    return delta()
        .toDF()
        .select("_metadata.file_path", "_metadata.file_size")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getLong(1))
        .toList();
  }

  /** Where its files are, also where a catalog decides that. */
  public Folder folder() {
    if (location instanceof Folder folder) {
      return folder;
    }
    Row detail = delta().detail().first();
    URI place = new Path(detail.getString(detail.fieldIndex("location"))).toUri();
    return new Folder(
        Objects.requireNonNullElse(place.getScheme(), "file"),
        Objects.requireNonNullElse(place.getAuthority(), ""),
        place.getPath());
  }

  /** Their lengths Spark does not tell, nor which vectors of deleted rows there are. */
  private NamedFiles files() {
    return new NamedFiles(
        version(),
        Arrays.stream(delta().toDF().inputFiles())
            .map(file -> new Path(file).toUri().toString())
            .map(file -> new NamedFile(file, NamedFile.ANY_SIZE))
            .toList());
  }
}
