package io.landfall.cli.metrics;

import io.landfall.cli.Command;
import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.PrintStream;
import java.util.List;

/** A command that tells figures of itself. */
public interface MeasuredCommand extends Command {

  /** The settings by which one asks for them that goes on. */
  List<Setting<?>> SERVED =
      List.of(LandfallSettings.METRICS_ADDRESS, LandfallSettings.METRICS_FILE);

  /** The settings by which one asks for them that ends by itself. */
  List<Setting<?>> WRITTEN = List.of(LandfallSettings.METRICS_FILE);

  /** Whether it goes on until it is stopped. */
  default boolean goesOn(Settings settings) {
    return false;
  }

  /** Does it, and tells. */
  ExitCode run(Settings settings, PrintStream out, Metrics metrics) throws InterruptedException;

  @Override
  default ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    return run(settings, out, Metrics.OFF);
  }

  /** What there is to tell of how it ended, be it by a failure. */
  default void ended(Settings settings, End end, Metrics metrics) {}
}
