package io.landfall.cli.metrics;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Reason;
import io.landfall.cli.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of node_exporter's textfile collector: written beside its place, then renamed. */
final class Textfile {

  private static final Logger LOG = LoggerFactory.getLogger(Textfile.class);

  private final Path path;
  private final Path beside;
  private boolean told;

  Textfile(Path path) {
    this.path = path;
    // The collector reads what ends with .prom. Of a process that was killed one is left behind,
    // and the next one takes its place.
    this.beside = path.resolveSibling(path.getFileName() + ".new");
  }

  /** What it says now; nothing where it is not there, or is no file of ours. */
  Map<Sample, Double> read() {
    try {
      return TextFormat.read(Files.readString(path));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      // Whether it can be used is told by writing it.
      LOG.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("reason", Reason.of(e))
          .log("What the metrics file says is not known; it is written anew");
      return new HashMap<>();
    }
  }

  /**
   * Writes it the first time.
   *
   * @throws LandfallException if it cannot be written
   */
  void begin(String text) {
    try {
      replace(text);
    } catch (IOException e) {
      throw StorageFailure.unusable(LandfallSettings.METRICS_FILE.flag(), path, e);
    }
  }

  /** Writes it again; that it fails is told once. */
  synchronized void write(String text) {
    try {
      replace(text);
      told = false;
    } catch (IOException e) {
      if (!told) {
        told = true;
        LOG.atWarn()
            .addKeyValue("file", path)
            .addKeyValue("reason", Reason.of(e))
            .log("The metrics file cannot be written; the command goes on");
      }
    }
  }

  private void replace(String text) throws IOException {
    Files.writeString(beside, text);
    Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
