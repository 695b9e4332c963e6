package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import io.landfall.producer.ProducerMain;
import io.landfall.producer.StatusMain;
import io.landfall.producer.testing.Deployment;
import io.landfall.producer.testing.Deployment.Ended;
import io.landfall.producer.testing.RecordingAuthorizer;
import io.landfall.producer.testing.RecordingAuthorizer.Demand;
import io.landfall.producer.testing.Stations;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.Access;
import io.landfall.schemas.Access.When;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import io.landfall.schemas.testing.Rights;
import io.landfall.schemas.testing.SecuredListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command as a user who may do exactly what the list says, on a broker with Kafka's own
 * authorizer, SCRAM and TLS; and as one who lacks one of these rights.
 */
class RightsTest {

  private static final String USER = "producer";

  @TempDir static Path brokersFolder;
  private static SecuredListener listener;
  private static TestBroker broker;

  @TempDir Path folder;
  private final Stations stations = new Stations();
  private Deployment own;
  private Topics topics;
  private Rights rights;

  @BeforeAll
  static void startBroker() throws Exception {
    listener = SecuredListener.in(brokersFolder.resolve("keys"), USER);
    broker = TestBroker.start(brokersFolder.resolve("kafka"), listener);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName().substring(0, 10);
    own = new Deployment(broker, name + test.hashCode() + ".", folder, stations);
    topics = own.topics();
    rights = new Rights(own.admin(), USER);
    for (int station = 0; station < 8; station++) {
      stations.measure("S" + station, station);
    }
  }

  @AfterEach
  void close() throws Exception {
    rights.are(List.of());
    own.close();
  }

  /** As an administrator makes them who has read the page. */
  private void makeTopics() throws Exception {
    List<NewTopic> all = new ArrayList<>();
    for (Topic topic : topics.all()) {
      all.add(made(topic));
    }
    all.add(
        made(new Topic(own.changelog(), topics.answers().partitions(), Topic.Kept.LAST_OF_KEY)));
    own.admin().createTopics(all).all().get();
  }

  private static NewTopic made(Topic topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings());
  }

  private Ended run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of("--bootstrap-servers", broker.secured(), "--topic-prefix", own.prefix()));
    if (List.of("run", "shape", "reshape").contains(command)) {
      arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
    }
    return run(ProducerMain.program(stations, Clock.systemUTC()), arguments.toArray(String[]::new));
  }

  private static Ended run(Program program, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        program.run(
            listener.environment(USER),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            arguments);
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private List<AclBinding> needed(String command) {
    return Access.needed("producer", command, topics);
  }

  /** Something for every command to do, and a dead letter. */
  private Map<String, String[]> everyCommand() throws Exception {
    makeTopics();
    Set<AclBinding> all = new HashSet<>();
    ORDER.forEach(command -> all.addAll(needed(command)));
    rights.are(all);
    assertThat(run("run").code()).isEqualTo(ExitCode.OK);
    own.send(topics.answers(), 0, "odd/2024-10-01", new byte[] {1});
    assertThat(run("shape", "--once").code()).isEqualTo(ExitCode.OK);
    String letter =
        own.committed(topics.answers()).stream()
            .filter(record -> record.key().startsWith("odd"))
            .map(
                record -> "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset()))
            .findFirst()
            .orElseThrow();
    Map<String, String[]> commands = new HashMap<>();
    commands.put("run", new String[] {"--one-time-load"});
    commands.put("plan", new String[] {});
    commands.put("fetch", new String[] {"--one-time-load"});
    commands.put("shape", new String[] {"--once"});
    commands.put("reshape", new String[] {});
    commands.put("diff", new String[] {Stations.key("S1"), "0", "1"});
    commands.put("status", new String[] {});
    commands.put("dead-letters list", new String[] {});
    commands.put("dead-letters show", new String[] {letter});
    commands.put("dead-letters replay", new String[] {"--all"});
    commands.put("dead-letters dismiss", new String[] {"--all", "--because", "a test"});
    return commands;
  }

  private static final List<String> ORDER =
      List.of(
          "run",
          "plan",
          "fetch",
          "shape",
          "reshape",
          "diff",
          "status",
          "dead-letters list",
          "dead-letters show",
          "dead-letters replay",
          "dead-letters dismiss");

  /** Something new to fetch, and something that cannot be shaped. */
  private void somethingNew(String command) throws Exception {
    stations.measure("for " + command, 1);
    own.send(topics.answers(), 0, "odd/2024-10-02", new byte[] {2});
  }

  @Test
  void withExactlyTheListedRightsEveryCommandWorksAndUsesThem() throws Exception {
    Map<String, String[]> commands = everyCommand();
    List<String> wrong = new ArrayList<>();
    Set<Demand> allowed = new HashSet<>();
    Set<AclBinding> listed = new LinkedHashSet<>();
    for (String command : ORDER) {
      somethingNew(command);
      rights.are(needed(command));
      listed.addAll(needed(command));
      RecordingAuthorizer.forget();
      Ended ended = run(command, commands.getOrDefault(command, new String[0]));
      if (command.equals("reshape")) {
        assertThat(run("reshape", "--dry-run").code()).isEqualTo(ExitCode.OK);
      }
      if (ended.code() != ExitCode.OK) {
        wrong.add(command + ": " + ended.code() + " " + ended.err() + ended.out());
      }
      allowed.addAll(RecordingAuthorizer.allowed());
      List<AclBinding> more = Access.rights("producer", command, When.TO_TELL_MORE, topics);
      RecordingAuthorizer.denied().stream()
          .filter(demand -> more.stream().noneMatch(right -> covers(right, demand)))
          .filter(demand -> !isOtherWay(demand))
          .forEach(demand -> wrong.add("%s was refused %s".formatted(command, demand)));
    }
    rights.are(needed("status"));
    RecordingAuthorizer.forget();
    own.delete(own.changelog());
    assertThat(run("status").message()).contains("the state of shape was deleted");
    allowed.addAll(RecordingAuthorizer.allowed());
    listed.stream()
        .filter(right -> allowed.stream().noneMatch(demand -> covers(right, demand)))
        .forEach(right -> wrong.add("nobody was seen to need " + right));
    assertThat(wrong).isEmpty();
  }

  @Test
  void theStatusOfAllNeedsExactlyWhatIsListed() throws Exception {
    everyCommand();
    own.admin()
        .alterConsumerGroupOffsets(
            topics.positionGroup(),
            Map.of(new TopicPartition(topics.landing().name(), 0), new OffsetAndMetadata(0)))
        .all()
        .get();
    List<AclBinding> listed = Access.needed("landfall", "status", topics);
    rights.are(listed);
    RecordingAuthorizer.forget();
    Ended whole = overview();
    // It tells of the dead letter.
    assertThat(whole.code()).as(whole.err()).isEqualTo(ExitCode.REFUSED);
    Set<Demand> allowed = RecordingAuthorizer.allowed();
    assertThat(listed)
        .allSatisfy(right -> assertThat(allowed).anyMatch(demand -> covers(right, demand)));
    for (AclBinding missing : listed) {
      List<AclBinding> others = new ArrayList<>(listed);
      others.remove(missing);
      rights.are(others);
      Ended ended = overview();
      assertThat(ended.code()).as(words(missing)).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).contains("it lacks " + words(missing)).doesNotContain("\tat ");
    }
  }

  private Ended overview() {
    return run(
        StatusMain.program(stations, Clock.systemUTC(), Optional.empty()),
        "status",
        "--bootstrap-servers",
        broker.secured(),
        "--topic-prefix",
        own.prefix());
  }

  /** A broker looks first whether another broker asks, or who may write to any topic. */
  private static boolean isOtherWay(Demand demand) {
    return demand.operation() == AclOperation.CLUSTER_ACTION
        || demand.operation() == AclOperation.IDEMPOTENT_WRITE
        || demand.name().equals("hardcode");
  }

  private static boolean covers(AclBinding right, Demand demand) {
    boolean name =
        right.pattern().patternType() == PatternType.PREFIXED
            ? demand.name().startsWith(right.pattern().name())
            : demand.name().equals(right.pattern().name());
    return name
        && demand.user().equals(USER)
        && right.pattern().resourceType() == demand.type()
        && right.entry().operation() == demand.operation();
  }

  @Test
  void eachRightThatIsTakenAwayIsNamed() throws Exception {
    Map<String, String[]> commands = everyCommand();
    List<String> wrong = new ArrayList<>();
    List<String> matrix = new ArrayList<>();
    for (String command : ORDER.subList(0, Integer.getInteger("landfall.rights.commands", 1))) {
      for (AclBinding missing : needed(command)) {
        List<AclBinding> others = new ArrayList<>(needed(command));
        others.remove(missing);
        rights.are(others);
        somethingNew("%s %d".formatted(command, matrix.size()));
        Ended ended = run(command, commands.getOrDefault(command, new String[0]));
        String words = words(missing);
        matrix.add("%s without %s: %s".formatted(command, words, ended.code()));
        if (ended.code() != ExitCode.USAGE
            || !ended.err().contains("it lacks " + words)
            || ended.err().contains("\tat ")) {
          wrong.add("%s without %s: %s %s".formatted(command, words, ended.code(), ended.err()));
        }
      }
    }
    System.out.println("rights taken away: " + matrix.size());
    assertThat(wrong).isEmpty();
  }

  private static String words(AclBinding right) {
    String type =
        right.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID
            ? "transactional id"
            : right.pattern().resourceType().name().toLowerCase(Locale.ROOT);
    return "%s on %s %s"
        .formatted(
            right.entry().operation(),
            right.pattern().patternType() == PatternType.PREFIXED
                ? "every %s that begins with".formatted(type)
                : type,
            right.pattern().name());
  }

  @Test
  void whoMayCreateTopicsMakesThem() throws Exception {
    Set<AclBinding> all = new HashSet<>(needed("run"));
    List<AclBinding> create = Access.rights("producer", "run", When.TO_CREATE_TOPICS, topics);
    rights.are(all);
    assertThat(run("run"))
        .satisfies(
            ended -> {
              assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
              assertThat(ended.message()).contains("CREATE on topic " + topics.answers().name());
            });
    all.addAll(
        create.stream().filter(one -> !one.pattern().name().equals(own.changelog())).toList());
    rights.are(all);
    assertThat(run("run").message()).contains("CREATE on topic " + own.changelog());
    all.addAll(create);
    rights.are(all);
    assertThat(run("run").code()).isEqualTo(ExitCode.OK);
    Set<String> names = new TreeSet<>();
    create.forEach(one -> names.add(one.pattern().name()));
    assertThat(own.admin().listTopics().names().get()).containsAll(names);
  }

  @Test
  void wrongCredentialsAndAnUnknownCertificateAreTold() {
    Map<String, String> wrong = new HashMap<>(listener.environment(USER));
    wrong.merge(
        "LANDFALL_KAFKA_SASL_JAAS_CONFIG", "", (jaas, none) -> jaas.replace("hunter2", "hunter3"));
    assertThat(status(wrong).message())
        .contains("refuses the credentials")
        .doesNotContain("hunter3", "hunter2");
    Map<String, String> untrusting = new HashMap<>(listener.environment(USER));
    untrusting.keySet().removeIf(name -> name.contains("TRUSTSTORE"));
    Ended ended = status(untrusting);
    assertThat(ended.message()).contains("do not agree on TLS", "kafka.ssl.truststore.location");
    assertThat(ended.code()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  private Ended status(Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        ProducerMain.program(stations, Clock.systemUTC())
            .run(
                environment,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "status",
                "--bootstrap-servers",
                broker.secured());
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
