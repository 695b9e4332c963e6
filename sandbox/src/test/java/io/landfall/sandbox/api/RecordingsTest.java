package io.landfall.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.cli.LandfallException;
import io.landfall.sandbox.season.Season;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

  private static final String PLAYS =
      "{\"plays\":[{\"eventId\":1}], \"id\": %d,\n \"season\":20242025,\"gameType\":2,\"gameDate\":\"%s\",\"gameState\":\"OFF\",\"gameScheduleState\":\"OK\",\"awayTeam\":{\"id\":1,\"abbrev\":\"NJD\"},\"homeTeam\":{\"id\":7,\"abbrev\":\"BUF\"}}";

  private static final String OLD_BOX =
      "{\"id\":2023020280,\"season\":20232024,\"gameType\":2,\"gameDate\":\"2023-11-19\",\"gameState\":\"OFF\",\"awayTeam\":{\"id\":16},\"homeTeam\":{\"id\":29},\"boxscore\":{\"playerByGameStats\":{}}}";

  @Test
  void aFolderIsServedByteForByteAndListedOnItsOwnDates(@TempDir Path folder) throws Exception {
    String plays = PLAYS.formatted(2024020001, "2024-10-04");
    write(folder.resolve("2024020001/play-by-play.json.gz"), plays);
    write(folder.resolve("2024020001/shiftcharts.json"), "{\"data\":[],  \"total\":0}");
    write(folder.resolve("2023020280/boxscore.json"), OLD_BOX);
    try (SimulatedApi api = SimulatedApi.servingRecordings(folder).start(0)) {
      Client client = new Client(api);
      assertThat(Client.text(client.get("/v1/gamecenter/2024020001/play-by-play")))
          .isEqualTo(plays);
      assertThat(Client.text(client.get(chart("2024020001"))))
          .isEqualTo("{\"data\":[],  \"total\":0}");
      assertThat(Client.text(client.get(chart("2023020280"))))
          .isEqualTo("{\"data\":[],\"total\":0}");
      assertThat(client.get("/v1/gamecenter/2024020001/boxscore").statusCode()).isEqualTo(404);
      assertThat(client.get("/v1/gamecenter/2024020999/boxscore").statusCode()).isEqualTo(404);
      assertThat(listed(client, "2024-09-28")).isEqualTo(Map.of(2024020001, "2024-10-04"));
      assertThat(listed(client, "2023-11-19")).isEqualTo(Map.of(2023020280, "2023-11-19"));
      assertThat(listed(client, "2023-11-20")).isEmpty();
      JsonNode score = client.json("/v1/score/2024-10-04");
      assertThat(score.at("/games/0/gameDate").asText()).isEqualTo("2024-10-04");
      assertThat(score.at("/games/0/homeTeam/abbrev").asText()).isEqualTo("BUF");
    }
  }

  @Test
  void aFolderWithoutRecordingsIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> SimulatedApi.servingRecordings(folder).start(0))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("holds no recorded games");
  }

  @Test
  void theRealRecordingsAreServedByteForByte() throws Exception {
    Path recordings = Path.of(System.getProperty("nhl.recordings", "absent"));
    assumeTrue(Files.isDirectory(recordings.resolve("games")), "no recordings in " + recordings);
    try (SimulatedApi api = SimulatedApi.servingRecordings(recordings).start(0)) {
      Client client = new Client(api);
      Set<Integer> games = new TreeSet<>();
      try (Stream<Path> folders = Files.list(recordings.resolve("games"))) {
        for (Path folder : folders.toList()) {
          games.add(Integer.parseInt(folder.getFileName().toString()));
          servedAsRecorded(client, folder);
        }
      }
      assertThat(everythingListed(client, games)).isEqualTo(games);
      String report = "htmlreports/20242025/TH020500.HTM";
      assertThat(client.get("/scores/" + report).body())
          .isEqualTo(bytes(recordings.resolve(report + ".gz")));
    }
  }

  private static void servedAsRecorded(Client client, Path folder) throws Exception {
    String game = folder.getFileName().toString();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
        String path =
            name.equals("shiftcharts") ? chart(game) : "/v1/gamecenter/%s/%s".formatted(game, name);
        assertThat(client.get(path).body()).as(path).isEqualTo(bytes(file));
      }
    }
  }

  private static Set<Integer> everythingListed(Client client, Set<Integer> games) throws Exception {
    Set<Integer> listed = new TreeSet<>();
    LocalDate day = LocalDate.of(2023, 9, 15);
    while (day.isBefore(LocalDate.of(2026, 7, 1))) {
      listed.addAll(listed(client, day.toString()).keySet());
      day = day.plusDays(7);
    }
    assertThat(listed).hasSameSizeAs(games);
    return listed;
  }

  private static Map<Integer, String> listed(Client client, String date) throws Exception {
    Map<Integer, String> games = new HashMap<>();
    JsonNode page = client.json("/v1/schedule/" + date);
    assertThat(page.get("gameWeek")).hasSize(7);
    for (JsonNode day : page.get("gameWeek")) {
      for (JsonNode game : day.get("games")) {
        assertThat(game.has("gameState")).isTrue();
        games.put(game.get("id").asInt(), day.get("date").asText());
      }
    }
    return games;
  }

  private static String chart(String gameId) {
    return "/stats/rest/en/shiftcharts?cayenneExp=gameId=" + gameId;
  }

  private static byte[] bytes(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(in).readAllBytes()
          : in.readAllBytes();
    }
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream coded = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      coded.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void recordingsComeBeforeGeneratedGamesOfTheSameId(@TempDir Path folder) throws Exception {
    write(
        folder.resolve("2024020005/play-by-play.json"), PLAYS.formatted(2024020005, "2024-11-01"));
    var contents = SimulatedApi.serving(Season.of(7, 10));
    try (SimulatedApi api = contents.andRecordings(folder).start(0)) {
      Client client = new Client(api);
      assertThat(client.json("/v1/gamecenter/2024020005/play-by-play").get("plays")).hasSize(1);
      Map<Integer, String> games = new HashMap<>(listed(client, "2024-10-04"));
      games.putAll(listed(client, "2024-10-29"));
      assertThat(games).hasSize(10).containsEntry(2024020005, "2024-11-01");
      assertThat(List.copyOf(games.keySet())).contains(2024020001, 2024020010);
    }
  }
}
