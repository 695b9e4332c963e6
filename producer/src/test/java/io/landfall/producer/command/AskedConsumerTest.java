package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.ManualClock;
import io.landfall.producer.overview.Bronze;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.weather.WeatherDatasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer asked through a script that stands in for it. */
class AskedConsumerTest {

  private static final ManualClock CLOCK = new ManualClock(Instant.parse("2024-10-20T15:00:00Z"));

  private static final Dataset STATIONS = WeatherDatasets.STATION_HOURS;

  @TempDir Path folder;

  private Dataset dataset = STATIONS;

  private Settings settings(Map<String, String> flags, String... file) throws Exception {
    List<Setting<?>> wanted =
        Stream.concat(
                KafkaSettings.ALL.stream(),
                Stream.<Setting<?>>of(
                    LandfallSettings.TABLE.notRequired(), LandfallSettings.SCRATCH_DIR))
            .toList();
    return Settings.resolve(
        wanted,
        LandfallSettings.ALL,
        flags,
        Map.of(),
        Optional.of(Files.write(folder.resolve("landfall.yaml"), List.of(file))));
  }

  private Bronze answer(String... lines) throws Exception {
    return consumer(lines).orElseThrow().ask();
  }

  private Optional<AskedConsumer> consumer(String... lines) throws Exception {
    Path script = folder.resolve("landfall");
    Files.deleteIfExists(script);
    Files.createFile(
        script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return AskedConsumer.of(
        settings(
            Map.of(
                "table", folder + "/{dataset}",
                "topic-prefix", "dev.",
                "kafka.security.protocol", "SASL_SSL",
                "kafka.client.id",
                    "${file:" + Files.writeString(folder.resolve("id"), "hunter2") + "}",
                "spark.sql.shuffle.partitions", "2"),
            "kafka.client.rack: ${file:" + folder.resolve("id") + "}",
            "spark.driver.extraJavaOptions: -Djavax.net.ssl.trustStorePassword=hunter2",
            "kafka.sasl.jaas.config: hunter2",
            "spark.hadoop.fs.s3a.secret.key: hunter2"),
        dataset,
        Optional.of(script),
        Optional.of("/etc/landfall.yaml"),
        CLOCK);
  }

  @Test
  void itIsAskedWithTheSameSettingsAndNoSecretOnItsCommandLine() throws Exception {
    List<String> command = consumer("true").orElseThrow().command();
    assertThat(command.subList(1, command.size()))
        .startsWith(
            "consumer", "status", "--output=json", "--table=" + folder + "/" + STATIONS.name())
        .contains(
            "--bootstrap-servers=127.0.0.1:9092",
            "--topic-prefix=dev.",
            "--kafka.security.protocol=SASL_SSL",
            "--spark.sql.shuffle.partitions=2",
            "--kafka.client.id=${file:" + folder.resolve("id") + "}",
            "--config=/etc/landfall.yaml")
        .noneMatch(word -> word.contains("hunter2"));
  }

  /** The consumer knows the dataset of a definition by its name alone. */
  @Test
  void ofADefinedDatasetItIsToldTheName() throws Exception {
    dataset =
        Dataset.defined(
            "usgs",
            "usgs",
            "earthquakes",
            STATIONS.history(),
            STATIONS.key(),
            List.of(),
            List.of());
    assertThat(consumer("true").orElseThrow().command())
        .contains("--dataset=usgs.earthquakes", "--table=" + folder + "/usgs_earthquakes");
  }

  @Test
  void withoutATableOrAScriptNobodyIsAsked() throws Exception {
    assertThat(
            AskedConsumer.of(
                settings(Map.of()), dataset, Optional.of(folder), Optional.empty(), CLOCK))
        .isEmpty();
    assertThat(
            AskedConsumer.of(
                settings(Map.of("table", "/t")),
                dataset,
                Optional.empty(),
                Optional.empty(),
                CLOCK))
        .isEmpty();
  }

  @Test
  void whatItTells() throws Exception {
    assertThat(
            answer(
                "echo 'landfall: building' >&2",
                "echo '{\"table\":\"file:/t\",\"version\":7,\"rows\":12,\"quarantine\":{\"records\":3,\"open\":{\"RULE\":2}},\"partitions\":[{\"partition\":1,\"position\":40,\"end\":41}],\"state\":\"behind\"}'"))
        .isEqualTo(
            new Bronze.Told(
                CLOCK.instant(),
                "file:/t",
                7,
                12,
                3,
                Map.of("RULE", 2L),
                Map.of(1, 40L),
                Optional.empty()));
  }

  @Test
  void whatItRefuses() throws Exception {
    Bronze told =
        answer(
            "echo '{\"table\":\"file:/t\",\"version\":7,\"state\":\"refused\",\"reason\":\"taken-back\",\"message\":\"Rows are gone.\"}'",
            "exit 4");
    assertThat(told.told().orElseThrow().refusal())
        .contains(new Bronze.Refused(Optional.of("taken-back"), "Rows are gone."));
    assertThat(
            answer(
                "echo '{\"state\":\"refused\",\"reason\":null,\"message\":\"There is no table.\"}'",
                "exit 4"))
        .isEqualTo(new Bronze.Unanswered(CLOCK.instant(), "There is no table."));
  }

  @Test
  void whatIsNoAnswerIsTold() throws Exception {
    assertThat(answer("echo 'landfall consumer status: no Kafka' >&2", "exit 3"))
        .isEqualTo(
            new Bronze.Unanswered(
                CLOCK.instant(), "exit code 3: landfall consumer status: no Kafka"));
    assertThat(answer("echo '{\"version\":'"))
        .isInstanceOfSatisfying(
            Bronze.Unanswered.class,
            one -> assertThat(one.message()).startsWith("what it said is no status: exit code 0"));
    assertThat(answer("cat >/dev/null", "exit 0"))
        .isEqualTo(new Bronze.Unanswered(CLOCK.instant(), "exit code 0"));
    Optional<AskedConsumer> gone = consumer("true");
    Files.delete(folder.resolve("landfall"));
    assertThat(gone.orElseThrow().ask())
        .isInstanceOfSatisfying(
            Bronze.Unanswered.class,
            one -> assertThat(one.message()).contains("could not be started"));
  }
}
