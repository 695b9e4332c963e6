package io.landfall.producer.shape;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where shape keeps its state, and what the user tells Kafka Streams.
 *
 * @param streams settings of Kafka Streams, by its own names
 * @param archive the id of the archive's topic; empty while it is not known
 */
public record ShapeSettings(Path stateDir, Map<String, String> streams, String archive) {

  /** Of the registry only who starts shape makes use. */
  public static final List<Setting<?>> ALL =
      Stream.concat(Stream.of(LandfallSettings.STATE_DIR), RegistrySettings.ALL.stream()).toList();

  public ShapeSettings {
    streams = Map.copyOf(streams);
  }

  public static ShapeSettings of(Settings settings) {
    return new ShapeSettings(
        settings.get(LandfallSettings.STATE_DIR), settings.passedThrough(PassThrough.STREAMS), "");
  }

  /**
   * The same with a folder for one archive alone.
   *
   * @param id that of its topic
   */
  public ShapeSettings forArchive(String id) {
    return new ShapeSettings(stateDir.resolve(id), streams, id);
  }
}
