package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.producer.shape.Difference;
import io.landfall.producer.shape.ItemHistory;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.RecordShaper;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.Topic;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changed between two revisions of an item. */
public final class DiffCommand implements Command {

  private static final int MOST = 1_000_000_000;

  private final Connector connector;
  private final Setting<String> item;
  private final Setting<Integer> before;
  private final Setting<Integer> now;

  public DiffCommand(Connector connector) {
    this.connector = connector;
    this.item =
        Setting.argument(
            "item", "ITEM", Parsers::text, "The key of a %s.".formatted(connector.itemName()));
    this.before =
        Setting.argument(
            "before", "REV", Parsers.integer(0, MOST), "A revision of it; 0: before the first.");
    this.now = Setting.argument("now", "REV", Parsers.integer(0, MOST), "Another revision.");
  }

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String description() {
    return "Shows what differs between the rows in force as of two revisions: row, column, old value, new value.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            List.<Setting<?>>of(item, before, now),
            KafkaSettings.ALL,
            RegistrySettings.ALL,
            List.<Setting<?>>of(LandfallSettings.OUTPUT))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    if (connector.shaper() instanceof RecordShaper) {
      throw LandfallException.usage(
          "diff compares two revisions of an item, and each row of %s has revisions of its own. Ask the table: it has them all, by key and _revision."
              .formatted(connector.dataset().title()));
    }
    try (Cluster cluster = Cluster.look(settings, connector)) {
      List<Topic> needed = List.of(cluster.topics().manifests(), cluster.topics().landing());
      if (cluster.missing().stream().anyMatch(needed::contains)) {
        throw LandfallException.usage(
            "Nothing has been shaped: Kafka at %s has no topic %s."
                .formatted(
                    settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
                    cluster.topics().landing().name()));
      }
      ItemHistory history =
          ItemHistory.read(cluster.connection(), cluster.topics(), settings.get(item));
      requireThere(history, settings.get(before), settings.get(now));
      print(history, settings, out);
    }
    return ExitCode.OK;
  }

  private void requireThere(ItemHistory history, int... revisions) {
    if (history.manifests().isEmpty()) {
      throw LandfallException.usage(
          "There was never a row of %s %s.%s"
              .formatted(
                  connector.itemName(),
                  history.item(),
                  history.other().map(" One that there is: %s."::formatted).orElse("")));
    }
    int latest = history.manifests().get(history.manifests().size() - 1).getRevision();
    for (int revision : revisions) {
      if (revision > latest) {
        throw LandfallException.usage(
            "%s %s has no revision %d. There is:\n%s"
                .formatted(
                    connector.itemName(),
                    history.item(),
                    revision,
                    history.manifests().stream()
                        .map(DiffCommand::described)
                        .collect(Collectors.joining("\n"))));
      }
    }
  }

  private static String described(Manifest manifest) {
    return "revision %d: answers of %s, %s; %s by %s: %s, %s of them taken back"
        .formatted(
            manifest.getRevision(),
            manifest.getFetchedAt(),
            manifest.getCoverage(),
            manifest.getCause().name().toLowerCase(Locale.ROOT),
            manifest.getShapeVersion(),
            Count.of(manifest.getRowsEmitted(), "row"),
            manifest.getRowsRetracted());
  }

  private void print(ItemHistory history, Settings settings, PrintStream out) {
    int first = settings.get(before);
    int second = settings.get(now);
    List<Difference> differences =
        Difference.between(history.inForce(first), history.inForce(second));
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    if (format == OutputFormat.TABLE) {
      history.manifests().stream()
          .filter(each -> each.getRevision() == first || each.getRevision() == second)
          .forEach(each -> out.println(described(each)));
    }
    Lines lines = new Lines(List.of("row", "change", "column", "old", "new"), Set.of("old", "new"));
    for (Difference each : differences) {
      String change = each.kind().name().toLowerCase(Locale.ROOT);
      lines.add(each.row(), change, each.column(), each.before(), each.now());
    }
    lines.print(format, out);
    if (format == OutputFormat.TABLE) {
      long rows = differences.stream().map(Difference::row).distinct().count();
      out.println("(%s)".formatted(Count.of(rows, "row differs", "rows differ")));
    }
  }
}
