package io.landfall.sandbox.pipeline;

import io.landfall.producer.definition.Definitions;
import io.landfall.producer.rest.RestConnector;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of a pipeline come from, and how its programs are told so.
 *
 * @param item the columns that make the key of an item
 * @param definition the file that describes the source; empty for one that the programs know
 * @param asking flags of the commands that ask the API
 */
record Origin(Dataset dataset, List<String> item, Optional<Path> definition, List<String> asking) {

  /** The NHL. */
  static Origin of(SimulatedApi api) {
    return nhl(api.webApiUrl(), api.statsApiUrl());
  }

  /** The NHL at other addresses. */
  static Origin nhl(URI web, URI stats) {
    return new Origin(
        NhlDatasets.PLAYER_GAME_STATS,
        List.of("gameId"),
        Optional.empty(),
        List.of("--web-api-url", web.toString(), "--stats-api-url", stats.toString()));
  }

  /**
   * The first resource of an API that a file describes.
   *
   * @param file is written
   */
  static Origin described(Path file, String definition) throws IOException {
    Files.writeString(file, definition);
    Dataset dataset =
        new RestConnector(
                Definitions.read(file.toString(), definition), Map.of(), Clock.systemUTC())
            .dataset();
    return new Origin(dataset, List.of("_item"), Optional.of(file), List.of());
  }

  /** Flags of every command of the producer. */
  List<String> producer() {
    return definition.map(file -> List.of("--source", file.toString())).orElse(List.of());
  }

  /** Flags of every command of the consumer. */
  List<String> consumer() {
    return definition.map(file -> List.of("--dataset", dataset.title())).orElse(List.of());
  }
}
