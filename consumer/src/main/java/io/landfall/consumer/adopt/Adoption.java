package io.landfall.consumer.adopt;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.door.NewProperties;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.watch.Alarms;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The act by which a table takes another topic of the same name: one commit of properties, with a
 * note where the table stands in the new topic. Until that commit nothing has happened, and behind
 * it all is said that later runs need. Another one, without rows, turns away whoever still writes
 * from the old topic.
 */
public final class Adoption {

  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private static final int ATTEMPTS = 10;

  private final SparkSession spark;
  private final Dataset dataset;
  private final BronzeTable table;

  public Adoption(SparkSession spark, Dataset dataset, BronzeTable table) {
    this.spark = spark;
    this.dataset = dataset;
    this.table = table;
  }

  /**
   * Has the table go on with a topic. A table that is not there yet takes any; for one that has
   * this topic already, only what came since is looked through too.
   *
   * @throws LandfallException if the table is not the dataset's, or takes no rows, or others
   *     changed it
   */
  public void adopt(LandingTopic topic) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && table.exists(); attempt++) {
      TableDescription described = table.describe();
      TableCheck check = new TableCheck(table.location(), dataset);
      check.requireDataset(described);
      TableState state = table.state();
      Refusal.requireNone(
          Alarms.refusal(table.location(), described, state).or(() -> check.unwritable(described)));
      Offsets ends = topic.ends();
      if (described.topicId().equals(topic.id())
          && (described.earlierTopicIds().isEmpty()
              || !ends.isBeyond(described.overlap())
              || !ends.isBeyond(state.position()))) {
        return;
      }
      try {
        commit(described, state, topic, ends);
        return;
      } catch (ConcurrentModificationException e) {
        // Somebody changed the table in this moment; what it says now is looked at again.
      }
    }
  }

  private void commit(
      TableDescription described, TableState state, LandingTopic topic, Offsets ends) {
    boolean again = described.topicId().equals(topic.id());
    Offsets at = again ? state.position() : table.endsOfRows(topic.id());
    long quarantined = again ? state.quarantined() : 0;
    CommitNote note =
        new CommitNote(
            dataset.name(),
            topic.name(),
            topic.id(),
            "",
            "",
            OptionalLong.of(state.version()),
            at,
            at,
            0,
            quarantined);
    Map<String, String> properties = TableProperties.adopting(described, topic.id(), ends);
    NewProperties.set(spark, table.location(), properties, note.json());
    if (!again) {
      // A writer who looked before and goes on only now would append what the new topic brings too.
      Decision.useUp(spark, table.location(), described.applicationId(), "adopt-topic");
    }
    LOG.atWarn()
        .addKeyValue("table", table.location())
        .addKeyValue("topic", topic.name())
        .addKeyValue("before", described.topicId())
        .addKeyValue("now", topic.id())
        .addKeyValue("looked through to", ends)
        .log("The table goes on with another topic; rows that it holds are not appended again");
  }
}
