package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.testing.SharedSpark;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkNamesTest {

  /** Spark has to be there, for only then it has registered its names. */
  private final SparkSession spark = SharedSpark.session();

  @Test
  void whatSparkReadsByItsTextAloneIsKnown() {
    assertThat(spark.sparkContext().conf().contains("spark.master")).isTrue();
    assertThat(
            SparkNames.unknown(
                List.of("spark.master", "spark.home", "spark.logConf", "spark.logLineage")))
        .isEmpty();
  }

  @Test
  void misspeltNamesAreFound() {
    assertThat(SparkNames.unknown(List.of("spark.mastre", "spark.master", "spark.executor.memry")))
        .containsExactly("spark.executor.memry", "spark.mastre");
  }
}
