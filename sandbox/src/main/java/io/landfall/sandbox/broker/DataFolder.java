package io.landfall.sandbox.broker;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** The folder of one node, held by one process at a time. */
final class DataFolder implements AutoCloseable {

  private final Path log;
  private final FileChannel lock;

  private DataFolder(Path log, FileChannel lock) {
    this.log = log;
    this.lock = lock;
  }

  /**
   * Takes the folder for this process and formats it if it is new.
   *
   * @throws LandfallException if another process has it
   */
  static DataFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lock = lock(folder);
      Path log = folder.resolve("log");
      if (Files.notExists(log)) {
        format(folder.resolve("log.formatting"), log);
      }
      return new DataFolder(log, lock);
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "the data folder %s cannot be used (%s); choose another one with --data"
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  /** Where Kafka keeps its logs. */
  Path log() {
    return log;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = channel.tryLock();
    if (held == null) {
      channel.close();
      throw LandfallException.refused(
          "another broker runs on the data folder %s; stop it, or choose another folder with --data"
              .formatted(folder));
    }
    return channel;
  }

  /** A half-formatted folder looks formatted to Kafka: it gets its name only when it is whole. */
  private static void format(Path unfinished, Path finished) throws IOException {
    Utils.delete(unfinished.toFile());
    Files.createDirectories(unfinished);
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(BrokerProperties.NODE)
            .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
            .setDirectories(List.of(unfinished.toString()))
            .setMetadataLogDirectory(unfinished.toString());
    try {
      formatter.run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // The formatter declares just "Exception"; all that it throws for a folder is told as one.
      throw new IOException(e);
    }
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
  }
}
