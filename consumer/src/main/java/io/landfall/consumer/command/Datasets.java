package io.landfall.consumer.command;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.landing.AccessSettings;
import io.landfall.consumer.landing.DefinedDatasets;
import io.landfall.consumer.landing.DefinedName;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.SchemaIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The datasets that the program knows or a definition says, and which of them its user wants. Safe
 * for use by several threads.
 */
public final class Datasets {

  private final List<Dataset> known;

  /** What definitions say of those that were asked for, by name. */
  private final Map<DefinedName, Dataset> defined = new ConcurrentHashMap<>();

  /**
   * @param known without a definition: at least one, each with a name of its own
   */
  public Datasets(List<Dataset> known) {
    this.known = List.copyOf(known);
  }

  List<Dataset> known() {
    return known;
  }

  /**
   * Those that the user names; all that the program knows where none is named. Unknown names are
   * left out.
   *
   * @throws LandfallException if one is to be in a definition, and there is none or no cluster
   */
  List<Dataset> chosen(Settings settings) {
    definedNames(settings)
        .forEach(name -> answers(name).ifPresent(dataset -> defined.put(name, dataset)));
    List<DefinedName> unread =
        definedNames(settings).filter(name -> !defined.containsKey(name)).toList();
    if (!unread.isEmpty()) {
      List<Dataset> all = definitions(settings);
      for (DefinedName name : unread) {
        defined.put(name, one(name, all, settings));
      }
    }
    return found(settings);
  }

  /** The same as far as they are known by now: nothing is asked. */
  List<Dataset> found(Settings settings) {
    return Stream.concat(
            knownNames(settings),
            definedNames(settings).flatMap(name -> Optional.ofNullable(defined.get(name)).stream()))
        .toList();
  }

  /** The names of their tables; nothing is asked. */
  List<String> tables(Settings settings) {
    return Stream.concat(
            knownNames(settings).map(Dataset::name), definedNames(settings).map(DefinedName::table))
        .toList();
  }

  private Stream<Dataset> knownNames(Settings settings) {
    Optional<List<String>> names = settings.find(LandfallSettings.DATASET);
    return known.stream()
        .filter(dataset -> names.isEmpty() || names.get().contains(dataset.name()));
  }

  private static Stream<DefinedName> definedNames(Settings settings) {
    return settings.find(LandfallSettings.DATASET).stream()
        .flatMap(List::stream)
        .flatMap(name -> DefinedName.of(name).stream())
        .distinct();
  }

  private static List<Dataset> definitions(Settings settings) {
    return DefinedDatasets.in(KafkaSettings.of(settings), KafkaSettings.topicPrefix(settings));
  }

  /** That of the answers of a source that the program knows: landed where somebody names it. */
  private Optional<Dataset> answers(DefinedName name) {
    return known.stream().map(Dataset::answers).filter(name::isOf).findFirst();
  }

  private Dataset one(DefinedName name, List<Dataset> all, Settings settings) {
    return all.stream()
        .filter(name::isOf)
        .findFirst()
        .orElseThrow(
            () ->
                LandfallException.usage(
                    "--dataset %s: no definition in topic %s at %s says what that is; there is %s. Its producer writes the definition before the first row: landfall source apply FILE, or landfall producer run."
                        .formatted(
                            name,
                            AppliedDefinitions.topic(KafkaSettings.topicPrefix(settings)).name(),
                            settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
                            Stream.concat(all.stream(), known.stream())
                                .map(Dataset::title)
                                .collect(joining(", ")))));
  }

  /**
   * What a dataset is by now, where a definition says it and has said more since.
   *
   * @param old as the user's deployment has it
   */
  static Optional<Dataset> newer(Dataset old, Settings settings) {
    if (old.origin() != Dataset.Origin.DEFINITION) {
      return Optional.empty();
    }
    return definitions(settings).stream()
        .filter(new DefinedName(old.source(), old.resource())::isOf)
        .filter(now -> !now.history().equals(old.history()))
        .findFirst()
        .map(now -> now.withTopicPrefix(old.topicPrefix()).withEncoding(old.encoding()));
  }

  /** What each command must be allowed in a cluster. */
  public Program.Needs needs() {
    return new AccessSettings(known);
  }

  /** What is wrong with the choice. */
  List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    for (String name : settings.find(LandfallSettings.DATASET).orElse(List.of())) {
      if (known.stream().noneMatch(dataset -> dataset.name().equals(name))
          && DefinedName.of(name).isEmpty()) {
        problems.add(
            "--dataset: no dataset %s; there is %s, and SOURCE.RESOURCE for what a definition says"
                .formatted(name, names(known)));
      }
    }
    Optional<TableLocation> table = settings.find(LandfallSettings.TABLE);
    List<String> tables = tables(settings);
    if (tables.size() > 1
        && table.isPresent()
        && table.get().of(tables.get(0)).equals(table.get().of(tables.get(1)))) {
      problems.add(
          "--table %s: rows of %s would be in one table; give each its own with %s in the name, or choose one with --dataset"
              .formatted(table.get(), String.join(", ", tables), TableLocation.DATASET));
    }
    return problems;
  }

  /** One of them as the user's deployment has it. */
  static Dataset deployed(Dataset dataset, Settings settings) {
    return dataset
        .withTopicPrefix(KafkaSettings.topicPrefix(settings))
        .withEncoding(
            RegistrySettings.of(settings)
                .map(registry -> SchemaIds.of(registry.toString(), registry::schema))
                .map(RowEncoding::reading)
                .orElse(RowEncoding.SINGLE_OBJECT));
  }

  static String names(List<Dataset> datasets) {
    return datasets.stream().map(Dataset::name).collect(joining(", "));
  }
}
