package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.DecisionNote;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.watch.Alarms;
import io.landfall.schemas.Dataset;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How somebody decides to go on with a table that others have changed: an explicit act, noted in
 * the table's own log, with no row written and none taken.
 *
 * <p>First the application id is used up under which rows were committed so far: from then on Delta
 * takes nothing from a writer who looked before the decision, however long he was frozen. Then the
 * log is looked at once more, and only if it still is what was decided about, a new epoch begins.
 */
public final class Decision {

  private static final Logger LOG = LoggerFactory.getLogger(Decision.class);

  private final SparkSession spark;
  private final BronzeTable table;
  private final TableLocation location;
  private final Dataset dataset;

  public Decision(SparkSession spark, BronzeTable table, Dataset dataset) {
    this.spark = spark;
    this.table = table;
    this.location = table.location();
    this.dataset = dataset;
  }

  /**
   * Goes on with the table as it stands. Where nothing is to be decided, nothing is.
   *
   * @param refill whether rows that are gone from its end are to be landed again
   * @param accepted the version up to which somebody has looked at what others did
   * @param ends of the topic: up to there what is read again is looked up in a table that has rows
   *     of an earlier topic, for of records that were left out no row tells
   * @return the version up to which all is answered for now, if there was anything to decide
   * @throws LandfallException if that does not answer everything
   */
  public OptionalLong make(boolean refill, OptionalLong accepted, Offsets ends) {
    TableDescription before = table.describe();
    new TableCheck(location, dataset).requireDataset(before);
    TableState state = table.state();
    if (accepted.orElse(-1) > state.version()) {
      throw LandfallException.usage(
          "--accept-version %d: the newest version of %s is %d, and nobody can have looked at what is still to come. Nothing was written."
              .formatted(accepted.getAsLong(), location, state.version()));
    }
    Alarms found = Alarms.in(location, before, state);
    if (found.isEmpty() && !state.wasTakenBack()) {
      return OptionalLong.empty();
    }
    found.requireDecided(state, refill, accepted);
    String words =
        (refill ? "refill" : "")
            + (refill && accepted.isPresent() ? ", " : "")
            + (accepted.isPresent() ? "accept-version " + accepted.getAsLong() : "");
    useUp(spark, location, before.applicationId(), words);
    TableDescription described = table.describe();
    // What it was used up to tells nothing of rows that are gone.
    TableState now = table.state().withTransaction(state.transaction());
    Alarms still = Alarms.in(location, described, now);
    still.requireDecided(now, refill, accepted);
    long through = Math.max(still.newest(), before.accepted());
    TreeMap<String, String> properties = new TreeMap<>();
    properties.put(TableProperties.EPOCH, Long.toString(nextEpoch(described, now.version())));
    if (through >= 0) {
      properties.put(TableProperties.ACCEPTED, Long.toString(through));
    }
    if (!described.earlierTopicIds().isEmpty()) {
      properties.put(TableProperties.OVERLAP, described.overlap().furthest(ends).toString());
    }
    NewProperties.set(spark, location, properties, note(words));
    LOG.atWarn()
        .addKeyValue("table", location)
        .addKeyValue("decision", words)
        .addKeyValue("accepted", through)
        .addKeyValue("position", now.position())
        .log("Going on with a table that others changed, as was decided");
    return OptionalLong.of(through);
  }

  /**
   * Not only higher than the last one, which RESTORE may have taken back: one that never was, as no
   * version ever comes again.
   */
  private static long nextEpoch(TableDescription described, long version) {
    String epoch = described.property(TableProperties.EPOCH);
    return Math.max(version + 1, TableProperties.isNumber(epoch) ? Long.parseLong(epoch) + 1 : 0);
  }

  /**
   * A commit without rows, after which no version of an application is new to Delta.
   *
   * @param words of the decision, which the commit notes
   */
  public static void useUp(
      SparkSession spark, TableLocation location, String applicationId, String words) {
    DataFrameWriter<Row> writer =
        spark
            .createDataFrame(List.of(), spark.table(location.sql()).schema())
            .write()
            .format("delta")
            .mode("append")
            .option("txnAppId", applicationId)
            .option("txnVersion", Long.MAX_VALUE)
            .option("userMetadata", note(words));
    if (location instanceof TableLocation.Folder) {
      writer.save(location.toString());
    } else {
      writer.saveAsTable(location.sql());
    }
  }

  private static String note(String words) {
    return new DecisionNote(words, System.getProperty("user.name", "")).json();
  }
}
