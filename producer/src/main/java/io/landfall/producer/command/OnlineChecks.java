package io.landfall.producer.command;

import io.landfall.producer.source.http.Answer;
import io.landfall.producer.source.http.HttpApi;
import io.landfall.producer.source.http.Reachability;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.OnlineCheck;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.program.StorageFailure;
import io.landfall.program.TableLocation;
import io.landfall.program.kafka.KafkaFailure;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
      } catch (Stop e) {
        return Finding.of(e);
      }
    }
  }

  private interface Question {
    OnlineCheck.Finding ask(Settings settings) throws InterruptedException;
  }

  /** All of them, in the order of the flow. */
  public static List<OnlineCheck> all(Clock clock) {
    List<OnlineCheck> checks = new ArrayList<>();
    checks.add(new Asked("broker", OnlineChecks::broker));
    checks.add(new Asked("topics", OnlineChecks::topics));
    checks.add(
        new Asked(
            "web API",
            settings ->
                api(
                    settings,
                    settings.get(LandfallSettings.WEB_API_URL),
                    "/schedule/" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                    clock)));
    checks.add(
        new Asked(
            "stats API",
            settings ->
                api(
                    settings,
                    settings.get(LandfallSettings.STATS_API_URL),
                    "/shiftcharts?cayenneExp=gameId=0",
                    clock)));
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

  private static OnlineCheck.Finding topics(Settings settings) throws InterruptedException {
    return kafka(
        settings,
        admin -> {
          List<Topic> missing = TopicCheck.missing(admin, Topics.ALL);
          List<Topic> present =
              Topics.ALL.stream().filter(topic -> !missing.contains(topic)).toList();
          List<String> problems = TopicCheck.problems(admin, present);
          if (!problems.isEmpty()) {
            return new OnlineCheck.Finding(ExitCode.REFUSED, String.join(" ", problems));
          }
          return OnlineCheck.Finding.ok(
              missing.isEmpty()
                  ? "all %d are there".formatted(present.size())
                  : "%d are there; the first run creates %s"
                      .formatted(
                          present.size(),
                          missing.stream().map(Topic::name).collect(Collectors.joining(", "))));
        });
  }

  /** Something to ask a cluster. */
  private interface AskingKafka {
    OnlineCheck.Finding ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private static OnlineCheck.Finding kafka(Settings settings, AskingKafka asking)
      throws InterruptedException {
    String servers = settings.get(LandfallSettings.BOOTSTRAP_SERVERS);
    Map<String, Object> client = Cluster.asking(Cluster.connection(settings));
    try (Admin admin = Cluster.admin(client, servers)) {
      return asking.ask(admin);
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailure.of(servers, client, e);
    }
  }

  private static OnlineCheck.Finding api(Settings settings, URI base, String path, Clock clock)
      throws InterruptedException {
    HttpClient client = Fetching.httpClient();
    HttpApi api =
        Fetching.api(base.getAuthority(), client, base, settings, new Reachability(), clock);
    URI url = URI.create(base + path);
    Answer answer = api.get(url);
    if (answer instanceof Answer.Body body) {
      return body.contentType().contains("json")
          ? OnlineCheck.Finding.ok("GET %s: status 200".formatted(url))
          : new OnlineCheck.Finding(
              ExitCode.UNAVAILABLE,
              "GET %s: %s in place of JSON; is it the address of the API?"
                  .formatted(url, body.contentType()));
    }
    if (answer instanceof Answer.Refused refused && refused.reason().endsWith(NOT_FOUND)) {
      // It speaks HTTP, and what was asked for may not be there: the season is over, the game has
      // no
      // chart. Whether the address is right to the last letter, the first run tells.
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
