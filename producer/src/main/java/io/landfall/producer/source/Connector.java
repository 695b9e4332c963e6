package io.landfall.producer.source;

import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Hosts;
import io.landfall.schemas.Dataset;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** All that the producer is told of one API: one wing of the house brings it. */
public interface Connector {

  /** What is landed; it names the source and so all of its topics. */
  Dataset dataset();

  /**
   * The same for each dataset of the source, this one first. They share whatever is the source's
   * own; landing topic and shaper are each one's.
   */
  default List<Connector> resources() {
    return List.of(this);
  }

  /** The file that says what the source is, word for word; empty where a program does. */
  default Optional<String> definition() {
    return Optional.empty();
  }

  /** What a command is told of it, with a space in front; empty where none needs to be. */
  default String flag() {
    return definition().map(text -> " --source " + dataset().source()).orElse("");
  }

  /** The most items that its API wants to be asked for at once. */
  default int mostInFlight() {
    return Integer.MAX_VALUE;
  }

  /** What one item is called, in the singular. */
  String itemName();

  /** Where the days of its items begin and end. */
  ZoneId zone();

  /** The day of the first item that there is. */
  LocalDate beginning();

  /** About how many requests one item takes. */
  int requestsPerItem();

  /** The settings that it reads, beside those that every API has. */
  List<Setting<?>> settings();

  /** The API, to be asked through these hosts. */
  Source source(Settings settings, Hosts hosts);

  /** How rows come of its answers. */
  Derivation shaper();

  /**
   * Something small that can be asked to see whether an API is there.
   *
   * @param name for a list
   * @param base the setting that says where the API is
   * @param path after it, with its query
   */
  record Probe(String name, Setting<URI> base, String path) {}

  /** One for each address that the settings name. */
  List<Probe> probes(LocalDate today);
}
