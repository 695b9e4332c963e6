package io.landfall.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.metrics.Metric.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every figure follows the convention, and the page in docs is what the code says. */
class MetricsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void thePageInDocsIsWhatTheCodeSays() throws IOException {
    String expected = MetricsPage.text();
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/metrics.md is stale: mvn -pl cli test -Dlandfall.docs.write=true")
        .isEqualTo(expected);
  }

  @Test
  void everyNameFollowsPrometheusConvention() {
    assertThat(Metric.values())
        .extracting(Metric::title)
        .doesNotHaveDuplicates()
        .allMatch(title -> title.matches("landfall(_[a-z]+)+"));
    for (Metric metric : Metric.values()) {
      assertThat(metric.title().endsWith("_total"))
          .as(metric.title())
          .isEqualTo(metric.kind() == Kind.COUNTER);
      assertThat(metric.title().endsWith("_info"))
          .as(metric.title())
          .isEqualTo(metric.kind() == Kind.INFO);
      assertThat(metric.labels()).allMatch(label -> label.matches("[a-z]+"));
      assertThat(metric.meaning()).as(metric.title()).endsWith(".").doesNotContain("|");
    }
  }

  @Test
  void whatIsToldHasTheDeclaredNameTypeAndMeaning() {
    Metrics metrics = Metrics.inMemory(Clock.systemUTC());
    for (Metric metric : Metric.values()) {
      tell(metrics, metric);
    }
    List<String> lines = metrics.text().lines().toList();
    for (Metric metric : Metric.values()) {
      String type = metric.kind() == Kind.INFO ? "gauge" : metric.kind().word();
      assertThat(lines)
          .contains("# TYPE %s %s".formatted(metric.title(), type))
          .contains("# HELP %s %s".formatted(metric.title(), metric.meaning()));
    }
    assertThat(lines).allMatch(line -> line.startsWith("#") || line.startsWith("landfall_"));
  }

  private static void tell(Metrics metrics, Metric metric) {
    String[] labels =
        metric.labels().stream().map(label -> label.charAt(0) + "-é\"\\\n").toArray(String[]::new);
    switch (metric.kind()) {
      case COUNTER -> metrics.add(metric, 2, labels);
      case SUMMARY, HISTOGRAM -> metrics.observe(metric, 0.2, labels);
      case GAUGE, INFO -> metrics.set(metric, 1, labels);
    }
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    Metrics metrics = Metrics.inMemory(Clock.systemUTC());
    Arrays.stream(Metric.values())
        .filter(metric -> metric.kind() == Kind.GAUGE)
        .forEach(metric -> tell(metrics, metric));
    assertThat(TextFormat.read(metrics.text()))
        .hasSize((int) Arrays.stream(Metric.values()).filter(m -> m.kind() == Kind.GAUGE).count())
        .containsEntry(Sample.of(Metric.ITEMS, "s-é\"\\\n", "s-é\"\\\n"), 1.0);
  }
}
