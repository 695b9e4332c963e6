package io.landfall.consumer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** What Spark and Delta say when they fail, for somebody who gave them no code to run. */
public final class SparkFailures {

  /** Places that nobody has made, or where something else is. */
  private static final Pattern NOT_THERE =
      Pattern.compile("(?:CATALOG|SCHEMA|NAMESPACE)_NOT_FOUND|NOT_A_DELTA_TABLE");

  private SparkFailures() {}

  /**
   * The ending of a failure that Spark or Delta has a name for, their own faults left out.
   *
   * <p>An exception with such a name (an "error condition") says what is wrong outside: with the
   * table, its files or the cluster.
   */
  public static Optional<LandfallException> explain(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (isOfTheClassPath(each)) {
        return Optional.of(
            LandfallException.unavailable(
                "The class path lacks what Landfall needs of a library, or has another version of it: %s (%s). \"The consumer on a Spark cluster\" in docs/operations.md says what must be there. What was committed stays."
                    .formatted(each.getMessage(), each.getClass().getSimpleName()),
                failure));
      }
      if (each instanceof SparkThrowable named
          && named.getCondition() != null
          && !named.getCondition().toUpperCase(Locale.ROOT).startsWith("INTERNAL_ERROR")) {
        if (NOT_THERE.matcher(named.getCondition()).find()) {
          return Optional.of(
              LandfallException.usage("%s Is --table right?".formatted(firstLine(each)), failure));
        }
        return Optional.of(
            LandfallException.unavailable(
                "Spark gave up: %s What was committed stays; the same command goes on from there."
                    .formatted(firstLine(each)),
                failure));
      }
    }
    return Optional.empty();
  }

  /** Whether a class or a method of somebody else's is not there. */
  private static boolean isOfTheClassPath(Throwable failure) {
    String what = String.valueOf(failure.getMessage()).replace('/', '.');
    return (failure instanceof NoClassDefFoundError || failure instanceof NoSuchMethodError)
        && !what.contains("io.landfall.")
        // The class is there, and fails.
        && !what.startsWith("Could not initialize");
  }

  /** Spark did not start with the settings that were passed through to it. */
  static LandfallException wrongSettings(Collection<String> names, Exception failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    return LandfallException.usage(
        "Spark does not start with the settings passed through to it (%s): %s"
            .formatted(String.join(", ", new TreeSet<>(names)), firstLine(innermost)),
        failure);
  }

  private static String firstLine(Throwable failure) {
    return Reason.of(failure).lines().findFirst().orElse("").strip();
  }
}
