package io.landfall.consumer.recover;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;

/** How a table that was rebuilt from the topic compares with the one that it was rebuilt beside. */
public final class Replay {

  private Replay() {}

  /**
   * Prints both tables' figures, and what to make of them.
   *
   * @return whether they say the same
   */
  public static boolean compare(
      SparkSession spark, Dataset dataset, BronzeTable old, BronzeTable rebuilt, PrintStream out) {
    Common common = Common.of(dataset, old, rebuilt);
    TableDigest before = TableDigest.of(spark, dataset, old.location(), common.ofOld());
    TableDigest after = TableDigest.of(spark, dataset, rebuilt.location(), common.ofRebuilt());
    common.what().ifPresent(out::println);
    boolean same = before.equals(after);
    out.printf("%-8s  %15s  %15s%n", "", "table", "rebuilt");
    out.printf("%-8s  %,15d  %,15d%n", "rows", before.rows(), after.rows());
    out.printf("%-8s  %,15d  %,15d%n", "keys", before.keys(), after.keys());
    out.printf("%-8s  %s…  %s…%n", "hash", start(before), start(after));
    out.println(same ? "The two say the same." : "The two differ." + behind(old, rebuilt));
    return same;
  }

  /** A sum of hashes is told apart by its first digits as well as by all. */
  private static String start(TableDigest digest) {
    return digest.hash().substring(0, 14);
  }

  private static String behind(BronzeTable old, BronzeTable rebuilt) {
    Offsets there = old.state().position();
    long behind = rebuilt.state().position().since(there);
    return behind == 0
        ? ""
        : " The table is %,d offsets behind the topic: `landfall consumer run --once`, then compare again."
            .formatted(behind);
  }
}
