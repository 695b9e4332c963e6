package io.landfall.producer.command;

import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Progress;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Fetch what is due, end. */
public final class FetchVerb implements Verb {

  private final Clock clock;

  public FetchVerb(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public String description() {
    return "Fetches what is due into the archive, then ends; shape does the rest.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Stream.of(LandfallSettings.BOOTSTRAP_SERVERS), Fetching.SETTINGS.stream())
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Fetching.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings)) {
      Fetching.Outcome fetched = Fetching.run(settings, cluster, clock, Progress.on(out, clock));
      fetched.with("fetch: " + fetched.summary()).lines().forEach(out::println);
      return fetched.exitCode();
    }
  }
}
