package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import io.landfall.program.Stop;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A dataset's bronze table: it says how far it has come, and takes files of rows that go on from
 * exactly there. For one thread; other processes may do what they like with the table.
 */
public final class BronzeTable {

  /** How often others may commit in between before this is no accident. */
  private static final int ATTEMPTS = 10;

  /** What an append came to. */
  public sealed interface Append {
    /** The rows are in the table. */
    record Done(TableState state) implements Append {}

    /** The table does not stand where the rows go on; they are not in it, and not to be. */
    record Moved(TableState state) implements Append {}
  }

  private final SparkSession spark;
  private final DeltaLog log;
  private final Dataset dataset;
  private final String path;
  private final StructType columns;
  private final TableCheck check;
  private Optional<TableState> last = Optional.empty();

  private BronzeTable(SparkSession spark, DeltaLog log, Dataset dataset, Path path) {
    this.spark = spark;
    this.log = log;
    this.dataset = dataset;
    this.path = path.toString();
    this.columns = BronzeSchema.columns(dataset.schema());
    this.check = new TableCheck(this.path, dataset, columns);
  }

  /**
   * The table in a folder, if there is one.
   *
   * @throws Stop if the folder holds something else, or the table's log is damaged
   */
  public static Optional<BronzeTable> find(SparkSession spark, Dataset dataset, Path path) {
    requireTableOrNothing(path);
    DamageCheck.ofLog(path, spark.sparkContext().hadoopConfiguration())
        .ifPresent(BronzeTable::refuse);
    DeltaLog log = DeltaLog.forTable(spark, path.toString());
    BronzeTable table = new BronzeTable(spark, log, dataset, path);
    if (table.snapshot().version() < 0) {
      return Optional.empty();
    }
    table.check.requireDataset(table.snapshot().metadata());
    return Optional.of(table);
  }

  /**
   * The table in a folder, created where there is none, with the columns of the newest schema.
   *
   * @throws Stop if what is there cannot be appended to
   */
  public static BronzeTable open(SparkSession spark, Dataset dataset, Path path, String topicId) {
    Optional<BronzeTable> found = find(spark, dataset, path);
    BronzeTable table =
        found.orElseGet(
            () -> new BronzeTable(spark, DeltaLog.forTable(spark, path.toString()), dataset, path));
    found.ifPresent(BronzeTable::requireUndamaged);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (table.snapshot().version() < 0) {
          table.create(topicId);
        }
        table.addMissingColumns(topicId);
        return table;
      } catch (ConcurrentModificationException e) {
        // Another writer created or changed it in this moment; what it left is looked at again.
      }
    }
    throw table.busy();
  }

  /**
   * Whether there is a table in a folder; needs no Spark.
   *
   * @throws Stop if the folder holds something else
   */
  public static boolean isAt(Path path) {
    requireTableOrNothing(path);
    return Files.isDirectory(path.resolve("_delta_log"));
  }

  private static void requireTableOrNothing(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw Stop.refused("%s is a file, not a folder. Nothing was written.".formatted(path));
    }
    if (!Files.isDirectory(path) || Files.isDirectory(path.resolve("_delta_log"))) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      Optional<Path> entry = entries.findFirst();
      if (entry.isPresent()) {
        throw Stop.refused(
            "%s holds other things (%s) and no Delta table. Nothing was written. Give an empty or a missing folder."
                .formatted(path, entry.get().getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(String topicId) {
    OptimisticTransaction transaction = transaction();
    if (transaction.readVersion() >= 0) {
      return;
    }
    Metadata metadata =
        new Metadata(
            java.util.UUID.randomUUID().toString(),
            dataset.name(),
            dataset.schema().getDoc(),
            new org.apache.spark.sql.delta.actions.Format(
                "parquet", scala.collection.immutable.Map$.MODULE$.empty()),
            columns.json(),
            LogActions.seq(List.of()),
            LogActions.map(TableProperties.of(dataset, topicId)),
            Option.apply(System.currentTimeMillis()));
    transaction.updateMetadataForNewTable(metadata);
    transaction.commit(
        LogActions.seq(List.of()),
        new DeltaOperations.CreateTable(metadata, false, false, Option.empty()));
  }

  /** A newer schema has further optional fields; the table gets them before the first such row. */
  private void addMissingColumns(String topicId) {
    OptimisticTransaction transaction = transaction();
    requireAppendable(transaction.metadata(), transaction.protocol(), topicId);
    List<StructField> missing = check.missing(transaction.metadata());
    if (missing.isEmpty()) {
      return;
    }
    StructType wider = transaction.metadata().schema();
    List<DeltaOperations.QualifiedColTypeWithPositionForLog> added = new ArrayList<>();
    for (StructField column : missing) {
      wider = wider.add(column);
      added.add(
          new DeltaOperations.QualifiedColTypeWithPositionForLog(
              LogActions.seq(List.of()), column, Option.empty()));
    }
    transaction.updateMetadata(LogActions.withSchema(transaction.metadata(), wider), false);
    transaction.commit(
        LogActions.seq(List.of()), new DeltaOperations.AddColumns(LogActions.seq(added)));
  }

  /**
   * Refuses what an append would refuse, without one.
   *
   * @param topicId of the topic that the rows would come from
   */
  public void requireAppendable(String topicId) {
    Snapshot snapshot = snapshot();
    requireAppendable(snapshot.metadata(), snapshot.protocol(), topicId);
  }

  /** Refuses another topic than the one that the rows came from. */
  public void requireTopic(String topicId) {
    check.requireTopic(snapshot().metadata(), topicId, stand());
  }

  private void requireAppendable(Metadata metadata, Protocol protocol, String topicId) {
    check.requireDataset(metadata);
    check.requireTopic(metadata, topicId, stand());
    check.requireWritable(metadata, protocol);
  }

  /** Refuses a table of which files are missing. */
  public void requireUndamaged() {
    DamageCheck.of(Path.of(path), spark.sparkContext().hadoopConfiguration())
        .ifPresent(BronzeTable::refuse);
  }

  private static void refuse(Damage damage) {
    throw damage.refusal();
  }

  private String stand() {
    return "The table stands at version %d.".formatted(snapshot().version());
  }

  /** Where the table stands now, with what others did to it. */
  public TableState state() {
    return stateAt(snapshot());
  }

  private TableState stateAt(Snapshot snapshot) {
    String topicId = TableCheck.property(snapshot.metadata(), TableProperties.TOPIC_ID);
    TableState state =
        new TableState(
            snapshot.version(), new TablePosition(spark, log, topicId).at(snapshot, last));
    last = Optional.of(state);
    return state;
  }

  /**
   * Makes files part of the table, all or none of them, if it still stands where they go on.
   *
   * <p>The transaction reads the position and counts as a reader of the whole table, so Delta lets
   * it through only if no row came or went since: a second writer, a RESTORE and a change of the
   * schema are all found, and the position is looked at again.
   *
   * @param from where the rows go on
   * @param to where the table stands afterwards
   * @param ours the topic's id
   */
  public Append append(Offsets from, Offsets to, String ours, List<WrittenFile> files) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      OptimisticTransaction transaction = transaction();
      transaction.readWholeTable();
      requireAppendable(transaction.metadata(), transaction.protocol(), ours);
      TableState state = stateAt(transaction.snapshot());
      if (!state.position().equals(from)) {
        return new Append.Moved(state);
      }
      try {
        CommitNote note = new CommitNote(dataset.name(), dataset.landing().name(), ours, from, to);
        long version = transaction.commit(actions(files), write(note));
        last = Optional.of(new TableState(version, to));
        return new Append.Done(last.get());
      } catch (ConcurrentModificationException e) {
        // Another commit came first. Whether the files still fit is for the next look to say.
      }
    }
    throw busy();
  }

  private static scala.collection.immutable.Seq<Action> actions(List<WrittenFile> files) {
    List<Action> actions = new ArrayList<>();
    for (WrittenFile file : files) {
      actions.add(LogActions.addFile(file));
    }
    return LogActions.seq(actions);
  }

  private static DeltaOperations.Operation write(CommitNote note) {
    return new DeltaOperations.Write(
        SaveMode.Append,
        Option.empty(),
        Option.empty(),
        Option.apply(note.json()),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private Stop busy() {
    return Stop.unavailable(
        "The table at %s was changed by others %d times while one commit was tried. Nothing of it was written. See DESCRIBE HISTORY delta.`%s` for who does that."
            .formatted(path, ATTEMPTS, path),
        new ConcurrentModificationException());
  }

  private OptimisticTransaction transaction() {
    return log.startTransaction(Option.empty(), Option.empty());
  }

  private Snapshot snapshot() {
    return log.update(false, Option.empty(), Option.empty());
  }

  /** How many rows the table holds, from the statistics in its log. */
  public long rows() {
    return spark.read().format("delta").load(path).count();
  }

  /** The newest version. */
  public long version() {
    return snapshot().version();
  }

  /** The id of the topic that the rows came from. */
  public String topicId() {
    return TableCheck.property(snapshot().metadata(), TableProperties.TOPIC_ID);
  }

  public String path() {
    return path;
  }

  public Dataset dataset() {
    return dataset;
  }
}
