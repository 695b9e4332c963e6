package io.landfall.sandbox.demo;

import io.landfall.cli.LandfallException;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Earthquakes as they were recorded, by a definition: what is corrected was corrected, on 11 May
 * 2025.
 */
final class QuakesStory extends Story {

  private static final String RECORDED = "earthquake.usgs.gov/fdsnws/event/1";
  private static final Pattern URL = Pattern.compile("(?m)^( +url: +)\"?https?://([^\\s\"#]*)\"?");
  private static final Pattern BUDGET = Pattern.compile("(?m)^(?<key> +budget: +)[^\\s#]+");
  private static final Pattern CHECKED = Pattern.compile("source (\\w+), with (\\w+) ");

  private static final String[] DAYS = {"--from", "2025-05-10", "--to", "2025-05-12"};
  private static final String SAME_DAYS = "starttime=2025-05-10&endtime=2025-05-13";

  private final String definition;
  private final Path file;
  private Path described;
  private String dataset = "";
  private String table = "";

  /**
   * The story of a definition.
   *
   * @param of the definition's file, which {@link #problem} has nothing to say of
   */
  QuakesStory(Stage stage, Screen screen, Path of) {
    super(stage, screen);
    this.definition = read(of);
    this.file = of;
    this.described = of;
  }

  /** Why the recording cannot play what a file describes; empty where it can. */
  static Optional<String> problem(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.of("there is no file %s".formatted(file));
    }
    Matcher url = URL.matcher(read(file));
    String found = url.find() ? url.group(2) : "";
    return found.replaceAll("/+$", "").equals(RECORDED)
        ? Optional.empty()
        : Optional.of(
            "%s describes %s, and what is recorded here is https://%s alone: sources/usgs.yaml has it. Any other API is read with `landfall source test %s`"
                .formatted(
                    file, found.isEmpty() ? "no api.url" : "https://" + found, RECORDED, file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw LandfallException.usage("--source: %s cannot be read".formatted(file), e);
    }
  }

  @Override
  void tell(int kafkaPort, int apiPort) throws InterruptedException {
    screen.say(
        """

        Landfall demo: a real Kafka broker, recorded earthquakes, a Delta table; all on this machine.
        """);
    screen.chapter(1, "First load: from an API that a file describes, through Kafka into a table");
    ChildProcess kafka = stage.startBroker(kafkaPort);
    ChildProcess recording = stage.startRecording(apiPort);
    String broker = Stage.brokerAddress(kafka);
    URI api = Stage.recordedApi(recording);
    described = stage.writeDefinition(file, here(api));
    stage.writeSettings(broker);
    introduce(broker, api);
    screen.say(
        "The definition is %s, with the recording's address and a budget for it: %s"
            .formatted(file, described));
    String checked = stage.run(Part.PRODUCER, () -> {}, "source", "check", described.toString());
    Matcher names = CHECKED.matcher(checked);
    if (!names.find()) {
      throw new IllegalStateException("A check says what is described, but: " + checked);
    }
    dataset = names.group(1) + "." + names.group(2);
    table = names.group(1) + "_" + names.group(2);
    RecordedQuakes quakes = new RecordedQuakes(api, SAME_DAYS);
    String[] run = {"run", "--source", described.toString(), DAYS[0], DAYS[1], DAYS[2], DAYS[3]};
    String[] consume = {"run", "--dataset", dataset};
    RecordedQuakes.Step first = quakes.look();
    expect(first.rows(), load(() -> {}, run), "rows of the first snapshot");
    ChildProcess consumer = stage.show(Part.CONSUMER, consume);
    awaitLanded(consumer);

    screen.chapter(2, "The same run again adds nothing; meanwhile, a look at the table");
    ChildProcess again = stage.show(Part.PRODUCER, run);
    query(
        "SELECT time, mag, place FROM %s_current ORDER BY mag DESC NULLS LAST LIMIT 5"
            .formatted(table));
    expect(0, emittedBy(stage.finish(again, () -> {})), "rows of a run in which nothing is new");

    screen.chapter(3, "Hours later: what the API corrected comes as a new revision");
    for (int hours : new int[] {1, 10}) {
      on(quakes, hours == 1 ? "An hour later" : "Ten hours later", run);
    }
    awaitLanded(consumer);

    loseConsumer(consumer);
    screen.say("Meanwhile the API goes on.");
    on(quakes, "Two hours and a half later", run);
    ChildProcess next = stage.show(Part.CONSUMER, consume);
    awaitLanded(next);
    next.terminate();
    screen.say("Nothing was overwritten: old and new value are both in the table.");
    query(
        """
        SELECT new.id, old.mag AS mag_before, new.mag AS mag_now, old.place AS place_before,
          new.place AS place_now, new._revision AS revision, new._operation AS operation
        FROM %1$s old JOIN %1$s new ON old.id = new.id AND old._revision + 1 = new._revision
        WHERE (new.mag, new.place) IS DISTINCT FROM (old.mag, old.place)
        ORDER BY operation, old.mag DESC, 1 LIMIT 8"""
            .formatted(table));
    stage.run(Part.CONSUMER, () -> {}, "verify", "--dataset", dataset);
    sum();
    stage.stop(next);
  }

  private void on(RecordedQuakes quakes, String later, String... run) throws InterruptedException {
    quakes.step();
    RecordedQuakes.Step step = quakes.look();
    screen.say(
        "%s: %d earthquakes more, %d changed, %d gone for the second time."
            .formatted(later, step.added(), step.changed(), step.gone()));
    expect(step.rows(), load(() -> {}, run), "rows of that");
  }

  private String here(URI api) {
    String at = URL.matcher(definition).replaceFirst("$1" + Matcher.quoteReplacement(api + ""));
    return BUDGET.matcher(at).replaceFirst("${key}1000/s");
  }

  private void query(String sql) throws InterruptedException {
    stage.run(Part.CONSUMER, () -> {}, "sql", "--dataset", dataset, sql);
  }

  @Override
  String flags() {
    return " --source " + file;
  }

  @Override
  List<String> queries() {
    return List.of(
        "%s consumer sql --dataset %s \"SELECT _revision, _operation, count(*) FROM %s GROUP BY ALL\""
            .formatted(Stage.script(), dataset, table),
        "%s consumer sql --dataset %s \"SELECT id, _item, _record FROM %s ORDER BY id LIMIT 1\""
            .formatted(Stage.script(), dataset, table));
  }

  /** There the definition is that says what the table's key is. */
  @Override
  boolean needsBroker() {
    return true;
  }

  @Override
  List<String> commands() {
    return Stream.of(
            "status --source %1$s --dataset %2$s",
            "producer status --source %1$s",
            "source list",
            "consumer status --dataset %2$s",
            "consumer replay --dataset %2$s --into %3$s-again")
        .map(command -> Stage.script() + " " + command.formatted(described, dataset, stage.table()))
        .toList();
  }

  @Override
  String wayOn() {
    return "Your own API in ten minutes: docs/your-api.md.";
  }
}
