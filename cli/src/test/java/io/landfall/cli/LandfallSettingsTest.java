package io.landfall.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each setting's default, and that each can be given as flag, variable and file key. */
class LandfallSettingsTest {

  private static final Path HOME = Path.of(System.getProperty("user.home"));

  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          entry("bootstrap-servers", "127.0.0.1:9092"),
          entry("web-api-url", URI.create("https://api-web.nhle.com/v1")),
          entry("stats-api-url", URI.create("https://api.nhle.com/stats/rest/en")),
          entry("lookback-days", 0),
          entry("sweep-days", 7),
          entry("one-time-load", false),
          entry("answers-table", false),
          entry("max-in-flight", 4),
          entry("request-timeout", Duration.ofSeconds(20)),
          entry("items-per-transaction", 13),
          entry("cron", "0 9 * * *"),
          entry("state-dir", HOME.resolve(".landfall/state")),
          entry("scratch-dir", HOME.resolve(".landfall/scratch")),
          entry("door", DoorChoice.AUTO),
          entry("records-per-commit", 1_000_000),
          entry("log-format", LogFormat.TEXT),
          entry("once", false),
          entry("adopt-topic", false),
          entry("refill", false),
          entry("openlineage-namespace", "landfall"),
          entry("dry-run", false),
          entry("engine", SqlEngine.DUCKDB),
          entry("output", OutputFormat.TABLE),
          entry("serve", Optional.empty()));

  /** Another value for each setting, as text, and what must become of it. */
  private static final Map<String, Map.Entry<String, Object>> OTHERS =
      Map.ofEntries(
          entry("bootstrap-servers", entry("a:1, b:2", "a:1,b:2")),
          entry("topic-prefix", entry("dev.", "dev.")),
          entry(
              "schema-registry-url",
              entry("http://r:8081/apis/", URI.create("http://r:8081/apis"))),
          entry("schema-registry-user", entry("lander", "lander")),
          entry("schema-registry-password", entry("s3cret", "s3cret")),
          entry("web-api-url", entry("http://w:1/v2/", URI.create("http://w:1/v2"))),
          entry("stats-api-url", entry("http://s/x", URI.create("http://s/x"))),
          entry("reports-url", entry("http://r/y", URI.create("http://r/y"))),
          entry("from", entry("2024-10-04", LocalDate.of(2024, 10, 4))),
          entry("to", entry("2025-04-17", LocalDate.of(2025, 4, 17))),
          entry("source", entry("sources/usgs.yaml", "sources/usgs.yaml")),
          entry("accept", entry("earthquakes/2026-11-24/1d", "earthquakes/2026-11-24/1d")),
          entry("history-start", entry("2024-07-01", LocalDate.of(2024, 7, 1))),
          entry("one-time-load", entry("true", true)),
          entry("answers-table", entry("true", true)),
          entry("sweep-days", entry("30", 30)),
          entry("lookback-days", entry("1", 1)),
          entry("items", entry("2024020001, 2024020002", Set.of("2024020001", "2024020002"))),
          entry("dry-run", entry("true", true)),
          entry("requests-per-second", entry("0.5", 0.5)),
          entry("max-in-flight", entry("64", 64)),
          entry("request-timeout", entry("3m", Duration.ofMinutes(3))),
          entry("items-per-transaction", entry("1", 1)),
          entry("live", entry("60s", Duration.ofMinutes(1))),
          entry("cron", entry("*/5 * * * *", "*/5 * * * *")),
          entry("zone", entry("Europe/Zurich", ZoneId.of("Europe/Zurich"))),
          entry("state-dir", entry("/a/state", Path.of("/a/state"))),
          entry("table", entry("~/bronze", TableLocation.Folder.of(HOME.resolve("bronze")))),
          entry("door", entry("spark", DoorChoice.SPARK)),
          entry("scratch-dir", entry("/a/b/../scratch", Path.of("/a/scratch"))),
          entry("records-per-commit", entry("5", 5)),
          entry("once", entry("true", true)),
          entry("adopt-topic", entry("true", true)),
          entry("refill", entry("true", true)),
          entry("dataset", entry("games, teams", List.of("games", "teams"))),
          entry("accept-version", entry("12", 12)),
          entry(
              "quarantine-schema",
              entry(
                  "0807060504030201, FF00112233445566, id:7",
                  Set.of("0807060504030201", "ff00112233445566", "id:7"))),
          entry("ready-file", entry("/run/ready", Path.of("/run/ready"))),
          entry("log-format", entry("json", LogFormat.JSON)),
          entry("openlineage-url", entry("http://o:5000", URI.create("http://o:5000"))),
          entry("openlineage-namespace", entry("dev", "dev")),
          entry("openlineage-token", entry("t0ken", "t0ken")),
          entry(
              "metrics-address",
              entry("9404", InetSocketAddress.createUnresolved("127.0.0.1", 9404))),
          entry("metrics-file", entry("/run/shape.prom", Path.of("/run/shape.prom"))),
          entry("into", entry("a.b.c", new TableLocation.Catalog("a", "b", "c"))),
          entry("backup", entry("/a/backups", TableLocation.Folder.of(Path.of("/a/backups")))),
          entry("id", entry("12-20261126T090000Z", "12-20261126T090000Z")),
          entry("from-offset", entry("0:12, 3:7", new TreeMap<>(Map.of(0, 12L, 3, 7L)))),
          entry("from-time", entry("2024-10-04", Instant.parse("2024-10-04T00:00:00Z"))),
          entry("engine", entry("spark", SqlEngine.SPARK)),
          entry("output", entry("csv", OutputFormat.CSV)),
          entry(
              "serve",
              entry("8485", Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", 8485)))));

  @TempDir Path folder;

  private static Map<String, Object> resolved(
      Map<String, String> flags, Map<String, String> environment, Optional<Path> file)
      throws InvalidSettings {
    var wanted = LandfallSettings.ALL.stream().<Setting<?>>map(Setting::notRequired).toList();
    Settings settings = Settings.resolve(wanted, LandfallSettings.ALL, flags, environment, file);
    Map<String, Object> values = new LinkedHashMap<>();
    wanted.forEach(
        setting -> settings.find(setting).ifPresent(value -> values.put(setting.key(), value)));
    return values;
  }

  private static Map<String, Object> expected() {
    return OTHERS.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, other -> other.getValue().getValue()));
  }

  private static Map<String, String> texts() {
    return OTHERS.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, other -> other.getValue().getKey()));
  }

  @Test
  void theDefaultsAreThese() throws Exception {
    assertThat(resolved(Map.of(), Map.of(), Optional.empty()))
        .containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void everySettingHasAnotherValueHere() {
    assertThat(OTHERS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            LandfallSettings.ALL.stream().map(Setting::key).toList());
    assertThat(expected().entrySet()).doesNotContainAnyElementsOf(DEFAULTS.entrySet());
  }

  @Test
  void everySettingButASecretCanBeAFlag() throws Exception {
    Map<String, String> texts = new TreeMap<>(texts());
    Map<String, Object> expected = new TreeMap<>(expected());
    assertThat(texts.keySet().removeIf(PassThrough::isSecret)).isTrue();
    expected.keySet().removeIf(PassThrough::isSecret);
    assertThat(resolved(texts, Map.of(), Optional.empty()))
        .containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void everySettingCanBeAVariable() throws Exception {
    Map<String, String> environment =
        texts().entrySet().stream()
            .collect(
                Collectors.toMap(
                    text -> "LANDFALL_" + text.getKey().replace('-', '_').toUpperCase(Locale.ROOT),
                    Map.Entry::getValue));
    assertThat(resolved(Map.of(), environment, Optional.empty()))
        .containsExactlyInAnyOrderEntriesOf(expected());
  }

  @Test
  void everySettingCanBeAKeyOfTheFile() throws Exception {
    String yaml =
        texts().entrySet().stream()
            .map(text -> "%s: \"%s\"".formatted(text.getKey(), text.getValue()))
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("landfall.yaml"), yaml);
    assertThat(resolved(Map.of(), Map.of(), Optional.of(file)))
        .containsExactlyInAnyOrderEntriesOf(expected());
  }
}
