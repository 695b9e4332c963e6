package io.landfall.consumer.door.spark;

import io.delta.tables.DeltaTable;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.damage.DamageCheck;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import io.landfall.consumer.landing.Offsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A table that Spark reads, by its folder or by its name in a catalog. For one thread. */
public final class SparkTable implements BronzeTable {

  private final SparkSession spark;
  private final TableLocation location;
  private Optional<TableState> last = Optional.empty();

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
    return location instanceof TableLocation.Folder
        ? DeltaTable.isDeltaTable(spark, location.toString())
        : spark.catalog().tableExists(location.sql());
  }

  @Override
  public long version() {
    return delta().history(1).first().getLong(0);
  }

  DeltaTable delta() {
    return location instanceof TableLocation.Folder
        ? DeltaTable.forPath(spark, location.toString())
        : DeltaTable.forName(spark, location.sql());
  }

  @Override
  public TableDescription describe() {
    DeltaTable table = delta();
    Row detail = table.detail().first();
    return new TableDescription(
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
    SparkHistory history = new SparkHistory(delta());
    TableState state =
        new TablePosition(described, this::endsOfPartitions)
            .at(history.newestVersion(), history, last);
    last = Optional.of(state);
    return state;
  }

  /**
   * Up to where the newest landing commit of a version went, whatever became of those rows; empty
   * where the log does not tell.
   */
  public Optional<Offsets> landed(long version) {
    SparkHistory history = new SparkHistory(delta());
    Iterable<Commit> all = () -> history;
    return new TablePosition(describe(), () -> Offsets.START)
        .landed(
            StreamSupport.stream(all.spliterator(), false)
                .filter(commit -> commit.version() <= version)
                .iterator());
  }

  /** Its rows at a version. */
  public SparkTableRows allRows(long version) {
    return new SparkTableRows(spark, location, version);
  }

  private Offsets endsOfPartitions() {
    String partition = SystemColumn.PARTITION.column();
    List<Row> rows =
        delta()
            .toDF()
            .groupBy(partition)
            .agg(functions.max(SystemColumn.OFFSET.column()))
            .collectAsList();
    TreeMap<Integer, Long> ends = new TreeMap<>();
    rows.forEach(row -> ends.put(row.getInt(0), row.getLong(1) + 1));
    return new Offsets(ends);
  }

  @Override
  public long rows() {
    return delta().toDF().count();
  }

  @Override
  public Optional<Damage> damage() {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    if (location instanceof TableLocation.Folder folder) {
      return new DamageCheck(folder, configuration)
          .of(() -> exists() ? Optional.of(files()) : Optional.empty());
    }
    // Where a catalog keeps a table, and who may list it there, is the catalog's: the log is read
    // through it or not at all.
    return Optional.empty();
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
