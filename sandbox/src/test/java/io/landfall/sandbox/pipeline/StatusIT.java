package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only looks creates nothing, and says what a run would say. */
class StatusIT {

  private static final int GAMES = 3;
  private static final int REFUSED = 4;
  private static final long SEED = 7;

  @TempDir Path folder;

  @Test
  void statusSaysWhatARunWouldSayAndCreatesNothing() throws Exception {
    Season season = Season.of(SEED, GAMES);
    Path otherFolder = Files.createDirectory(folder.resolve("other"));
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker);
        SandboxBroker other = new SandboxBroker(otherFolder)) {

      ChildProcess nothing = Pipeline.succeed(pipeline.producerStatus());
      assertThat(nothing.output()).contains("Nothing has been fetched");
      assertThat(topics(broker)).isEmpty();

      // A table that was made while the topic was still empty.
      Path early = folder.resolve("early");
      consume(broker, early, "run", "--once");
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));
      Pipeline.succeed(pipeline.consumer("run", "--once"));
      Path table = pipeline.table();
      Ended whole = consume(broker, table, "status");
      assertThat(whole.code()).as(whole.logAndOutput()).isZero();
      assertThat(whole.out()).contains("lag committed").contains("rows     540");

      // Another cluster, which has no such topic.
      assertSameRefusal(other, table, "is not in Kafka at " + other.bootstrapServers());
      assertThat(topics(other)).isEmpty();
      // And one that has.
      consume(other, folder.resolve("elsewhere"), "run", "--once");
      assertSameRefusal(other, table, "or this is another cluster");

      damagedTables(broker, table);

      deleteRecords(broker, 2);
      Ended expired = assertSameRefusal(broker, early, "begins at offset 2, and the table stands");
      assertThat(expired.err()).contains("the 2 offsets between expired");
      killedConsumerLeavesNothing(broker, table);
    }
  }

  private void damagedTables(SandboxBroker broker, Path table) throws Exception {
    Path cut = copy(table, "cut");
    List<Path> files = dataFiles(cut);
    Files.delete(files.get(0));
    String missing = files.get(0).getFileName() + " is missing";
    assertFacts(assertSaysTheSame(broker, cut, missing, List.of("status", "run --once")), cut);
    Ended replay = consume(broker, cut, "replay", "--into", folder.resolve("rebuilt").toString());
    assertThat(replay.code()).as(replay.logAndOutput()).isEqualTo(REFUSED);
    assertThat(replay.out()).contains("540 rows").contains(missing).contains("cannot be compared");

    // Without its log, nothing is known of a table.
    Path torn = copy(table, "torn");
    Files.write(torn.resolve("_delta_log/00000000000000000001.json"), new byte[0]);
    assertSaysTheSame(
        broker, torn, "00000000000000000001.json is empty", List.of("status", "run --once"));
    replay = consume(broker, torn, "replay", "--into", folder.resolve("rebuilt2").toString());
    assertThat(replay.out()).contains("540 rows").contains("00000000000000000001.json is empty");
  }

  /** Status, run and replay: the same words, the same code, and no lag. */
  private Ended assertSameRefusal(SandboxBroker broker, Path table, String why) throws Exception {
    Ended status =
        assertSaysTheSame(
            broker,
            table,
            why,
            List.of("status", "run --once", "replay --into " + folder + "/never"));
    assertFacts(status, table);
    assertThat(folder.resolve("never")).doesNotExist();
    return status;
  }

  private static void assertFacts(Ended status, Path table) {
    assertThat(status.out()).contains("table    " + table, "version  ", "topic    ");
  }

  private Ended assertSaysTheSame(
      SandboxBroker broker, Path table, String why, List<String> commands) throws Exception {
    List<Ended> ends = new ArrayList<>();
    for (String command : commands) {
      Ended end = consume(broker, table, command.split(" "));
      assertThat(end.code()).as(end.logAndOutput()).isEqualTo(REFUSED);
      assertThat(end.message()).contains(why).doesNotContain("\tat ");
      ends.add(end);
    }
    Ended status = ends.get(0);
    assertThat(ends.get(1).message()).isEqualTo(status.message());
    assertThat(status.out()).doesNotContain("lag committed");
    return status;
  }

  private void killedConsumerLeavesNothing(SandboxBroker broker, Path table) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path scratch = folder.resolve("scratch-of-the-killed");
    try (ChildProcess run = running(broker, table, scratch, temporary)) {
      run.ready().kill();
    }
    assertThat(temporary).isEmptyDirectory();
    // The next one that needs a scratch folder takes the old one away.
    try (ChildProcess run = running(broker, table, scratch, temporary)) {
      assertThat(run.ready().stop()).as(run.logAndOutput()).isZero();
    }
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  private ChildProcess running(SandboxBroker broker, Path table, Path scratch, Path temporary)
      throws Exception {
    return ChildProcess.start(
        Part.CONSUMER,
        folder.resolve("running-" + started++),
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
        arguments(broker, table, scratch, "run"));
  }

  private record Ended(int code, String out, String err) {

    String logAndOutput() {
      return err + out;
    }

    /** What stands on standard error behind the command's name. */
    String message() {
      int from = err.indexOf("landfall consumer ");
      return from < 0 ? err : err.substring(from).replaceAll("landfall consumer \\w+: ", "");
    }
  }

  private int started;

  private Ended consume(SandboxBroker broker, Path table, String... command) throws Exception {
    return ended(broker, table, folder.resolve("scratch"), command);
  }

  private Ended ended(SandboxBroker broker, Path table, Path scratch, String... command)
      throws Exception {
    Path files = folder.resolve("status-it-%d-%s".formatted(started++, command[0]));
    try (ChildProcess program =
        ChildProcess.start(
            Part.CONSUMER, files, new HashMap<>(), arguments(broker, table, scratch, command))) {
      int code = program.exitCode();
      return new Ended(code, program.output(), Files.readString(Path.of(files + ".log")));
    }
  }

  private static List<String> arguments(
      SandboxBroker broker, Path table, Path scratch, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--table",
            table.toString(),
            "--scratch-dir",
            scratch.toString()));
    return arguments;
  }

  private Path copy(Path table, String name) throws IOException {
    Path copy = folder.resolve(name);
    try (Stream<Path> found = Files.walk(table)) {
      for (Path path : found.toList()) {
        Files.copy(path, copy.resolve(table.relativize(path)));
      }
    }
    return copy;
  }

  private static List<Path> dataFiles(Path table) {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> topics(SandboxBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.listTopics().names().get();
    }
  }

  private static void deleteRecords(SandboxBroker broker, long before) throws Exception {
    try (Admin admin = admin(broker)) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(Pipeline.TOPICS.landing().name(), busy(admin)),
                  RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  /** A partition that has records. */
  private static int busy(Admin admin) throws Exception {
    for (int partition = 0; partition < Pipeline.TOPICS.landing().partitions(); partition++) {
      TopicPartition asked = new TopicPartition(Pipeline.TOPICS.landing().name(), partition);
      long end =
          admin
              .listOffsets(Map.of(asked, org.apache.kafka.clients.admin.OffsetSpec.latest()))
              .partitionResult(asked)
              .get()
              .offset();
      if (end > 2) {
        return partition;
      }
    }
    throw new IllegalStateException("The landing topic is empty");
  }

  private static Admin admin(SandboxBroker broker) {
    return Admin.create(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }
}
