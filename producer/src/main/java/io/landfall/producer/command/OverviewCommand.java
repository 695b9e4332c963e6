package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.overview.Latest;
import io.landfall.producer.overview.Names;
import io.landfall.producer.overview.Overview;
import io.landfall.producer.overview.OverviewJson;
import io.landfall.producer.overview.OverviewText;
import io.landfall.producer.overview.PageServer;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code landfall status}: is everything all right? In the terminal, as JSON, or as a page. */
public final class OverviewCommand implements Command {

  /** Less than the page's own pause, so that each time it asks it gets something new. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Connector connector;
  private final Clock clock;
  private final Optional<Path> script;
  private final Optional<String> config;

  /**
   * @param script the landfall script, which starts the consumer to ask it; empty where there is
   *     none
   * @param config the file of settings that was named on the command line: the consumer reads it
   *     too
   */
  public OverviewCommand(
      Connector connector, Clock clock, Optional<Path> script, Optional<String> config) {
    this.connector = connector;
    this.clock = clock;
    this.script = script;
    this.config = config;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String description() {
    return "Tells whether everything is all right, and what needs you; ends with 0 only if nothing does.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            KafkaSettings.ALL.stream(),
            Stream.<Setting<?>>of(
                LandfallSettings.TABLE.notRequired(),
                LandfallSettings.SCRATCH_DIR,
                LandfallSettings.SERVE,
                LandfallSettings.OUTPUT))
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return settings.find(LandfallSettings.OUTPUT).equals(Optional.of(OutputFormat.CSV))
        ? List.of("--output csv: a status is no list of rows; use table or json")
        : List.of();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Optional<InetSocketAddress> address = settings.get(LandfallSettings.SERVE);
    if (address.isPresent()) {
      return serve(address.get(), settings, out);
    }
    OverviewFacts facts = new OverviewFacts(settings, connector, clock);
    Overview overview;
    try (AskedInTurn consumer = AskedInTurn.once(asked(settings), clock)) {
      overview = Overview.of(facts.look(consumer::latest), names(settings));
    }
    if (settings.get(LandfallSettings.OUTPUT) == OutputFormat.JSON) {
      out.println(OverviewJson.of(overview));
    } else {
      OverviewText.of(overview).forEach(out::println);
    }
    out.flush();
    return overview.exitCode();
  }

  private ExitCode serve(InetSocketAddress address, Settings settings, PrintStream out)
      throws InterruptedException {
    OverviewFacts facts = new OverviewFacts(settings, connector, clock);
    Names names = names(settings);
    try (AskedInTurn consumer = AskedInTurn.again(asked(settings), clock);
        Latest latest =
            new Latest(() -> Overview.of(facts.look(consumer::latest), names), FRESH, PATIENCE);
        PageServer page = PageServer.start(address, latest, names)) {
      out.println("status: ready, at " + page.url());
      if (!page.isForThisMachineOnly()) {
        out.println(
            "Whoever reaches this address can read the page: there is no password. It changes nothing.");
      }
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The normal end of a service.
      return ExitCode.OK;
    }
    throw new IllegalStateException("A page is served until its program is interrupted");
  }

  private Optional<AskedConsumer> asked(Settings settings) {
    return AskedConsumer.of(settings, connector.dataset(), script, config, clock);
  }

  private Names names(Settings settings) {
    Dataset deployed = connector.dataset().withTopicPrefix(KafkaSettings.topicPrefix(settings));
    return Names.of(
        deployed, connector.definition().isPresent(), connector.itemName(), connector.zone());
  }
}
