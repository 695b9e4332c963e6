package io.landfall.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.storage.S3SingleDriverLogStore;
import io.landfall.consumer.storage.ConditionalPutLogStore;
import io.landfall.consumer.storage.LogStoreSettings;
import io.landfall.storage.race.AwaitingLogStore;
import io.landfall.storage.race.Course;
import io.landfall.storage.race.KernelRacer;
import io.landfall.storage.race.LogStoreRacer;
import io.landfall.storage.race.SparkRacer;
import io.landfall.storage.race.StartingLine;
import io.landfall.storage.s3.JavaProcess;
import io.landfall.storage.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that write the same commit of a table on S3 at the same moment, again and again.
 */
class CommitRaceIT {

  private static final List<String> NAMES = List.of("left", "right");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static java.nio.file.Path folder;
  private static S3Server server;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stopServer() throws IOException {
    FileSystem.closeAll();
    server.close();
  }

  @Test
  void exactlyOneOfTwoCreatesEachVersion() throws Exception {
    String table = "s3a://bronze/versions";
    List<List<String>> rounds =
        race(LogStoreRacer.class, ConditionalPutLogStore.class, table, 100, 1);

    for (int round = 0; round < rounds.size(); round++) {
      assertThat(rounds.get(round)).containsExactlyInAnyOrder("won", "lost");
      assertThat(commit(table, round).strip()).isEqualTo(winner(rounds.get(round)));
    }
  }

  /** Otherwise the test above would show nothing. */
  @Test
  void deltasOwnLogStoreTellsBothThatTheyDid() throws Exception {
    List<List<String>> rounds =
        race(LogStoreRacer.class, S3SingleDriverLogStore.class, "s3a://bronze/default", 40, 1);

    assertThat(rounds).contains(List.of("won", "won"));
  }

  @Test
  void exactlyOneOfTwoCommitsThroughDeltaKernel() throws Exception {
    String table = createTable("s3a://bronze/kernel");
    List<List<String>> rounds = race(KernelRacer.class, AwaitingLogStore.class, table, 100, 2);

    for (int round = 0; round < rounds.size(); round++) {
      assertThat(rounds.get(round)).containsExactlyInAnyOrder("won", "lost");
      assertThat(commitInfo(table, round + 1).path("engineInfo").asText())
          .endsWith("/" + winner(rounds.get(round)));
    }
    assertThat(version(table)).isEqualTo(rounds.size());
    assertThat(transactions(table)).doesNotContain("").doesNotHaveDuplicates();
  }

  @Test
  void exactlyOneOfTwoCommitsThroughSpark() throws Exception {
    String table = createTable("s3a://bronze/spark");
    List<List<String>> rounds = race(SparkRacer.class, AwaitingLogStore.class, table, 12, 2);

    for (int round = 0; round < rounds.size(); round++) {
      assertThat(rounds.get(round)).containsExactlyInAnyOrder("won", "lost");
      assertThat(commitInfo(table, round + 1).path("userMetadata").asText())
          .isEqualTo(winner(rounds.get(round)));
    }
    assertThat(version(table)).isEqualTo(rounds.size());
    assertThat(transactions(table)).doesNotContain("").doesNotHaveDuplicates();
  }

  /**
   * @param starts how often the racers wait for each other in a round
   * @return what each racer said of each round
   */
  private static List<List<String>> race(
      Class<?> main, Class<?> logStore, String table, int rounds, int starts) throws Exception {
    List<List<String>> said = new ArrayList<>();
    List<JavaProcess> racers = new ArrayList<>();
    try (StartingLine line = new StartingLine()) {
      for (String name : NAMES) {
        Course course =
            new Course(
                name,
                line.port(),
                table,
                rounds,
                logStore,
                S3Server.clientOf(server.endpoint(), folder));
        racers.add(
            JavaProcess.start(
                main,
                folder.resolve(main.getSimpleName() + "-" + name + ".log"),
                List.of("-Xmx768m"),
                List.of(course.writeTo(folder).toString())));
        // One after the other, so that what a racer says can be told from what the other does.
        line.admit();
      }
      for (int round = 0; round < rounds; round++) {
        for (int start = 0; start < starts; start++) {
          line.start();
        }
        said.add(line.collect());
      }
    } catch (IOException | IllegalStateException e) {
      racers.forEach(racer -> e.addSuppressed(new IllegalStateException(racer.printed())));
      throw e;
    } finally {
      racers.forEach(JavaProcess::close);
    }
    return said;
  }

  private static String winner(List<String> round) {
    return NAMES.get(round.indexOf("won"));
  }

  private static String createTable(String table) {
    Engine engine = DefaultEngine.create(client());
    TableManager.buildCreateTableTransaction(
            table, new StructType().add("round", IntegerType.INTEGER), "test")
        .withTableProperties(Map.of("delta.appendOnly", "true"))
        .build(engine)
        .commit(engine, CloseableIterable.emptyIterable());
    return table;
  }

  private static long version(String table) {
    return TableManager.loadSnapshot(table).build(DefaultEngine.create(client())).getVersion();
  }

  /** What makes no two commits equal, so that one that equals ours is ours. */
  private static List<String> transactions(String table) throws IOException {
    List<String> transactions = new ArrayList<>();
    for (long version = 0; version <= version(table); version++) {
      transactions.add(commitInfo(table, version).path("txnId").asText());
    }
    return transactions;
  }

  private static JsonNode commitInfo(String table, long version) throws IOException {
    String first = commit(table, version).lines().findFirst().orElseThrow();
    return JSON.readTree(first).path("commitInfo");
  }

  private static String commit(String table, long version) throws IOException {
    Path path = new Path(table, "_delta_log/%020d.json".formatted(version));
    try (FSDataInputStream in = path.getFileSystem(client()).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Configuration client() {
    Configuration client = new Configuration();
    S3Server.clientOf(server.endpoint(), folder).forEach(client::set);
    LogStoreSettings.forKernel().forEach(client::set);
    return client;
  }
}
