package io.landfall.sandbox.recorded;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.sandbox.server.Listening;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** {@code recorded}: recorded traffic, until the process is asked to end. */
public final class RecordedCommand implements Command {

  static final Setting<Path> RECORDINGS =
      Setting.optional(
          "recordings",
          "DIR",
          Parsers::path,
          "A folder of recorded traffic; without it four snapshots of the earthquakes of"
              + " 2025-05-11.");

  static final Setting<Instant> NOW =
      Setting.optional(
          "now",
          "TIME",
          Parsers::time,
          "What time it is, in place of the first snapshot's; it stands until a control moves it.");

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public String description() {
    return "Recorded traffic of real APIs: earthquakes and their corrections, and what else a"
        + " folder has.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(Listening.ADDRESS, Listening.PORT, RECORDINGS, NOW);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    RecordedTraffic.Recording recording =
        settings.find(RECORDINGS).map(RecordedTraffic::in).orElseGet(RecordedTraffic::shipped);
    return Listening.of(settings)
        .run(
            out,
            (address, port) -> {
              RecordedTraffic traffic = recording.start(address, port);
              settings.find(NOW).ifPresent(now -> traffic.setClock(now, 0));
              return traffic;
            },
            traffic ->
                "recorded traffic %s, earthquakes %s"
                    .formatted(traffic.baseUrl(), traffic.earthquakesUrl()));
  }
}
