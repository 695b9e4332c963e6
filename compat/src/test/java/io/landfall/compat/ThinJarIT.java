package io.landfall.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinJarIT {

  @TempDir private Path folder;

  @Test
  void holdsLandfallAndWhatNoSparkBrings() throws Exception {
    assertThat(entries(".class"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("io/landfall/") || name.startsWith("picocli/"));
    assertThat(entries(".class"))
        .contains(
            "io/landfall/consumer/ConsumerMain.class",
            "io/landfall/consumer/storage/ConditionalPutLogStore.class",
            "picocli/CommandLine.class");
    assertThat(entries(".avsc")).contains("schema-history/PlayerGameStats/1.avsc");
    assertThat(entries("log4j2.properties")).as("how it logs is the cluster's business").isEmpty();
  }

  @Test
  void runsBesideTheOldestSparkAndNoOther() {
    assertThat(OldRuntime.jars())
        .contains(
            "spark-sql_2.13-4.0.0.jar", "delta-spark_2.13-4.0.0.jar", "kafka-clients-3.9.0.jar")
        .filteredOn(jar -> jar.startsWith("spark-") || jar.startsWith("delta-"))
        .allMatch(jar -> jar.endsWith("-4.0.0.jar"));
  }

  @Test
  void mainStarts() throws Exception {
    assertThat(new OldRuntime(folder).run("io.landfall.consumer.ConsumerMain", "--help"))
        .contains("Stage 2: append the landing topic to a bronze Delta table.");
  }

  @Test
  void fileOfSettingsIsReadWhereNobodyBringsYaml() throws Exception {
    assertThat(OldRuntime.jars()).noneMatch(jar -> jar.contains("yaml"));
    Path file = Files.writeString(folder.resolve("landfall.yaml"), "no-such-key: 1\n");

    OldRuntime.End end = consumer("status", "--config", file.toString());

    assertThat(end.exitCode()).as(end.printed()).isEqualTo(2);
    assertThat(end.printed()).contains("no-such-key");
  }

  @Test
  void sqlSaysThatDuckDbIsNotThere() throws Exception {
    Path table = Files.createDirectories(folder.resolve("table/_delta_log")).getParent();

    OldRuntime.End end = consumer("sql", "--table", String.valueOf(table), "SELECT 1");

    assertThat(end.exitCode()).as(end.printed()).isEqualTo(2);
    assertThat(end.printed().lines())
        .singleElement()
        .asString()
        .contains("DuckDB is not on the class path", "--engine spark");
  }

  /** With that Spark's Jackson, and OpenLineage's classes under a name of our own. */
  @Test
  void lineageIsTold() throws Exception {
    assertThat(entries(".class")).noneMatch(name -> name.startsWith("io/openlineage/"));
    assertThat(new OldRuntime(folder).run("io.landfall.compat.ToldLineage"))
        .contains(
            "\"eventType\":\"START\"",
            "\"eventType\":\"COMPLETE\"",
            "\"rowCount\":180",
            "https://openlineage.io/spec/",
            "ran to its end");
  }

  /** Compiled on today's Spark and Delta. */
  @Test
  void publicWaysToAppendAreThereAndHonourTheTransaction() throws Exception {
    assertThat(
            new OldRuntime(folder)
                .run(
                    "io.landfall.storage.catalog.TransactionalWrites", folder.toString(), "memory"))
        .contains("checked");
  }

  @Test
  void sparkDoorKeepsItsPromises() throws Exception {
    assertThat(
            new OldRuntime(folder)
                .run("io.landfall.storage.catalog.SparkDoorWrites", folder.toString()))
        .contains("landed on 4.0.0");
  }

  private OldRuntime.End consumer(String... arguments) throws Exception {
    return new OldRuntime(folder).end("io.landfall.consumer.ConsumerMain", arguments);
  }

  private static List<String> entries(String suffix) throws Exception {
    try (ZipFile jar = new ZipFile(OldRuntime.thinJar().toFile())) {
      return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(suffix)).toList();
    }
  }
}
