package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.schemas.ItemAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recorded answers of real games, where the folder is present. */
public final class Recordings {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Path ROOT = Path.of(System.getProperty("nhl.recordings", "absent"));

  /** What is said where they are needed and not there. */
  static final String ABSENT = "no recordings in %s (-Dnhl.recordings=FOLDER)".formatted(ROOT);

  private Recordings() {}

  /** Skips the test with a message where there are no recordings. */
  public static void needed() {
    assumeThat(present()).as(ABSENT).isTrue();
  }

  static boolean present() {
    return Files.isDirectory(ROOT.resolve("games"));
  }

  public static Path root() {
    return ROOT;
  }

  /** Every game that has a recording of this endpoint, in order. */
  static List<Integer> games(String endpoint) {
    if (!present()) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(ROOT.resolve("games"))) {
      return folders
          .filter(folder -> Files.exists(file(folder, endpoint)))
          .map(folder -> Integer.valueOf(folder.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All recorded answers of a game. */
  static ItemAnswers game(int gameId) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    Path folder = ROOT.resolve("games").resolve(Integer.toString(gameId));
    for (Endpoint endpoint : Endpoint.REQUIRED) {
      Path file = file(folder, endpoint.label());
      if (Files.exists(file)) {
        bodies.put(endpoint.label(), read(file));
      }
    }
    return Answers.of(gameId, bodies);
  }

  /** The body of one recorded answer. */
  static byte[] body(int gameId, String endpoint) {
    return read(file(ROOT.resolve("games").resolve(Integer.toString(gameId)), endpoint));
  }

  static JsonNode json(int gameId, String endpoint) {
    return tree(body(gameId, endpoint));
  }

  static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path folder, String endpoint) {
    Path packed = folder.resolve(endpoint + ".json.gz");
    return Files.exists(packed) ? packed : folder.resolve(endpoint + ".json");
  }

  /** The bytes of a recording, unpacked. */
  public static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(in).readAllBytes()
          : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
