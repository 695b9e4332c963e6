package io.landfall.consumer.command;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.landing.AccessSettings;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.SchemaIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The datasets that the program knows, and which of them its user wants.
 *
 * @param known at least one, each with a name of its own
 */
public record Datasets(List<Dataset> known) {

  public Datasets {
    known = List.copyOf(known);
  }

  /** Those that the user names; all where none is named. Unknown names are left out. */
  List<Dataset> chosen(Settings settings) {
    Optional<List<String>> names = settings.find(LandfallSettings.DATASET);
    return known.stream()
        .filter(dataset -> names.isEmpty() || names.get().contains(dataset.name()))
        .toList();
  }

  /** What each command must be allowed in a cluster. */
  public Program.Needs needs() {
    return new AccessSettings(known);
  }

  /** What is wrong with the choice. */
  List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    for (String name : settings.find(LandfallSettings.DATASET).orElse(List.of())) {
      if (known.stream().noneMatch(dataset -> dataset.name().equals(name))) {
        problems.add("--dataset: no dataset %s; there is %s".formatted(name, names(known)));
      }
    }
    Optional<TableLocation> table = settings.find(LandfallSettings.TABLE);
    List<Dataset> chosen = chosen(settings);
    if (chosen.size() > 1
        && table.isPresent()
        && table.get().of(chosen.get(0).name()).equals(table.get().of(chosen.get(1).name()))) {
      problems.add(
          "--table %s: rows of %s would be in one table; give each its own with %s in the name, or choose one with --dataset"
              .formatted(table.get(), names(chosen), TableLocation.DATASET));
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
