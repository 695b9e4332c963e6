package io.landfall.sandbox.api;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.sandbox.season.Season;
import io.landfall.sandbox.server.Listening;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code api}: the simulated NHL API in the foreground, until the process is asked to end. */
public final class ApiCommand implements Command {

  static final Setting<Path> RECORDINGS =
      Setting.optional(
          "recordings",
          "DIR",
          Parsers::path,
          "A folder of recorded games to serve, one folder for each game id.");

  static final Setting<Integer> SEASON =
      Setting.optional(
          "season",
          "SEED",
          Parsers.integer(0, Integer.MAX_VALUE),
          "Serve generated games; the same seed gives the same games.");

  static final Setting<Integer> GAMES =
      Setting.of(
          "games",
          "NUMBER",
          Parsers.integer(1, 10_000),
          "100",
          "How many generated games: up to 1312 from 2024-10-04 on, more from 2023-10-10 on.");

  static final Setting<Integer> MISSING_CHARTS =
      Setting.of(
          "missing-charts",
          "PERCENT",
          Parsers.integer(0, 100),
          "0",
          "How many of a hundred generated games never get a shift chart; the real API leaves out 2"
              + " to 8.");

  @Override
  public String name() {
    return "api";
  }

  @Override
  public String description() {
    return "A simulated NHL API that serves recorded games, generated games, or both.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(Listening.ADDRESS, Listening.PORT, RECORDINGS, SEASON, GAMES, MISSING_CHARTS);
  }

  @Override
  public List<String> problems(Settings settings) {
    return settings.find(RECORDINGS).isEmpty() && settings.find(SEASON).isEmpty()
        ? List.of("nothing to serve: give --recordings DIR, --season SEED, or both")
        : List.of();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    Optional<Season> season =
        settings
            .find(SEASON)
            .map(seed -> Season.of(seed, settings.get(GAMES)))
            .map(games -> games.missingCharts(settings.get(MISSING_CHARTS) / 100.0));
    var contents = new SimulatedApi.Contents(settings.find(RECORDINGS), season, Clock.systemUTC());
    return Listening.of(settings)
        .run(
            out,
            contents::start,
            api -> "web API %s, stats API %s".formatted(api.webApiUrl(), api.statsApiUrl()));
  }
}
