package io.landfall.sandbox.api;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** {@code api}: the simulated NHL API in the foreground, until the process is asked to end. */
public final class ApiCommand implements Command {

  private static final Pattern DIGITS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  static final Setting<Integer> PORT =
      Setting.of(
          "port",
          "PORT",
          Parsers.integer(0, 65_535),
          "0",
          "Where it listens; 0 takes any free port.");

  static final Setting<InetAddress> ADDRESS =
      Setting.of(
          "address",
          "ADDRESS",
          ApiCommand::address,
          "127.0.0.1",
          "Which of this machine's addresses it listens on; 0.0.0.0 in a container.");

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
          "How many of a hundred generated games never get a shift chart; the real API leaves out 2 to 8.");

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
    return List.of(ADDRESS, PORT, RECORDINGS, SEASON, GAMES, MISSING_CHARTS);
  }

  @Override
  public List<String> problems(Settings settings) {
    return settings.find(RECORDINGS).isEmpty() && settings.find(SEASON).isEmpty()
        ? List.of("nothing to serve: give --recordings DIR, --season SEED, or both")
        : List.of();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    InetAddress address = settings.get(ADDRESS);
    int port = settings.get(PORT);
    Optional<Season> season =
        settings
            .find(SEASON)
            .map(seed -> Season.of(seed, settings.get(GAMES)))
            .map(games -> games.missingCharts(settings.get(MISSING_CHARTS) / 100.0));
    var contents = new SimulatedApi.Contents(settings.find(RECORDINGS), season, Clock.systemUTC());
    try (SimulatedApi api = contents.start(address, port)) {
      out.printf("ready: web API %s, stats API %s%n", api.webApiUrl(), api.statsApiUrl());
      out.flush();
      new CountDownLatch(1).await(); // until the program interrupts this thread, asked to end
      return ExitCode.OK;
    } catch (InterruptedException e) {
      return ExitCode.OK; // being asked to end is the only way in which this command ends
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "Port %d of %s cannot be listened on: %s. Give another --port, or 0 for any free one."
              .formatted(port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** Digits only: a name would have to be asked for elsewhere. */
  private static InetAddress address(String text) {
    try {
      if (DIGITS.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      // The message below says what was expected.
    }
    throw new IllegalArgumentException("expected an IP address like 127.0.0.1 or 0.0.0.0");
  }
}
