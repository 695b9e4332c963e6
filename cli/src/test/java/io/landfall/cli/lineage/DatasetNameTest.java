package io.landfall.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As OpenLineage's naming says, so that two tools mean the same dataset. */
class DatasetNameTest {

  @Test
  void aTopicIsOfTheFirstBroker() {
    assertThat(DatasetName.topic("k1:9092,k2:9092", "nhl.answers.v1"))
        .isEqualTo(new DatasetName("kafka://k1:9092", "nhl.answers.v1"));
  }

  @Test
  void anApiIsItsHostAndPath() {
    assertThat(DatasetName.api(URI.create("https://api.example.org/stats/rest/en")))
        .isEqualTo(new DatasetName("https://api.example.org", "/stats/rest/en"));
    assertThat(DatasetName.api(URI.create("http://127.0.0.1:8080")))
        .isEqualTo(new DatasetName("http://127.0.0.1:8080", "/"));
  }

  @Test
  void aFolderOfThisMachineIsAFile() {
    assertThat(DatasetName.table(TableLocation.Folder.of(Path.of("/data/bronze/x"))))
        .isEqualTo(new DatasetName("file", "/data/bronze/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "s3a, bucket, /bronze/x, s3://bucket, bronze/x",
    "gs, bucket, /bronze/x, gs://bucket, bronze/x",
    "abfss, c@a.dfs.core.windows.net, /bronze/x, abfss://c@a.dfs.core.windows.net, bronze/x",
    "hdfs, namenode:8020, /bronze/x, hdfs://namenode:8020, /bronze/x"
  })
  void aFolderElsewhereIsOfItsStore(
      String scheme, String authority, String path, String namespace, String name) {
    assertThat(DatasetName.table(new TableLocation.Folder(scheme, authority, path)))
        .isEqualTo(new DatasetName(namespace, name));
  }

  @Test
  void aTableOfACatalogIsOfItsCatalog() {
    assertThat(DatasetName.table(new TableLocation.Catalog("main", "bronze", "x")))
        .isEqualTo(new DatasetName("main", "bronze.x"));
  }
}
