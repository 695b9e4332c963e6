package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.RecordingAuthorizer;
import io.landfall.consumer.testing.RecordingAuthorizer.Demand;
import io.landfall.consumer.testing.ShapedTopics;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.schemas.Access;
import io.landfall.schemas.Access.When;
import io.landfall.schemas.testing.Rights;
import io.landfall.schemas.testing.SecuredListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that read the topic, as a user who may do exactly what the list says, on a broker
 * with Kafka's own authorizer, SCRAM and TLS; and as one who lacks one of these rights. None is on
 * a group: Spark's source gives its consumers one, and never asks it for anything.
 */
class RightsTest {

  private static final String USER = "consumer";
  private static final List<String> COMMANDS = List.of("run", "status", "verify", "replay");

  @TempDir private static Path shared;
  private static SecuredListener listener;
  private static TestBroker broker;
  private static ShapedTopics topics;
  private static Admin admin;
  private static Rights rights;
  private static int tables;

  @BeforeAll
  static void start() throws Exception {
    SparkSession unused = SharedSpark.session();
    listener = SecuredListener.in(shared.resolve("keys"), USER);
    broker = TestBroker.start(shared.resolve("broker"), listener);
    topics = new ShapedTopics(broker.kafka(), Readings.FIRST);
    admin = Admin.create(Map.of("bootstrap.servers", broker.kafka().bootstrapServers()));
    rights = new Rights(admin, USER);
  }

  @AfterAll
  static void close() {
    admin.close();
    topics.close();
    broker.close();
  }

  private ConsumerRun consumer(String command) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--table",
                shared.resolve("table").toString(),
                "--topic-prefix",
                topics.dataset().topicPrefix(),
                "--scratch-dir",
                shared.resolve("scratch").toString(),
                "--bootstrap-servers",
                broker.secured()));
    switch (command) {
      case "run" -> arguments.add("--once");
      case "verify" -> arguments.add("--deep");
      case "replay" ->
          arguments.addAll(List.of("--into", shared.resolve("replayed" + tables++).toString()));
      default -> {}
    }
    return ConsumerRun.of(
        listener.environment(USER), Readings.FIRST, arguments.toArray(String[]::new));
  }

  private static List<AclBinding> needed(String command) {
    return Access.needed("consumer", command, topics.dataset().topics());
  }

  @Test
  void withExactlyTheListedRightsEveryCommandWorksAndUsesThem() throws Exception {
    List<String> wrong = new ArrayList<>();
    topics.shape("S1", Map.of(1, 1.5));
    for (String command : COMMANDS) {
      rights.are(needed(command));
      RecordingAuthorizer.forget();
      ConsumerRun ended = consumer(command);
      if (ended.code() != ExitCode.OK) {
        wrong.add("%s: %s %s".formatted(command, ended.code(), ended.said()));
      }
      for (AclBinding right : needed(command)) {
        if (RecordingAuthorizer.allowed().stream().noneMatch(demand -> covers(right, demand))) {
          wrong.add("%s was not seen to need %s".formatted(command, right));
        }
      }
      List<AclBinding> more =
          Access.rights("consumer", command, When.TO_TELL_MORE, topics.dataset().topics());
      Set<Demand> denied = RecordingAuthorizer.denied();
      denied.stream()
          .filter(demand -> more.stream().noneMatch(right -> allows(right, demand)))
          .forEach(demand -> wrong.add("%s was refused %s".formatted(command, demand)));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void eachRightThatIsTakenAwayIsNamed() throws Exception {
    topics.shape("S2", Map.of(1, 2.5));
    rights.are(needed("run"));
    assertThat(consumer("run").code()).isEqualTo(ExitCode.OK);
    List<String> wrong = new ArrayList<>();
    for (String command : COMMANDS) {
      for (AclBinding missing : needed(command)) {
        List<AclBinding> others = new ArrayList<>(needed(command));
        others.remove(missing);
        rights.are(others);
        ConsumerRun ended = consumer(command);
        String words =
            "it lacks %s on topic %s"
                .formatted(missing.entry().operation(), missing.pattern().name());
        if (ended.code() != ExitCode.USAGE
            || !ended.said().contains(words)
            || ended.said().contains("\tat ")) {
          wrong.add("%s, %s: %s %s".formatted(command, words, ended.code(), ended.said()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean covers(AclBinding right, Demand demand) {
    return isFor(right, demand) && right.entry().operation() == demand.operation();
  }

  /** Whoever may read may describe too. */
  private static boolean allows(AclBinding right, Demand demand) {
    return covers(right, demand)
        || (isFor(right, demand)
            && right.entry().operation() == AclOperation.READ
            && demand.operation() == AclOperation.DESCRIBE);
  }

  private static boolean isFor(AclBinding right, Demand demand) {
    boolean name =
        right.pattern().patternType() == PatternType.PREFIXED
            ? demand.name().startsWith(right.pattern().name())
            : demand.name().equals(right.pattern().name());
    return name && demand.user().equals(USER) && right.pattern().resourceType() == demand.type();
  }
}
