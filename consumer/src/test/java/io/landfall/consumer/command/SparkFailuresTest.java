package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.testing.SharedSpark;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SparkFailuresTest {

  private final SparkSession spark = SharedSpark.session();

  @Test
  void whatSparkNamesIsToldInItsWordsWithoutItsClasses() {
    Throwable failure =
        Assertions.catchThrowable(
            () -> spark.read().format("delta").load("/no/such/table").count());
    assertThat(failure).isNotInstanceOf(RuntimeException.class);
    LandfallException stop =
        SparkFailures.explain(new IllegalStateException(failure)).orElseThrow();
    assertThat(stop.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(stop).hasMessageContaining("/no/such/table").message().doesNotContain("Exception");
  }

  @Test
  void whatSparkDoesNotNameIsNotExplained() {
    assertThat(SparkFailures.explain(new IllegalStateException("ours"))).isEmpty();
  }

  @Test
  void whatAnotherVersionOfALibraryLacksIsNamed() {
    for (LinkageError lacking :
        List.of(
            new NoClassDefFoundError("io/delta/kernel/engine/Engine"),
            new NoSuchMethodError("'void org.apache.spark.sql.SparkSession.gone()'"))) {
      LandfallException stop =
          SparkFailures.explain(new IllegalStateException(lacking)).orElseThrow();
      assertThat(stop.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(stop)
          .hasMessageContaining(lacking.getMessage())
          .hasMessageContaining("docs/operations.md");
    }
  }

  @Test
  void whatOurOwnClassesLackIsNotExplained() {
    for (LinkageError ours :
        List.of(
            new NoClassDefFoundError("io/landfall/consumer/Gone"),
            new NoClassDefFoundError("Could not initialize class org.apache.spark.sql.X"),
            new NoSuchMethodError("'void io.landfall.consumer.Ours.gone()'"))) {
      assertThat(SparkFailures.explain(ours)).isEmpty();
    }
  }

  @Test
  void onlyNamesThatNobodyKnowsAreUnknown() {
    assertThat(
            SparkNames.unknown(
                List.of(
                    "spark.sql.shufle.partitions",
                    "spark.sql.shuffle.partitions",
                    "spark.driver.memory",
                    "spark.executor.memmory",
                    "spark.databricks.delta.snapshotPartitions",
                    "spark.hadoop.fs.s3a.endpoint")))
        .containsExactly("spark.executor.memmory", "spark.sql.shufle.partitions");
  }
}
