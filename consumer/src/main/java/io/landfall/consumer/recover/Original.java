package io.landfall.consumer.recover;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.ingest.StartCheck;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The table that another one is rebuilt beside. It may be damaged, which is a reason to rebuild it;
 * then there is nothing to compare.
 */
public final class Original {

  private final Optional<BronzeTable> table;
  private final Optional<Damage> damage;

  private Original(Optional<BronzeTable> table, Optional<Damage> damage) {
    this.table = table;
    this.damage = damage;
  }

  /**
   * Looks at the table.
   *
   * @param begins from where on it is to be rebuilt
   * @throws LandfallException if there is none, the topic is not the one that it was filled from,
   *     or the topic does not hold all that it holds: what is rebuilt from it would be less
   */
  public static Original of(BronzeTable table, Dataset dataset, LandingTopic topic, Offsets begins)
      throws InterruptedException {
    StartCheck.requireFrom(topic, begins);
    Optional<Damage> damage = table.damage();
    if (damage.isPresent() && damage.get().part() == Damage.Part.LOG) {
      return new Original(Optional.empty(), damage);
    }
    TableCheck check = new TableCheck(table.location(), dataset);
    TableDescription described = table.describe();
    check.requireDataset(described);
    check.requireTopic(described, topic.id());
    if (damage.isEmpty()) {
      StartCheck.requireNotShorter(topic, table.state().position());
    }
    return new Original(Optional.of(table), damage);
  }

  /**
   * Prints how the rebuilt table compares.
   *
   * @return whether the two say the same
   */
  public boolean compare(
      SparkSession spark, Dataset dataset, BronzeTable rebuilt, PrintStream out) {
    if (damage.isPresent()) {
      out.println(
          "%s It cannot be compared; the rebuilt one has all that the topic has."
              .formatted(damage.get().description()));
      return false;
    }
    return table.isEmpty() || Replay.compare(spark, dataset, table.get(), rebuilt, out);
  }
}
