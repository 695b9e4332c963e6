package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OnlineCheck;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.StorageFailure;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.cli.registry.SchemaRegistry;
import io.landfall.producer.http.Answer;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.http.MediaType;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** What {@code config check --online} asks: broker, topics, both APIs, every folder. */
public final class OnlineChecks {

  private static final String NOT_FOUND = "status 404";

  private OnlineChecks() {}

  /** A check that is made of a name and a question. */
  private record Asked(String name, Question question) implements OnlineCheck {
    @Override
    public Finding ask(Settings settings) throws InterruptedException {
      try {
        return question.ask(settings);
      } catch (LandfallException e) {
        return Finding.of(e);
      }
    }
  }

  private interface Question {
    OnlineCheck.Finding ask(Settings settings) throws InterruptedException;
  }

  /** All of them, in the order of the flow. */
  public static List<OnlineCheck> all(Connector connector, Clock clock) {
    List<OnlineCheck> checks = new ArrayList<>();
    checks.add(new Asked("broker", OnlineChecks::broker));
    checks.add(new Asked("topics", settings -> topics(settings, connector.dataset())));
    checks.add(new Asked("registry", OnlineChecks::registry));
    LocalDate today = LocalDate.ofInstant(clock.instant(), connector.zone());
    for (Connector.Probe probe : connector.probes(today)) {
      checks.add(new Asked(probe.name(), settings -> api(settings, probe, clock)));
    }
    checks.add(folder(LandfallSettings.STATE_DIR));
    checks.add(folder(LandfallSettings.SCRATCH_DIR));
    checks.add(new Asked(LandfallSettings.TABLE.key(), OnlineChecks::table));
    return checks;
  }

  private static OnlineCheck.Finding broker(Settings settings) throws InterruptedException {
    return kafka(
        settings,
        admin -> {
          var cluster = admin.describeCluster();
          return OnlineCheck.Finding.ok(
              "cluster %s, %s"
                  .formatted(
                      cluster.clusterId().get(), Count.of(cluster.nodes().get().size(), "broker")));
        });
  }

  private static OnlineCheck.Finding topics(Settings settings, Dataset dataset)
      throws InterruptedException {
    Topics topics = Cluster.topics(settings, dataset);
    return kafka(
        settings,
        admin -> {
          List<Topic> missing = TopicCheck.missing(admin, topics.all());
          List<String> problems =
              Cluster.problems(KafkaSettings.of(settings).client(Map.of()), admin, topics, missing);
          if (!problems.isEmpty()) {
            return new OnlineCheck.Finding(ExitCode.REFUSED, String.join(" ", problems));
          }
          return OnlineCheck.Finding.ok(
              missing.isEmpty()
                  ? "all %d are there".formatted(topics.all().size())
                  : "%d are there; the first run creates %s"
                      .formatted(
                          topics.all().size() - missing.size(),
                          missing.stream().map(Topic::name).collect(Collectors.joining(", "))));
        });
  }

  private static OnlineCheck.Finding registry(Settings settings) {
    return RegistrySettings.of(settings)
        .map(
            registry ->
                OnlineCheck.Finding.ok(
                    "%s, %s"
                        .formatted(
                            registry, Count.of(SchemaRegistry.at(registry).subjects(), "subject"))))
        .orElseGet(() -> OnlineCheck.Finding.ok("none is set; rows are in single-object encoding"));
  }

  /** Something to ask a cluster. */
  private interface AskingKafka {
    OnlineCheck.Finding ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private static OnlineCheck.Finding kafka(Settings settings, AskingKafka asking)
      throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    try (Admin admin = Cluster.admin(kafka)) {
      return asking.ask(admin);
    } catch (ExecutionException | KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private static OnlineCheck.Finding api(Settings settings, Connector.Probe probe, Clock clock)
      throws InterruptedException {
    URI base = settings.get(probe.base());
    String url = base + probe.path();
    Answer answer = new Hosts(HttpSettings.of(settings), clock).at(base).get(probe.path());
    if (answer instanceof Answer.Body body) {
      return body.unlike(MediaType.JSON)
          .map(
              why ->
                  new OnlineCheck.Finding(
                      ExitCode.UNAVAILABLE,
                      "GET %s: %s; is it the address of the API?".formatted(url, why)))
          .orElseGet(() -> OnlineCheck.Finding.ok("GET %s: status 200".formatted(url)));
    }
    if (answer instanceof Answer.Refused refused && refused.reason().endsWith(NOT_FOUND)) {
      // It speaks HTTP, and what was asked for may not be there today. Whether the address is right
      // to the last letter, the first run tells.
      return OnlineCheck.Finding.ok(refused.reason() + ", so somebody answers");
    }
    return new OnlineCheck.Finding(ExitCode.UNAVAILABLE, reason(answer));
  }

  private static String reason(Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      return failed.reason();
    }
    if (answer instanceof Answer.NotAsked notAsked) {
      return notAsked.reason();
    }
    return ((Answer.Refused) answer).reason();
  }

  private static OnlineCheck folder(Setting<Path> setting) {
    return new Asked(
        setting.key(),
        settings ->
            settings
                .find(setting)
                .map(path -> writable(setting, path))
                .orElseGet(() -> OnlineCheck.Finding.ok("not set")));
  }

  private static OnlineCheck.Finding table(Settings settings) {
    Optional<TableLocation> table = settings.find(LandfallSettings.TABLE);
    if (table.isEmpty()) {
      return OnlineCheck.Finding.ok("not set");
    }
    return table.get() instanceof TableLocation.Folder folder && folder.isLocal()
        ? writable(LandfallSettings.TABLE, Path.of(folder.path()))
        : OnlineCheck.Finding.ok(
            "%s is not on this machine; `landfall consumer status` asks there"
                .formatted(table.get()));
  }

  private static OnlineCheck.Finding writable(Setting<?> setting, Path folder) {
    StorageFailure.requireWritable(setting.flag(), folder);
    return OnlineCheck.Finding.ok("%s can be written".formatted(folder));
  }
}
