package io.landfall.consumer.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.door.QuarantineRow;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.door.Supplying.Supplied;
import io.landfall.consumer.landing.Offsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Decodes records that were set aside again, with the code of now, and makes those rows of the
 * table that are rows by now.
 *
 * <p>Rows first, in one commit that leaves the table's position where it is; then the quarantine
 * table learns which of its records are in the table. Whoever dies between the two leaves rows that
 * the next replay finds in the table, and does not append again. All of it is Spark's work, in
 * bounded memory, however many records there are.
 *
 * @param <D> a door that takes such rows
 */
public final class Replay<D extends Door & Supplying> {

  private static final String TOPIC_ID = SystemColumn.TOPIC_ID.column();
  private static final String PARTITION = SystemColumn.PARTITION.column();
  private static final String OFFSET = SystemColumn.OFFSET.column();

  private static final StructType HEADER =
      new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType);

  /**
   * What became of the records that were asked for.
   *
   * @param landed which are rows of the table now
   * @param there which were already, with nobody having noted it
   * @param still which are no rows, and the first of them
   */
  public record Report(long landed, long there, SetAside still) {}

  private final SparkSession spark;
  private final D door;
  private final Clock clock;

  public Replay(SparkSession spark, D door, Clock clock) {
    this.spark = spark;
    this.door = door;
    this.clock = clock;
  }

  /**
   * Replays records.
   *
   * @param only these; all that are open where nothing is given
   * @param dry whether it is only to be said what would become of them
   * @throws LandfallException if somebody else changes the table meanwhile
   */
  public Report run(Optional<List<Place>> only, boolean dry) {
    String topicId = door.table().describe().topicId();
    TableState at = door.open(topicId);
    Instant began = clock.instant();
    // The versions are named, so that what is read twice is twice the same.
    Dataset<Row> open = open(topicId, at.position(), only, door.quarantine().version());
    Dataset<Row> there = places(topicId, at.version());
    Dataset<Row> records =
        open.join(there, places(), "left_anti").dropDuplicates(PARTITION, OFFSET);
    long noted = open.join(there, places(), "left_semi").count();
    Supplied supplied = door.supply(records(records), at, topicId, began, dry);
    if (supplied instanceof Supplied.Rows rows) {
      if (!dry) {
        resolve(topicId, only, began);
      }
      return new Report(rows.rows(), noted, rows.still());
    }
    throw LandfallException.superseded(
        "Somebody else changed the table at %s while its quarantine was replayed. Nothing was written. Replay again while no `run` is at it."
            .formatted(door.table().location()),
        new ConcurrentModificationException());
  }

  /** Notes which of the records are in the table. */
  private void resolve(String topicId, Optional<List<Place>> only, Instant began) {
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      long version = door.quarantine().version();
      TableState at = door.table().state();
      Dataset<Row> resolved =
          open(topicId, at.position(), only, version)
              .join(places(topicId, at.version()), places(), "left_semi")
              .dropDuplicates(PARTITION, OFFSET)
              .withColumn("value", lit(note(at.version(), began)));
      if (resolved.isEmpty() || door.resolve(records(resolved), version, topicId, began)) {
        return;
      }
    }
    throw LandfallException.unavailable(
        "The quarantine table at %s was changed by others each time it was to note which records are rows now. The rows are in the table; replay again, and it is noted."
            .formatted(door.quarantine().location()),
        new ConcurrentModificationException());
  }

  private static byte[] note(long version, Instant began) {
    return new QuarantineRow(Version.current(), ChronoUnit.MICROS.between(Instant.EPOCH, began))
        .resolved("a row of the table at version %d".formatted(version));
  }

  /** Records that the table has passed, and of which nobody has noted that they are rows. */
  private Dataset<Row> open(
      String topicId, Offsets position, Optional<List<Place>> only, long version) {
    Dataset<Row> all =
        table(door.quarantine().location(), version).where(col(TOPIC_ID).equalTo(topicId));
    Dataset<Row> resolved =
        all.where(col(QuarantineTable.STATE).equalTo(QuarantineTable.RESOLVED))
            .select(PARTITION, OFFSET);
    Dataset<Row> passed =
        all.where(col(QuarantineTable.STATE).equalTo(QuarantineTable.QUARANTINED))
            .where(before(position));
    return only.map(places -> passed.where(oneOf(places)))
        .orElse(passed)
        .join(resolved, places(), "left_anti");
  }

  private Dataset<Row> places(String topicId, long version) {
    return table(door.table().location(), version)
        .where(col(TOPIC_ID).equalTo(topicId))
        .select(PARTITION, OFFSET);
  }

  private static String[] places() {
    return new String[] {PARTITION, OFFSET};
  }

  private Dataset<Row> table(TableLocation location, long version) {
    return spark.sql("SELECT * FROM %s VERSION AS OF %d".formatted(location.sql(), version));
  }

  private static Column before(Offsets position) {
    Column before = lit(false);
    for (Map.Entry<Integer, Long> end : position.byPartition().entrySet()) {
      before = before.or(col(PARTITION).equalTo(end.getKey()).and(col(OFFSET).lt(end.getValue())));
    }
    return before;
  }

  private static Column oneOf(List<Place> places) {
    Column one = lit(false);
    for (Place place : places) {
      one =
          one.or(
              col(PARTITION).equalTo(place.partition()).and(col(OFFSET).equalTo(place.offset())));
    }
    return one;
  }

  /** In the columns of the landing topic's stream. */
  private static Dataset<Row> records(Dataset<Row> rows) {
    return rows.select(
        col("value"),
        col(PARTITION).as("partition"),
        col(OFFSET).as("offset"),
        col(SystemColumn.KAFKA_TIMESTAMP.column()).as("timestamp"),
        col("key"),
        array().cast(DataTypes.createArrayType(HEADER)).as("headers"));
  }
}
