package io.landfall.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.storage.s3.S3Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table on a real S3 server that is backed up, lost and brought back. */
class BackupOnS3IT {

  private static final Folder TABLE = new Folder("s3a", S3Server.BUCKET, "/readings");
  private static final String BACKUPS = "s3a://" + S3Server.BUCKET + "/back-ups";

  @TempDir private static java.nio.file.Path scratch;
  private static S3Server server;
  private static Configuration hadoop = new Configuration();
  private static java.nio.file.Path config = java.nio.file.Path.of("none");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(scratch);
    Map<String, String> settings = new HashMap<>();
    S3Server.clientOf(server.endpoint(), scratch)
        .forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    config =
        Files.write(
            scratch.resolve("landfall.yaml"),
            settings.entrySet().stream()
                .map(entry -> "%s: \"%s\"".formatted(entry.getKey(), entry.getValue()))
                .toList());
    hadoop = SharedSpark.session(settings).sparkContext().hadoopConfiguration();
  }

  @AfterAll
  static void stopServer() throws IOException {
    SharedSpark.session().stop();
    FileSystem.closeAll();
    server.close();
  }

  @Test
  void whatIsLostComesBackAndIngestGoesOn() throws Exception {
    append(DoorKind.FAST, 0, 10, 10);
    append(DoorKind.SPARK, 10, 15, 15);
    append(DoorKind.FAST, 15, 20, 23);
    List<String> rows = rows(TABLE.toString());

    assertThat(backup("create", "--table", TABLE.toString())).as("%s", err).isEqualTo(ExitCode.OK);
    assertThat(printed()).contains("position  0:23").contains("copied    3 data files, ");
    assertThat(backup("create", "--table", TABLE.toString())).isEqualTo(ExitCode.OK);
    assertThat(printed()).contains("copied    0 data files, 0 bytes");
    assertThat(backup("verify")).isEqualTo(ExitCode.OK);
    assertThat(backup("list", "-o", "json")).isEqualTo(ExitCode.OK);
    assertThat(printed().lines()).hasSize(2).allMatch(line -> line.contains("\"complete\""));

    Path file = dataFile();
    byte[] content = read(file);
    byte[] changed = content.clone();
    changed[content.length / 2] ^= 1;
    write(file, changed);
    assertThat(backup("verify")).isEqualTo(ExitCode.REFUSED);
    assertThat(printed()).contains(file.getName()).contains("was changed");
    write(file, content);
    assertThat(backup("verify")).isEqualTo(ExitCode.OK);

    assertThat(backup("restore", "--into", TABLE.toString())).isEqualTo(ExitCode.REFUSED);
    Path table = new Path(TABLE.toString());
    assertThat(table.getFileSystem(hadoop).delete(table, true)).isTrue();
    assertThat(backup("restore", "--into", TABLE.toString())).as("%s", err).isEqualTo(ExitCode.OK);
    assertThat(printed()).contains("position  0:23").contains("rows      20");
    assertThat(rows(TABLE.toString())).isEqualTo(rows);

    append(DoorKind.SPARK, 23, 25, 25);
    append(DoorKind.FAST, 25, 30, 30);
    assertThat(rows(TABLE.toString())).hasSize(27).containsAll(rows).doesNotHaveDuplicates();

    // From one file system to another.
    java.nio.file.Path local = scratch.resolve("local");
    assertThat(backup("restore", "--into", local.toString())).isEqualTo(ExitCode.OK);
    assertThat(rows(local.toString())).isEqualTo(rows);
  }

  private ExitCode backup(String command, String... more) {
    out.reset();
    err.reset();
    return ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
        .run(
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Stream.concat(
                    Stream.of(
                        "backup", command, "--backup", BACKUPS, "--config", config.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void append(DoorKind kind, long from, long to, long end) {
    Door door = kind.to(SharedSpark.session(), Readings.FIRST, TABLE);
    Offsets at = door.open(Readings.TOPIC_ID).position();
    assertThat(at.in(0)).isEqualTo(from);
    Batch batch =
        new Batch(
            Readings.TOPIC_ID,
            at,
            new Offsets(Map.of(0, end)),
            Instant.ofEpochSecond(1_700_000_000));
    assertThat(
            door.append(
                Records.of(Readings.FIRST.schema(), new OffsetRange(0, from, to))
                    .in(SharedSpark.session()),
                batch))
        .isInstanceOf(Outcome.Committed.class);
    assertThat(KernelTable.in(TABLE, hadoop).state().position().in(0)).isEqualTo(end);
  }

  private static List<String> rows(String table) throws IOException {
    return KernelReader.rows(
        table, List.of("station", "hour", "temperature", "_offset", "_ingested_at"), hadoop);
  }

  private static Path dataFile() throws IOException {
    Path files = new Path(BACKUPS, "files");
    var found = files.getFileSystem(hadoop).listFiles(files, true);
    return found.next().getPath();
  }

  private static byte[] read(Path path) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    }
  }

  private static void write(Path path, byte[] content) throws IOException {
    try (OutputStream written = path.getFileSystem(hadoop).create(path, true)) {
      written.write(content);
    }
  }
}
