package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.bronze.KernelTable;
import io.landfall.sandbox.guarantee.BronzeRow;
import io.landfall.sandbox.guarantee.Expected;
import io.landfall.sandbox.guarantee.Guarantee;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import io.landfall.schemas.nhl.NhlDatasets;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and the programs around it, all on this machine, in one folder. */
final class Pipeline implements AutoCloseable {

  static final Topics TOPICS = NhlDatasets.PLAYER_GAME_STATS.topics();

  static final int ROWS_OF_A_GAME = 180;

  private final Path folder;
  private final Origin origin;
  private final Broker broker;
  private final Deque<ChildProcess> started = new ArrayDeque<>();
  private Dataset dataset;

  /** A seed that is told, so that {@code -Dlandfall.seed} can give it again. */
  static long seed(Class<?> test) {
    long seed = Long.getLong("landfall.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    System.out.println(test.getSimpleName() + ": seed " + seed);
    return seed;
  }

  /** The NHL's, on a broker that is there, and that ends with the pipeline. */
  Pipeline(Path folder, SimulatedApi api, Broker broker) {
    this(folder, Origin.of(api), broker);
  }

  /** One of any source. */
  Pipeline(Path folder, Origin origin, Broker broker) {
    this.folder = folder;
    this.origin = origin;
    this.dataset = origin.dataset();
    this.broker = broker;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** How the rows of its topic are read when they are looked at. */
  void reading(RowEncoding encoding) {
    dataset = dataset.withEncoding(encoding);
  }

  private ChildProcess start(Part part, List<String> arguments) {
    return start(part, Map.of(), arguments);
  }

  private ChildProcess start(Part part, Map<String, String> environment, List<String> arguments) {
    Path files = folder.resolve("%02d-%s".formatted(started.size(), arguments.get(0)));
    ChildProcess program = ChildProcess.start(part, files, environment, arguments);
    started.push(program);
    return program;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Path table() {
    return folder.resolve("bronze");
  }

  Path scratch() {
    return folder.resolve("scratch");
  }

  /** Where the producer has its state. */
  Path state() {
    return folder.resolve("state");
  }

  Path replayed() {
    return folder.resolve("replayed");
  }

  /** Starts {@code producer COMMAND}. */
  ChildProcess producer(String command, String... more) {
    return start(Part.PRODUCER, arguments(origin, command, more));
  }

  /** Starts {@code producer COMMAND} against an API where nobody listens. */
  ChildProcess producerWithoutAnApi(String command, String... more) {
    URI nowhere = URI.create("http://127.0.0.1:9");
    return start(Part.PRODUCER, arguments(Origin.nhl(nowhere, nowhere), command, more));
  }

  /** Starts {@code producer COMMAND} at another time than now. */
  ChildProcess producerAt(Instant now, String command, String... more) {
    Part dated =
        Part.PRODUCER.with(
            "io.landfall.producer.DatedProducer", List.of("producer/target/test-classes"));
    return start(dated, Map.of("NOW", now.toString()), arguments(origin, command, more));
  }

  private List<String> arguments(Origin from, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--bootstrap-servers", bootstrapServers()));
    arguments.addAll(from.producer());
    arguments.addAll(from.asking());
    if (!command.equals("fetch")) {
      arguments.addAll(List.of("--state-dir", state().toString()));
    }
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Starts {@code producer shape} or another command over its state, which asks no API. */
  ChildProcess shaping(String command, String... more) {
    return start(
        Part.PRODUCER,
        Stream.of(
                List.of(
                    command,
                    "--bootstrap-servers",
                    bootstrapServers(),
                    "--state-dir",
                    state().toString()),
                origin.producer(),
                List.of(more))
            .flatMap(List::stream)
            .toList());
  }

  /** Starts {@code source apply}, of a source that a file describes. */
  ChildProcess apply() {
    return start(
        Part.PRODUCER,
        List.of(
            "source",
            "apply",
            origin.definition().orElseThrow().toString(),
            "--bootstrap-servers",
            bootstrapServers()));
  }

  /** Starts {@code producer status}. */
  ChildProcess producerStatus() {
    return start(Part.PRODUCER, List.of("status", "--bootstrap-servers", bootstrapServers()));
  }

  /** Starts {@code consumer COMMAND}. */
  ChildProcess consumer(String command, String... more) {
    return consumer(table(), scratch(), command, more);
  }

  /** Starts {@code consumer COMMAND} for one of several tables. */
  ChildProcess consumer(Path table, Path scratch, String command, String... more) {
    List<String> arguments =
        Stream.of(
                List.of(
                    command,
                    "--bootstrap-servers",
                    bootstrapServers(),
                    "--table",
                    table.toString(),
                    "--scratch-dir",
                    scratch.toString()),
                origin.consumer(),
                List.of(more))
            .flatMap(List::stream)
            .toList();
    return start(Part.CONSUMER, arguments);
  }

  /** Starts {@code consumer sql} with CSV as its output. */
  ChildProcess sql(String engine, String query) {
    return start(
        Part.CONSUMER,
        List.of(
            "sql",
            query,
            "--engine",
            engine,
            "-o",
            "csv",
            "--table",
            table().toString(),
            "--scratch-dir",
            scratch().toString()));
  }

  /** Records that were sent and taken back: nobody downstream may ever see them. */
  void abortATransactionInTheLandingTopic() {
    Map<String, Object> settings =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "stranger");
    try (Producer<String, byte[]> stranger =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      stranger.initTransactions();
      stranger.beginTransaction();
      for (int partition : List.of(0, 1, 2, 3)) {
        var unused =
            stranger.send(
                new ProducerRecord<>(
                    TOPICS.landing().name(), partition, "aborted", new byte[] {1}));
      }
      stranger.flush();
      stranger.abortTransaction();
    }
  }

  /** How many answers the archive holds. */
  int archived() {
    return Observed.committed(bootstrapServers(), dataset.topics().answers()).size();
  }

  /** Of how many answers rows were made. */
  int shaped() {
    return Observed.committed(bootstrapServers(), dataset.topics().manifests()).size();
  }

  /** How many committed records the landing topic has. */
  int landing() {
    return Observed.committed(bootstrapServers(), dataset.landing()).size();
  }

  /** How many rows the table has. */
  int landed() {
    return hasVersion(0) ? new KernelTable(table()).rows("_offset").size() : 0;
  }

  /** How many records no row could be made of. */
  int deadLetters() {
    return Observed.committed(bootstrapServers(), dataset.topics().deadLetters()).size();
  }

  /** Whether the table has come to a version. */
  boolean hasVersion(int version) {
    return hasVersion(table(), version);
  }

  static boolean hasVersion(Path table, int version) {
    return Files.exists(table.resolve("_delta_log").resolve("%020d.json".formatted(version)));
  }

  /** The flags for all days of a season. */
  static String[] days(Season season) {
    List<Fixture> fixtures = season.fixtures();
    return days(fixtures.get(0).date(), fixtures.get(fixtures.size() - 1).date());
  }

  static String[] days(LocalDate from, LocalDate to) {
    return new String[] {"--from", from.toString(), "--to", to.toString()};
  }

  /** Waits for a program's end, which must be a good one. */
  static ChildProcess succeed(ChildProcess program) throws InterruptedException {
    assertThat(program.exitCode()).as(program.logAndOutput()).isZero();
    return program;
  }

  /** Lands what has not landed, and starts to rebuild the table beside itself. */
  ChildProcess ingestAndReplay() throws InterruptedException {
    succeed(consumer("run", "--once"));
    return consumer("replay", "--into", replayed().toString());
  }

  /** Looks at everything from outside and verifies every promise, and that all rows are there. */
  void verify(Season season) {
    Observed observed = verify(expected(season));
    assertThat(observed.bronze()).hasSize(season.fixtures().size() * ROWS_OF_A_GAME);
  }

  /** Looks at everything from outside and verifies every promise. */
  Observed verify(Expected expected) {
    Observed observed =
        Observed.at(expected, dataset, origin.item(), bootstrapServers(), table(), replayed());
    Guarantee.all().forEach(guarantee -> guarantee.verify(observed));
    return observed;
  }

  /**
   * Holds tables against the landing topic, row by row and no more of it in memory than where each
   * row came from: each committed record is one row of each table, and no table has another one.
   *
   * @param rows how many there are
   */
  void verifyEachRecordOnce(int rows, Path... tables) {
    Set<String> records = Observed.origins(bootstrapServers(), dataset);
    assertThat(records).as("committed records of the landing topic").hasSize(rows);
    for (Path table : tables) {
      assertThat(BronzeRow.origins(table)).as("rows of %s", table).isEqualTo(records);
    }
  }

  /** The games of a season that are played. */
  static Expected expected(Season season) {
    return new Expected.Items(
        season.fixtures().stream()
            .filter(fixture -> !season.is(fixture, EdgeCase.CANCELLED))
            .collect(
                Collectors.toMap(fixture -> Integer.toString(fixture.gameId()), Fixture::date)));
  }

  /** The latest entry of each item. */
  Map<String, LedgerEntry> ledger() {
    return Observed.ledger(bootstrapServers(), dataset.topics().ledger());
  }

  /** For each row's key what is in force: its content, or that it was retracted. */
  Map<String, String> inForce(String topicPrefix) throws Undecodable {
    Dataset deployed = dataset.withTopicPrefix(topicPrefix);
    RowFormat rows = new RowFormat(deployed);
    Map<String, String> inForce = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> message :
        Observed.committed(bootstrapServers(), deployed.landing())) {
      GenericRecord row = rows.decode(message.value());
      inForce.put(message.key(), row.get("_operation") + " " + row.get("_content_hash"));
    }
    return inForce;
  }

  @Override
  public void close() {
    started.forEach(ChildProcess::close);
    broker.close();
  }
}
