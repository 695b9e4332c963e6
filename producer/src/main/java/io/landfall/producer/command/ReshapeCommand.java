package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.shape.ReshapeChanges;
import io.landfall.producer.shape.Selection;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Derive rows again from what is in the archive, after a change of the code. */
public final class ReshapeCommand implements Command {

  private final Connector connector;
  private final Clock clock;

  public ReshapeCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public String description() {
    return "Derives rows again from the answers in force, after a change of the derivation, and emits what differs. Makes no API call.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            List.<Setting<?>>of(
                LandfallSettings.FROM,
                LandfallSettings.TO,
                LandfallSettings.ITEMS,
                LandfallSettings.DRY_RUN),
            KafkaSettings.ALL,
            ShapeSettings.ALL,
            LineageSettings.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>(FetchSettings.problems(settings));
    if (settings.find(LandfallSettings.ITEMS).isPresent()
        && (settings.find(LandfallSettings.FROM).isPresent()
            || settings.find(LandfallSettings.TO).isPresent())) {
      problems.add("--items names items, --from and --to their days: give one or the other");
    }
    return problems;
  }

  private static Selection selection(Settings settings) {
    return new Selection(
        settings.find(LandfallSettings.FROM),
        settings.find(LandfallSettings.TO),
        settings.find(LandfallSettings.ITEMS).orElse(Set.of()));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Progress progress = Progress.on(out, clock);
    if (settings.get(LandfallSettings.DRY_RUN)) {
      preview(settings, progress, out);
      return ExitCode.OK;
    }
    try (Cluster cluster = Cluster.open(settings, connector, clock)) {
      KafkaLedger.refuseAnotherArchive(cluster.connection(), cluster.topics());
      ShapeRun shape = Shaping.of(settings, cluster, connector, clock);
      ShapeCounts counts =
          Shaping.told(
              settings,
              cluster,
              connector,
              clock,
              shape,
              false,
              () -> shape.again(selection(settings), progress));
      out.println(
          String.format(
              Locale.ROOT,
              "reshape: %s derived, %,d passed over, %,d changed; %s emitted, of them %s; %s",
              Count.of(counts.items(), connector.itemName()),
              counts.skipped(),
              counts.changed(),
              Count.of(counts.rows(), "row"),
              Count.of(counts.retracted(), "retraction"),
              Count.of(counts.deadLetters(), "dead letter")));
    }
    return ExitCode.OK;
  }

  private void preview(Settings settings, Progress progress, PrintStream out)
      throws InterruptedException {
    try (Cluster cluster = Cluster.look(settings, connector)) {
      List<Topic> needed = List.of(cluster.topics().answers(), cluster.topics().landing());
      if (cluster.missing().stream().anyMatch(needed::contains)) {
        out.println(
            "Nothing has been shaped: Kafka at %s has no topic %s."
                .formatted(
                    settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
                    cluster.topics().landing().name()));
        return;
      }
      print(
          Shaping.looking(settings, cluster, connector, clock)
              .preview(selection(settings), progress),
          out);
    }
  }

  private void print(ReshapeChanges changes, PrintStream out) {
    out.println(
        String.format(
            Locale.ROOT,
            "reshape --dry-run: %s derived, %,d would change",
            Count.of(changes.items(), connector.itemName()),
            changes.itemsChanged()));
    Lines rows = new Lines(List.of("rows that would be", "rows"), Set.of("rows"));
    rows.add("changed", changes.changed());
    rows.add("added", changes.added());
    rows.add("retracted", changes.retracted());
    rows.print(OutputFormat.TABLE, out);
    if (!changes.columns().isEmpty()) {
      out.println();
      Lines columns = new Lines(List.of("column", "rows changed"), Set.of("rows changed"));
      changes.columns().entrySet().stream()
          .sorted(
              Map.Entry.<String, Long>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry.comparingByKey()))
          .forEach(column -> columns.add(column.getKey(), column.getValue()));
      columns.print(OutputFormat.TABLE, out);
    }
    if (changes.unusable() > 0) {
      out.println(
          "%s cannot be used by this code and would be a dead letter each; their rows stay"
              .formatted(Count.of(changes.unusable(), connector.itemName())));
    }
  }
}
