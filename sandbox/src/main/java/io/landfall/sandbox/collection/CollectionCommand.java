package io.landfall.sandbox.collection;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.sandbox.server.Listening;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code collection}: a simulated REST collection, until the process is asked to end. */
public final class CollectionCommand implements Command {

  static final Setting<Integer> SEED =
      Setting.of(
          "seed",
          "SEED",
          Parsers.integer(0, Integer.MAX_VALUE),
          "1",
          "Which records; the same seed gives the same ones.");

  static final Setting<Integer> RECORDS =
      Setting.of(
          "records",
          "NUMBER",
          Parsers.integer(0, 5_000_000),
          "1000",
          "How many records there are at first.");

  static final Setting<Integer> DAYS =
      Setting.of(
          "days",
          "DAYS",
          Parsers.integer(1, 3650),
          "30",
          "Over how many days up to now they were created.");

  static final Setting<Instant> NOW =
      Setting.optional(
          "now",
          "TIME",
          Parsers::time,
          "What time it is at the start, in place of the machine's; it runs on from there.");

  static final Setting<Integer> HOURLY =
      Setting.of(
          "hourly",
          "REQUESTS",
          Parsers.integer(1, 1_000_000_000),
          "1000000",
          "How many requests are answered in an hour; then 429.");

  static final Setting<Integer> SCRIPT =
      Setting.optional(
          "script",
          "SEED",
          Parsers.integer(0, Integer.MAX_VALUE),
          "Misbehave in several ways between and within the first answers, as this seed says.");

  @Override
  public String name() {
    return "collection";
  }

  @Override
  public String description() {
    return "A simulated REST collection: every kind of paging, and every misbehaviour on demand.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(Listening.ADDRESS, Listening.PORT, SEED, RECORDS, DAYS, NOW, HOURLY, SCRIPT);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    Instant now =
        settings
            .find(NOW)
            .orElseGet(() -> Clock.systemUTC().instant())
            .truncatedTo(ChronoUnit.SECONDS);
    SimulatedCollection.Contours contours =
        SimulatedCollection.of(settings.get(SEED), settings.get(RECORDS))
            .endingAt(now)
            .spanning(Duration.ofDays(settings.get(DAYS)))
            .answeringHourly(settings.get(HOURLY))
            .running(1, Duration.ZERO);
    return Listening.of(settings)
        .run(
            out,
            (address, port) -> {
              SimulatedCollection collection = contours.start(address, port);
              settings.find(SCRIPT).ifPresent(collection::script);
              return collection;
            },
            collection -> "collection " + collection.apiUrl());
  }
}
