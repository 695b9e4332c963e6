package io.landfall.sandbox.demo;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code demo}: the main job from nothing to a filled table. */
public final class DemoCommand implements Command {

  private static final Setting<Boolean> KEEP =
      Setting.onOff("keep", "Leave the broker and the API running, and tell how to use them.");

  private static final Setting<Path> DIR =
      Setting.optional(
          "dir",
          "DIR",
          Parsers::path,
          "An empty or missing folder to work in. Without it: a new one among the temporary files.");

  private static final Setting<Integer> KAFKA_PORT =
      Setting.of(
          "kafka-port",
          "PORT",
          Parsers.integer(0, 65_535),
          "0",
          "The broker's; 0 takes a free one.");

  private static final Setting<Integer> API_PORT =
      Setting.of(
          "api-port", "PORT", Parsers.integer(0, 65_535), "0", "The API's; 0 takes a free one.");

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String description() {
    return "Shows the main job on this machine, from nothing to a filled table, in two minutes.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(KEEP, DIR, KAFKA_PORT, API_PORT);
  }

  @Override
  public List<String> problems(Settings settings) {
    Optional<Path> dir = settings.find(DIR);
    if (dir.isEmpty() || !Files.exists(dir.get())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(dir.get())) {
      return entries.findAny().isEmpty()
          ? List.of()
          : List.of("--dir: %s is not empty".formatted(dir.get()));
    } catch (IOException e) {
      return List.of("--dir: %s cannot be read: %s".formatted(dir.get(), Reason.of(e)));
    }
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    long began = System.nanoTime();
    Path folder = folder(settings.find(DIR));
    // The landfall script tells; what a JVM makes of its console depends on its version.
    Screen screen = new Screen(out, Boolean.getBoolean("landfall.terminal"));
    boolean keep = settings.get(KEEP);
    List<Long> left;
    Stage stage = new Stage(folder, screen);
    try (stage) {
      new Demo(stage, screen).run(settings.get(KAFKA_PORT), settings.get(API_PORT));
      left = keep ? stage.leaveRunning() : List.of();
    } catch (LandfallException e) {
      screen.say("The demo stopped. What its programs said is in %s.".formatted(folder));
      throw e;
    } catch (InterruptedException e) {
      if (settings.find(DIR).isEmpty()) {
        Stage.remove(folder);
      }
      throw e;
    }
    if (!keep) {
      stage.removeTheRest();
    }
    end(screen, stage, left, (System.nanoTime() - began) / 1_000_000_000);
    return ExitCode.OK;
  }

  private static Path folder(Optional<Path> wanted) {
    try {
      return wanted.isPresent()
          ? Files.createDirectories(wanted.get())
          : Files.createTempDirectory("landfall-demo-");
    } catch (IOException e) {
      throw LandfallException.usage(
          "The folder %s cannot be made: %s".formatted(wanted.orElse(null), Reason.of(e)), e);
    }
  }

  private static void end(Screen screen, Stage stage, List<Long> left, long seconds) {
    screen.chapter(5, "Done in %d s. The table is yours".formatted(seconds));
    screen.say("It is at %s. Try:".formatted(stage.table()));
    screen.gap();
    screen.command("export LANDFALL_CONFIG=" + stage.settings());
    screen.command(
        Stage.script()
            + " consumer sql \"SELECT _revision, _coverage, count(*) FROM player_game_stats GROUP BY ALL\"");
    screen.command(
        Stage.script()
            + " consumer sql -o csv \"SELECT * FROM player_game_stats_current WHERE gameId = 2024020001\"");
    screen.gap();
    if (left.isEmpty()) {
      screen.say(
          """
          `%s demo --keep` leaves broker and API running, to go on from here.
          The way to real data: README.md, "Use it".
          """
              .formatted(Stage.script()));
      return;
    }
    screen.say("Broker and API are still running. With the variable above:");
    screen.command(Stage.script() + " status");
    screen.command(Stage.script() + " status --serve");
    screen.command(Stage.script() + " producer status");
    screen.command(Stage.script() + " consumer status");
    screen.command(Stage.script() + " consumer replay --into %s-again".formatted(stage.table()));
    screen.gap();
    screen.say("To end them:");
    screen.command("kill " + left.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }
}
