package io.landfall.sandbox.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.sandbox.server.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of recorded games, {@code GAMEID/play-by-play.json} and so on, each plain or gzipped.
 * Answers are the files' bytes; a game's place in the schedule comes from its own header.
 */
final class Recordings implements GameSource {

  private static final Pattern GAME_ID = Pattern.compile("\\d{10}");
  private static final List<String> LISTED_AS_THEY_ARE =
      List.of("venue", "neutralSite", "startTimeUTC", "easternUTCOffset", "venueUTCOffset");
  private static final List<String> LISTED_AT_THE_END = List.of("periodDescriptor", "gameOutcome");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Optional<Path> reports;
  private final Map<Integer, ScheduleEntry> games;
  private final NavigableMap<LocalDate, List<ScheduleEntry>> days = new TreeMap<>();

  private Recordings(Path folder, Optional<Path> reports, Map<Integer, ScheduleEntry> games) {
    this.folder = folder;
    this.reports = reports;
    this.games = Map.copyOf(games);
    for (ScheduleEntry game : new TreeMap<>(games).values()) {
      days.computeIfAbsent(game.date(), day -> new ArrayList<>()).add(game);
    }
  }

  /**
   * @param given a folder of games, or one with a {@code games} folder in it; official HTML reports
   *     may lie beside the games in {@code htmlreports}
   * @throws LandfallException if there are no recordings in it
   */
  static Recordings in(Path given) {
    boolean whole = Files.isDirectory(given.resolve("games"));
    Path folder = whole ? given.resolve("games") : given;
    Path reports = (whole ? given : folder.resolveSibling("x")).resolveSibling("htmlreports");
    reports = whole ? given.resolve("htmlreports") : reports;
    try (Stream<Path> entries = Files.list(folder)) {
      Map<Integer, ScheduleEntry> games = new TreeMap<>();
      for (Path entry : entries.sorted().toList()) {
        if (GAME_ID.matcher(entry.getFileName().toString()).matches()) {
          listing(entry).ifPresent(game -> games.put(game.gameId(), game));
        }
      }
      if (games.isEmpty()) {
        throw LandfallException.usage(
            "%s holds no recorded games: expected folders like 2024020001 with play-by-play.json or boxscore.json, plain or .gz"
                .formatted(folder),
            new IOException("no recordings"));
      }
      return new Recordings(folder, Optional.of(reports).filter(Files::isDirectory), games);
    } catch (IOException e) {
      throw unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(folder, requireNonNull(e.getCause()));
    }
  }

  private static LandfallException unreadable(Path folder, IOException e) {
    return LandfallException.usage(
        "The recordings in %s cannot be read: %s".formatted(folder, Reason.of(e)), e);
  }

  @Override
  public Optional<LocalDate> lastDay() {
    return Optional.of(days.lastKey());
  }

  @Override
  public boolean has(int gameId) {
    return games.containsKey(gameId);
  }

  @Override
  public List<ScheduleEntry> on(LocalDate day) {
    return days.getOrDefault(day, List.of());
  }

  @Override
  public Optional<Body> body(int gameId, Resource resource) {
    Path game = folder.resolve(String.valueOf(gameId));
    return switch (resource) {
      case PLAY_BY_PLAY -> file(game, "play-by-play.json");
      case BOXSCORE -> file(game, "boxscore.json");
      case LANDING -> file(game, "landing.json");
      case RIGHT_RAIL -> file(game, "right-rail.json");
      case SHIFT_CHART -> file(game, "shiftcharts.json");
      case HOME_REPORT -> report(gameId, "TH");
      case VISITOR_REPORT -> report(gameId, "TV");
      default -> Optional.empty();
    };
  }

  @Override
  public long version() {
    return 0;
  }

  private Optional<Body> report(int gameId, String kind) {
    int start = gameId / 1_000_000;
    String season = "%d%d".formatted(start, start + 1);
    String name = "%s%06d.HTM".formatted(kind, gameId % 1_000_000);
    return reports.flatMap(root -> file(root.resolve(season), name));
  }

  private static Optional<Body> file(Path folder, String name) {
    try {
      Path plain = folder.resolve(name);
      if (Files.exists(plain)) {
        return Optional.of(Body.plain(Files.readAllBytes(plain)));
      }
      Path gzip = folder.resolve(name + ".gz");
      return Files.exists(gzip)
          ? Optional.of(Body.gzipped(Files.readAllBytes(gzip)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("A recording cannot be read any more: " + name, e);
    }
  }

  private static Optional<ScheduleEntry> listing(Path game) {
    return Stream.of("play-by-play.json", "boxscore.json")
        .flatMap(name -> file(game, name).stream())
        .findFirst()
        .map(body -> listing(header(body)));
  }

  private static JsonNode header(Body body) {
    try {
      return JSON.readTree(body.plain());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScheduleEntry listing(JsonNode header) {
    ObjectNode entry = JSON.createObjectNode();
    entry.set("id", header.get("id"));
    entry.set("season", header.get("season"));
    entry.set("gameType", header.get("gameType"));
    LISTED_AS_THEY_ARE.forEach(field -> copy(header, field, entry));
    copy(header, "gameState", entry);
    copy(header, "gameScheduleState", entry);
    copy(header, "awayTeam", entry);
    copy(header, "homeTeam", entry);
    LISTED_AT_THE_END.forEach(field -> copy(header, field, entry));
    return new ScheduleEntry(
        header.path("id").intValue(), LocalDate.parse(header.path("gameDate").asText()), entry);
  }

  private static void copy(JsonNode from, String field, ObjectNode to) {
    JsonNode value = from.get(field);
    if (value != null) {
      to.set(field, value);
    }
  }
}
