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

  private static final Setting<Path> SOURCE =
      Setting.optional(
          "source",
          "FILE",
          Parsers::path,
          "Tells it of an API that a definition describes, sources/usgs.yaml, over recorded"
              + " earthquakes. Without it: of the NHL's, simulated.");

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
    return List.of(SOURCE, KEEP, DIR, KAFKA_PORT, API_PORT);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Stream.concat(
            settings.find(SOURCE).flatMap(QuakesStory::problem).map("--source: "::concat).stream(),
            settings.find(DIR).stream().flatMap(dir -> problems(dir).stream()))
        .toList();
  }

  private static List<String> problems(Path dir) {
    if (!Files.exists(dir)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(dir)) {
      return entries.findAny().isEmpty()
          ? List.of()
          : List.of("--dir: %s is not empty".formatted(dir));
    } catch (IOException e) {
      return List.of("--dir: %s cannot be read: %s".formatted(dir, Reason.of(e)));
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
    Story story =
        settings
            .find(SOURCE)
            .<Story>map(file -> new QuakesStory(stage, screen, file))
            .orElseGet(() -> new GamesStory(stage, screen));
    try (stage) {
      story.tell(settings.get(KAFKA_PORT), settings.get(API_PORT));
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
    end(screen, stage, story, left, (System.nanoTime() - began) / 1_000_000_000);
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

  private static void end(Screen screen, Stage stage, Story story, List<Long> left, long seconds) {
    screen.chapter(Story.LAST, "Done in %d s. The table is yours".formatted(seconds));
    List<String> queries = left.isEmpty() && story.needsBroker() ? List.of() : story.queries();
    screen.say("It is at %s.%s".formatted(stage.table(), queries.isEmpty() ? "" : " Try:"));
    screen.gap();
    if (!queries.isEmpty()) {
      screen.command("export LANDFALL_CONFIG=" + stage.settings());
      queries.forEach(screen::command);
      screen.gap();
    }
    if (left.isEmpty()) {
      screen.say(
          """
          `%s demo%s --keep` leaves broker and API running, to go on from here.
          %s
          """
              .formatted(Stage.script(), story.flags(), story.wayOn()));
      return;
    }
    screen.say("Broker and API are still running. With the variable above:");
    story.commands().forEach(screen::command);
    screen.gap();
    screen.say("To end them:");
    screen.command("kill " + left.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }
}
