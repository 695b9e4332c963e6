package io.landfall.consumer.recover;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.DamageCheck;
import io.landfall.consumer.ingest.StartCheck;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.program.Stop;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Path;
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
   * The table in a folder.
   *
   * @throws Stop if the topic is not the one that it was filled from, or does not hold all that it
   *     holds: what is rebuilt from it would be less
   */
  public static Original at(SparkSession spark, Dataset dataset, Path path, LandingTopic topic)
      throws InterruptedException {
    StartCheck.requireWhole(topic);
    Optional<Damage> damage = DamageCheck.of(path, spark.sparkContext().hadoopConfiguration());
    if (damage.isPresent() && damage.get().part() == Damage.Part.LOG) {
      return new Original(Optional.empty(), damage);
    }
    Optional<BronzeTable> table = BronzeTable.find(spark, dataset, path);
    if (table.isPresent()) {
      table.get().requireTopic(topic.id());
      if (damage.isEmpty()) {
        StartCheck.requireNotShorter(topic, table.get().state());
      }
    }
    return new Original(table, damage);
  }

  /**
   * Prints how the rebuilt table compares.
   *
   * @return whether the two say the same
   */
  public boolean compare(SparkSession spark, BronzeTable rebuilt, PrintStream out) {
    if (damage.isPresent()) {
      out.println(
          "%s It cannot be compared; the rebuilt one has all that the topic has."
              .formatted(damage.get().description()));
      return false;
    }
    return table.isEmpty() || Replay.compare(spark, table.get(), rebuilt, out);
  }
}
