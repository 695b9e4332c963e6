package io.landfall.sandbox.collection;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.rest.RestConnector;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A definition, what its looks bring into ledger and archive, and the rows that come of it. */
final class LandedInMemory implements AutoCloseable {

  final FetchedInMemory fetched = new FetchedInMemory();
  final RestConnector connector;
  final ShapedInMemory shaped;

  private final TickingClock clock;

  /**
   * @param yaml the definition
   */
  LandedInMemory(String yaml, TickingClock clock) {
    this.clock = clock;
    this.connector = new RestConnector(Definitions.read("collection.yaml", yaml), Map.of(), clock);
    this.shaped = new ShapedInMemory(connector.resources().get(0));
  }

  /** Asks what is due. */
  void run(int inFlight, int inTransaction) throws Exception {
    Hosts hosts = new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(20)), clock);
    Settings settings =
        Settings.resolve(
            List.of(LandfallSettings.ACCEPT), List.of(), Map.of(), Map.of(), Optional.empty());
    Window window =
        new Window(
            Optional.empty(),
            Optional.empty(),
            0,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            connector.beginning(),
            Duration.ofDays(7));
    new FetchRun(
            connector.source(settings, hosts),
            fetched,
            new FetchSettings(window, inFlight, inTransaction),
            "items",
            clock,
            Progress.lines(line -> {}, clock))
        .run();
  }

  /** Makes rows of what came. */
  void shape() {
    shaped.shape(fetched.archive);
  }

  @Override
  public void close() {
    shaped.close();
  }
}
