package io.landfall.sandbox.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.pipeline.SandboxBroker;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topics;
import io.landfall.schemas.weather.WeatherDatasets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One formula of the derivation changes: exactly the rows concerned come anew, and no API is asked.
 */
class ReshapeIT {

  private static final LocalDate FIRST = LocalDate.parse("2024-10-01");
  private static final int DAYS = 10;
  private static final int HOURS = 24;
  private static final Topics TOPICS = WeatherDatasets.STATION_HOURS.topics();
  private static final List<String> CLASSES =
      List.of("schemas/target/test-classes", "producer/target/test-classes");

  private static final Part BEFORE =
      Part.PRODUCER.with("io.landfall.producer.weather.WeatherProducer", CLASSES);
  private static final Part AFTER =
      Part.PRODUCER.with("io.landfall.producer.weather.CorrectedWeatherProducer", CLASSES);

  @TempDir Path folder;

  private final Deque<ChildProcess> started = new ArrayDeque<>();
  private SandboxBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new SandboxBroker(folder);
  }

  @AfterEach
  void stop() {
    started.forEach(ChildProcess::close);
    broker.close();
  }

  private ChildProcess launch(Part part, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    Path files = folder.resolve("%02d-%s".formatted(started.size(), arguments[0]));
    ChildProcess program = ChildProcess.start(part, files, Map.of(), all);
    started.push(program);
    return program;
  }

  private ChildProcess shaping(Part part, String... arguments) {
    return launch(
        part,
        Stream.concat(
                Stream.of(arguments), Stream.of("--state-dir", folder.resolve("state").toString()))
            .toArray(String[]::new));
  }

  private static String succeed(ChildProcess program) throws InterruptedException {
    assertThat(program.exitCode()).as(program.logAndOutput()).isZero();
    return program.output();
  }

  private List<GenericRecord> rows() throws Exception {
    SingleObjectFormat<GenericRecord> format =
        SingleObjectFormat.generic(WeatherDatasets.STATION_HOURS.schema());
    List<GenericRecord> rows = new ArrayList<>();
    for (var message : Observed.committed(broker.bootstrapServers(), TOPICS.landing())) {
      rows.add(format.decode(message.value()));
    }
    return rows;
  }

  private List<Manifest> manifests() throws Exception {
    SingleObjectFormat<Manifest> format = SingleObjectFormat.of(Manifest.class);
    List<Manifest> manifests = new ArrayList<>();
    for (var message : Observed.committed(broker.bootstrapServers(), TOPICS.manifests())) {
      manifests.add(format.decode(message.value()));
    }
    return manifests;
  }

  @Test
  void aChangedFormulaBringsExactlyTheRowsConcerned() throws Exception {
    int all;
    String corrected = "S1/" + FIRST.plusDays(3);
    try (WeatherService api = new WeatherService(3, FIRST, DAYS)) {
      String[] run = {
        "run",
        "--web-api-url",
        api.url().toString(),
        "--from",
        FIRST.toString(),
        "--to",
        FIRST.plusDays(DAYS - 1).toString()
      };
      succeed(shaping(BEFORE, run));
      api.correct("S1", FIRST.plusDays(3), 5, 19.5);
      api.correct("S0", FIRST.plusDays(4), 6, null);
      succeed(shaping(BEFORE, run));
      all = rows().size();
      assertThat(all).isEqualTo(3 * DAYS * HOURS + 2);
    }

    // From here on there is no API.
    String[] dryRun = {"reshape", "--dry-run"};
    assertThat(succeed(shaping(BEFORE, dryRun)))
        .contains("30 station days derived, 0 would change");
    assertThat(succeed(shaping(AFTER, dryRun)))
        .contains("30 station days derived, 10 would change")
        .containsPattern("changed +240\n")
        .containsPattern("added +0\n")
        .containsPattern("retracted +0\n")
        .containsPattern("temperature +240\n");
    assertThat(rows()).hasSize(all);

    String one = "S1/" + FIRST.plusDays(1);
    assertThat(succeed(shaping(AFTER, "reshape", "--items", one)))
        .contains("1 station day derived", "24 rows emitted");
    ChildProcess unknown = shaping(AFTER, "reshape", "--items", "S9/2024-10-01");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.logAndOutput()).contains("nothing was ever shaped of S9/2024-10-01");

    ChildProcess killed = shaping(AFTER, "reshape");
    killed.await("some revisions", () -> size() > all + HOURS);
    killed.kill();
    // What runs next goes on from where it was, and passes over what was shaped.
    succeed(shaping(AFTER, "shape", "--once"));
    assertThat(succeed(shaping(AFTER, "reshape", "--from", FIRST.toString())))
        .contains("30 station days derived", " 0 dead letters");
    assertThat(succeed(shaping(AFTER, "reshape"))).contains("0 changed; 0 rows emitted");

    List<GenericRecord> rows = rows();
    assertThat(rows).hasSize(all + DAYS * HOURS);
    Set<String> seen = new HashSet<>();
    for (GenericRecord row : rows) {
      assertThat(
              seen.add(
                  "%s/%s/%s@%s"
                      .formatted(
                          row.get("station"),
                          row.get("day"),
                          row.get("hour"),
                          row.get("_revision"))))
          .isTrue();
      if (row.get("_shape_version").toString().equals("weather-2")) {
        assertThat(row.get("station").toString()).isEqualTo("S1");
      }
    }
    assertThat(manifests().stream().filter(each -> each.getCause() == RevisionCause.RESHAPED))
        .hasSize(DAYS)
        .allMatch(each -> each.getShapeVersion().equals("weather-2"));

    assertThat(succeed(launch(AFTER, "diff", corrected, "1", "2", "-o", "csv")))
        .startsWith("row,change,column,old,new\n" + corrected + "/5,changed,temperature,")
        .endsWith(",19.5\n");
    assertThat(succeed(launch(AFTER, "diff", corrected, "2", "3")))
        .contains("reshaped by weather-2", "(24 rows differ)");
    assertThat(succeed(launch(AFTER, "diff", "S0/" + FIRST.plusDays(4), "1", "2", "-o", "json")))
        .isEqualTo("{\"row\":\"S0/%s/6\",\"change\":\"retracted\"}\n".formatted(FIRST.plusDays(4)));
    ChildProcess none = launch(AFTER, "diff", corrected, "1", "7");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.logAndOutput()).contains("has no revision 7. There is:", "revision 3:");
    ChildProcess nobody = launch(AFTER, "diff", "S9", "1", "2");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.logAndOutput()).contains("There was never a row of station day S9");
  }

  private int size() {
    return Observed.committed(broker.bootstrapServers(), TOPICS.landing()).size();
  }

  @Test
  void anotherShapeIsRefused() throws Exception {
    try (WeatherService api = new WeatherService(1, FIRST, 1)) {
      succeed(
          shaping(
              BEFORE,
              "run",
              "--web-api-url",
              api.url().toString(),
              "--from",
              FIRST.toString(),
              "--to",
              FIRST.toString()));
    }
    shaping(BEFORE, "shape").ready();
    ChildProcess refused = shaping(AFTER, "reshape");
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.logAndOutput()).contains("Another shape runs");
  }
}
