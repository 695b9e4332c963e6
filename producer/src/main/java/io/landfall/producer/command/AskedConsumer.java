package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Reason;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.overview.Bronze;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code consumer status}, started as a program of its own: the two never meet in one JVM, and
 * nobody else knows the table.
 */
final class AskedConsumer {

  /** A name in a catalog takes Spark's start, with a cold storage behind it. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int LAST_LINES = 5;

  private final List<String> command;
  private final Clock clock;

  private AskedConsumer(List<String> command, Clock clock) {
    this.command = List.copyOf(command);
    this.clock = clock;
  }

  /**
   * How to ask it; empty where there is nobody to ask or nothing to ask for.
   *
   * @param script the landfall script, where there is one
   * @param config the file of settings that was named on the command line
   */
  static Optional<AskedConsumer> of(
      Settings settings,
      Dataset dataset,
      Optional<Path> script,
      Optional<String> config,
      Clock clock) {
    return settings
        .of(dataset.name())
        .find(LandfallSettings.TABLE)
        .filter(table -> script.isPresent())
        .map(
            table -> {
              List<String> command =
                  new ArrayList<>(
                      List.of(
                          script.get().toString(),
                          "consumer",
                          "status",
                          "--output=json",
                          "--table=" + table,
                          "--bootstrap-servers=" + KafkaSettings.of(settings).bootstrapServers()));
              if (dataset.origin() == Dataset.Origin.DEFINITION) {
                command.add("--dataset=" + dataset.title());
              }
              settings
                  .find(LandfallSettings.TOPIC_PREFIX)
                  .ifPresent(prefix -> command.add("--topic-prefix=" + prefix));
              command.add("--scratch-dir=" + settings.get(LandfallSettings.SCRATCH_DIR));
              // What is in the file or in the environment the consumer finds there itself: a secret
              // may stand in any of it.
              settings.passedThroughFlags().forEach((key, value) -> add(key, value, command));
              config.ifPresent(file -> command.add("--config=" + file));
              return new AskedConsumer(command, clock);
            });
  }

  /** Streams are none of the consumer's. */
  private static void add(String key, String value, List<String> command) {
    if (!key.startsWith(PassThrough.STREAMS.prefix())) {
      command.add("--%s=%s".formatted(key, value));
    }
  }

  /** For who does not ask. */
  static Bronze.NotAsked notAsked() {
    return new Bronze.NotAsked(
        "landfall status --table TABLE asks it where the consumer is, for its rows and its quarantine");
  }

  List<String> command() {
    return command;
  }

  /** Asks and waits for the answer. */
  Bronze ask() throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      return new Bronze.Unanswered(
          clock.instant(), "%s could not be started: %s".formatted(command.get(0), Reason.of(e)));
    }
    try {
      CompletableFuture<String> out = all(process.getInputStream());
      CompletableFuture<String> err = all(process.getErrorStream());
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return new Bronze.Unanswered(
            clock.instant(),
            "it took longer than %d seconds. Where it is built for the first time: landfall build"
                .formatted(PATIENCE.toSeconds()));
      }
      return read(out.join(), err.join(), process.exitValue());
    } catch (IOException e) {
      return new Bronze.Unanswered(clock.instant(), Reason.of(e));
    } finally {
      process.destroy();
    }
  }

  private static CompletableFuture<String> all(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  Bronze read(String out, String err, int exitCode) {
    Optional<String> json =
        out.lines().filter(line -> line.startsWith("{")).reduce((first, last) -> last);
    try {
      JsonNode status = new JsonMapper().readTree(json.orElse("{}"));
      if (status.has("version")) {
        return told(status);
      }
      return new Bronze.Unanswered(
          clock.instant(),
          status.path("message").isTextual()
              ? status.path("message").asText()
              : "exit code %d%s".formatted(exitCode, last(err)));
    } catch (JsonProcessingException e) {
      return new Bronze.Unanswered(
          clock.instant(),
          "what it said is no status: exit code %d%s".formatted(exitCode, last(err)));
    }
  }

  private static String last(String err) {
    List<String> lines = err.lines().filter(line -> !line.isBlank()).toList();
    String last =
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
            .collect(Collectors.joining("\n"));
    return last.isEmpty() ? "" : ": " + last;
  }

  private Bronze.Told told(JsonNode status) {
    Map<String, Long> open = new HashMap<>();
    status
        .path("quarantine")
        .path("open")
        .properties()
        .forEach(one -> open.put(one.getKey(), one.getValue().asLong()));
    Map<Integer, Long> position = new HashMap<>();
    for (JsonNode partition : status.path("partitions")) {
      position.put(partition.path("partition").asInt(), partition.path("position").asLong());
    }
    return new Bronze.Told(
        clock.instant(),
        status.path("table").asText(),
        status.path("version").asLong(),
        status.path("rows").asLong(),
        status.path("quarantine").path("records").asLong(),
        open,
        position,
        status.path("state").asText().equals("refused")
            ? Optional.of(
                new Bronze.Refused(
                    Optional.of(status.path("reason").asText(""))
                        .filter(word -> !word.isEmpty() && !word.equals("null")),
                    status.path("message").asText()))
            : Optional.empty());
  }
}
