package io.landfall.consumer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HadoopSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "s3a, org.apache.hadoop:hadoop-aws",
    "abfss, org.apache.hadoop:hadoop-azure",
    "gs, com.google.cloud.bigdataoss:gcs-connector",
    "nowhere, spark.hadoop.fs.nowhere.impl",
    "https, can only be read"
  })
  void schemeThatNothingOpensIsToldWithWhatIsMissing(String scheme, String missing) {
    assertThat(refusal(scheme, Map.of()))
        .hasValueSatisfying(why -> assertThat(why).contains(scheme + ":").contains(missing));
  }

  @Test
  void schemeThatSomethingOpensIsNot() {
    assertThat(refusal("file", Map.of())).isEmpty();
    assertThat(refusal("hdfs", Map.of())).isEmpty();
    assertThat(
            refusal(
                "s3a", Map.of("spark.hadoop.fs.s3a.impl", "org.apache.hadoop.fs.LocalFileSystem")))
        .isEmpty();
  }

  @Test
  void settingsOfHadoopAreSparksWithAPrefix() {
    var configuration = HadoopSettings.of(Map.of("spark.hadoop.fs.x.y", "1", "spark.sql.z", "2"));

    assertThat(configuration.get("fs.x.y")).isEqualTo("1");
    assertThat(configuration.get("spark.sql.z")).isNull();
  }

  private static Optional<String> refusal(String scheme, Map<String, String> spark) {
    return HadoopSettings.refusal(new Folder(scheme, "bucket", "/t"), HadoopSettings.of(spark));
  }
}
