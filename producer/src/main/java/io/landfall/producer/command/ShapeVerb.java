package io.landfall.producer.command;

import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Progress;
import io.landfall.program.Ready;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Shape what is in the archive. */
public final class ShapeVerb implements Verb {

  private final Clock clock;

  public ShapeVerb(Clock clock) {
    this.clock = clock;
  }

  /** The names of the settings that are handed on to Kafka Streams. */
  public static Set<String> streamsNames() {
    return ShapeRun.settingNames();
  }

  @Override
  public String name() {
    return "shape";
  }

  @Override
  public String description() {
    return "Derives rows from the archive: continuously, or with --once until caught up. Makes no API call.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.BOOTSTRAP_SERVERS,
        LandfallSettings.STATE_DIR,
        LandfallSettings.ONCE,
        LandfallSettings.READY_FILE);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings)) {
      ShapeRun shape = Shaping.of(settings, cluster, clock);
      if (!settings.get(LandfallSettings.ONCE)) {
        try (Ready ready = Ready.notYet(this, settings, out)) {
          return shape.forEver(ready::announce);
        }
      }
      ShapeCounts counts = shape.untilCaughtUp(Progress.on(out, clock));
      out.println(
          "shape: %s, %s emitted, %s"
              .formatted(
                  Count.of(counts.games(), "game"),
                  Count.of(counts.rows(), "row"),
                  Count.of(counts.deadLetters(), "dead letter")));
      return ExitCode.OK;
    }
  }
}
