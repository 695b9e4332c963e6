package io.landfall.consumer.door.spark;

import static org.apache.spark.sql.functions.count;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.Places;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.Quarantined;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.NewerSchema;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of Spark's, appended by Spark's own writer. */
public final class SparkDoor implements Door, Supplying {

  private final SparkSession spark;
  private final Dataset dataset;
  private final TableLocation location;
  private final SparkAppender bronze;
  private final SparkAppender quarantine;
  private final SparkTable table;
  private final Protocol protocol;

  public SparkDoor(SparkSession spark, Dataset dataset, TableLocation location) {
    this(spark, dataset, location, Set.of());
  }

  /**
   * A door that sets aside what would stop it.
   *
   * @param schemasAside fingerprints of unknown schemas, records of which go to quarantine
   */
  public SparkDoor(
      SparkSession spark, Dataset dataset, TableLocation location, Set<String> schemasAside) {
    this.spark = spark;
    this.dataset = dataset;
    this.location = location;
    this.bronze = new SparkAppender(spark, dataset, location, name -> false, schemasAside);
    this.quarantine =
        new SparkAppender(
            spark,
            QuarantineTable.of(dataset),
            QuarantineTable.beside(location),
            name -> name.endsWith(".parquet"),
            Set.of());
    this.table = bronze.table();
    this.protocol = bronze.protocol();
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public SparkTable table() {
    return table;
  }

  @Override
  public SparkTable quarantine() {
    return quarantine.table();
  }

  @Override
  public TableState open(String topicId) {
    return table.state(
        bronze.open(
            topicId,
            found -> {
              protocol.requireOurs(found);
              TableState unused = protocol.require(found, table.state(found), topicId);
            }));
  }

  @Override
  public Outcome append(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    org.apache.spark.sql.Dataset<Row> slices = SparkAppender.slices(spark, records, batch);
    // Where the records end, and which are no rows, must be known before the commit that says so.
    SliceCount count = count(slices, batch);
    if (count.newer().first().isPresent()) {
      SetAside.First newer = count.newer().first().get();
      throw NewerSchema.refusal(
          dataset, location, newer.partition(), newer.offset(), newer.fault());
    }
    if (count.ends().isEmpty() && !batch.isWorthACommit()) {
      return new Outcome.Empty();
    }
    if (!count.setAside().isEmpty()) {
      setAside(slices, batch, count);
    }
    return commit(slices, batch, count);
  }

  private SliceCount count(org.apache.spark.sql.Dataset<Row> slices, Batch batch) {
    return slices
        .mapPartitions(
            new SliceCount.Task(bronze.layout(batch)), Encoders.javaSerialization(SliceCount.class))
        .collectAsList()
        .stream()
        .reduce(SliceCount.NOTHING, SliceCount::and);
  }

  /**
   * Puts the records that are no rows into the quarantine table, before the rows' own commit:
   * whoever dies between the two finds them there, and puts none there a second time.
   */
  private void setAside(org.apache.spark.sql.Dataset<Row> slices, Batch batch, SliceCount count) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      openQuarantine(batch.topicId());
      long version = quarantine().version();
      Held held = quarantine().held(batch.topicId());
      Places already =
          held.end().isBeyond(batch.from())
              ? Quarantined.places(quarantine(), batch.topicId(), batch.from())
              : Places.NONE;
      org.apache.spark.sql.Dataset<Row> records =
          slices.mapPartitions(
              new QuarantineRecords(bronze.layout(batch), Version.current(), already),
              Encoders.row(QuarantineRecords.COLUMNS));
      long left = already.isEmpty() ? count.setAside().records() : records.count();
      if (left == 0) {
        return;
      }
      CommitNote note =
          quarantine.protocol().setAside(batch, held, new Offsets(count.ends()), left);
      if (quarantine.add(
          quarantine.rows(records, batch, false), version, batch.topicId(), note.json())) {
        return;
      }
    }
    throw quarantine.protocol().busy();
  }

  private void openQuarantine(String topicId) {
    TableDescription unused = quarantine.open(topicId, quarantine.protocol()::requireKind);
  }

  private Outcome commit(org.apache.spark.sql.Dataset<Row> slices, Batch batch, SliceCount count) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      requireThere();
      TableDescription described = table.describe();
      TableState state = table.state(described);
      CommitNote note =
          protocol
              .note(
                  batch,
                  described.applicationId(),
                  new Offsets(count.ends()),
                  count.rows(),
                  state.quarantined() + count.setAside().records())
              .seen(state.version());
      Optional<Outcome> before = protocol.decided(described, state, note, count.setAside());
      if (before.isPresent()) {
        return before.get();
      }
      try {
        bronze.write(
            bronze.rows(slices, batch, !count.setAside().isEmpty()),
            Transaction.from(described.applicationId(), batch.from()),
            note.json());
      } catch (ConcurrentModificationException e) {
        // Another commit came first. Whether the rows still fit is for the next look to say.
        continue;
      }
      requireThere();
      TableDescription after = table.describe();
      return protocol
          .decided(after, table.state(after), note, count.setAside())
          .orElseThrow(() -> passedOver(note));
    }
    throw protocol.busy();
  }

  private void requireThere() {
    if (!table.exists()) {
      protocol.requireNotGone();
    }
  }

  /** Delta does so without a word where it has seen the transaction, or a later one. */
  private LandfallException passedOver(CommitNote note) {
    return LandfallException.refused(
        RefusalReason.TAKEN_BACK,
        "The table at %s did not take a commit from position %s: Delta has seen a later transaction of application %s, so the table was restored or rolled back behind it, or somebody has decided meanwhile how to go on with it. Nothing was written. The same command goes on from where the table stands; if it refuses to, land those rows again: landfall consumer run --refill --table %s"
            .formatted(location, note.from(), note.applicationId(), location));
  }

  @Override
  public Supplied supply(
      org.apache.spark.sql.Dataset<Row> records,
      TableState at,
      String topicId,
      Instant began,
      boolean dry) {
    Batch batch = Batch.of(topicId, at.position(), began);
    org.apache.spark.sql.Dataset<Row> slices = SparkAppender.slices(spark, records, batch);
    SliceCount count = count(slices, batch);
    SetAside still = count.setAside().and(count.newer());
    if (count.rows() == 0 || dry) {
      return new Supplied.Rows(count.rows(), still);
    }
    return table.version() == at.version()
            && bronze.add(
                bronze.rows(slices, batch, true),
                at.version(),
                topicId,
                protocol.supply(topicId).json())
        ? new Supplied.Rows(count.rows(), still)
        : new Supplied.Moved();
  }

  @Override
  public boolean resolve(
      org.apache.spark.sql.Dataset<Row> records, long version, String topicId, Instant began) {
    openQuarantine(topicId);
    Batch batch = Batch.of(topicId, Offsets.START, began);
    return quarantine().version() == version
        && quarantine.add(
            quarantine.rows(SparkAppender.slices(spark, records, batch), batch, false),
            version,
            topicId,
            quarantine.protocol().supply(topicId).json());
  }
}
