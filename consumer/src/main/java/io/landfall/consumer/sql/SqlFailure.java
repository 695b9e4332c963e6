package io.landfall.consumer.sql;

import io.landfall.cli.LandfallException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import scala.NotImplementedError;

/** What Spark throws about a statement, as what went wrong and what a user can do about it. */
final class SqlFailure {

  private static final String UNREADABLE = "FAILED_READ_FILE";
  private static final String GONE = "FAILED_READ_FILE.FILE_NOT_EXIST";

  /** Where Spark begins to show the statement once more, the plan or a trace. */
  private static final Pattern CONTEXT = Pattern.compile("\\s*\n(== |\\s+at ).*", Pattern.DOTALL);

  private SqlFailure() {}

  /** Something that may fail in Spark, which throws checked exceptions that it does not declare. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * @throws InterruptedException if the process was told to stop meanwhile
   * @throws LandfallException for whatever else was thrown
   */
  static void explained(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (LandfallException e) {
      throw e;
    } catch (StackOverflowError e) {
      // Thrown by Spark's recursion over the statement's own nesting, and nothing of ours is open.
      throw tooDeep(e);
    } catch (OutOfMemoryError e) {
      // The statement is all that this process does; it is given up, and the process ends.
      throw LandfallException.unavailable(
          "The statement needs more memory than this process has. Ask for less, or give more: LANDFALL_JAVA_OPTS=-Xmx4g.",
          e);
    } catch (AssertionError | NotImplementedError e) {
      // Spark's parser asserts what it takes for granted of a statement, and is not always right.
      throw LandfallException.usage("Spark cannot run this: " + said(e), e);
    } catch (Exception e) {
      // All of it comes from Spark at work on the user's statement, and is told without a trace.
      throw stop(e);
    }
  }

  static LandfallException tooDeep(Throwable cause) {
    return LandfallException.usage("The statement is nested too deeply. Nothing was done.", cause);
  }

  private static LandfallException stop(Exception thrown) throws InterruptedException {
    List<Throwable> causes = causes(thrown);
    if (Thread.currentThread().isInterrupted()
        || causes.stream().anyMatch(SqlFailure::isInterrupt)) {
      throw (InterruptedException) new InterruptedException().initCause(thrown);
    }
    // A refusal of the lock's, wherever Spark has wrapped it.
    Optional<LandfallException> refusal = first(causes, LandfallException.class);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    for (Throwable cause : causes) {
      if (cause instanceof SparkThrowable spark && condition(spark).startsWith(UNREADABLE)) {
        return unreadable(spark, thrown);
      }
    }
    return LandfallException.usage(
        causes.stream()
            .filter(cause -> cause instanceof SparkThrowable spark && !condition(spark).isEmpty())
            .findFirst()
            .map(SqlFailure::said)
            .orElseGet(() -> "Spark cannot run this: " + said(causes.get(causes.size() - 1))),
        thrown);
  }

  private static LandfallException unreadable(SparkThrowable spark, Exception thrown) {
    String path = String.valueOf(spark.getMessageParameters().get("path"));
    String what =
        condition(spark).equals(GONE)
            ? "The data file %s is in the table's log and no longer in its folder."
            : "The data file %s cannot be read: its content or its permissions were changed.";
    return LandfallException.refused(
        what.formatted(path)
            + " Rows are missing from the table; `landfall consumer replay --into DIR` rebuilds it from the topic.",
        thrown);
  }

  private static boolean isInterrupt(Throwable cause) {
    return cause instanceof InterruptedException || cause instanceof ClosedByInterruptException;
  }

  private static String condition(SparkThrowable spark) {
    String condition = spark.getCondition();
    return condition == null ? "" : condition;
  }

  private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = thrown; each != null && causes.size() < 50; each = each.getCause()) {
      causes.add(each);
    }
    return causes;
  }

  /** In one line, without the statement and without the plan. */
  private static String said(Throwable thrown) {
    String message =
        thrown instanceof AnalysisException analysis
            ? analysis.getSimpleMessage()
            : thrown.getMessage();
    String text = message == null ? thrown.getClass().getSimpleName() : message;
    return CONTEXT.matcher(text).replaceFirst("").strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
