package io.landfall.sandbox.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the dashboard asks Prometheus for, and what Grafana needs to show it as it is. */
class DashboardTest {

  private static final Path HOME = Path.of(System.getProperty("landfall.home"));
  private static final Path GRAFANA = HOME.resolve("monitoring/grafana");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(landfall_\\w+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\| (?:(yes|) \\| )?");
  private static final Pattern NAME = Pattern.compile("\\blandfall_\\w+");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern RANGE = Pattern.compile("\\[([^]]+)]");

  /** What Prometheus adds to each sample by its own configuration. */
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance", "deployment");

  /** A figure as the page has it. */
  private record Told(String kind, String unit, Set<String> labels, boolean isKept) {}

  private final JsonNode dashboard = read();
  private final Map<String, Told> told = told();

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(Files.readString(GRAFANA.resolve("dashboards/landfall.json")));
    } catch (IOException e) {
      throw new IllegalStateException("The dashboard is JSON", e);
    }
  }

  private static Map<String, Told> told() {
    Map<String, Told> told = new LinkedHashMap<>();
    try {
      Matcher row = ROW.matcher(Files.readString(HOME.resolve("docs/metrics.md")));
      while (row.find()) {
        told.put(
            row.group(1),
            new Told(
                row.group(2),
                row.group(3).strip(),
                Set.of(row.group(4).strip().split(", ")),
                "yes".equals(row.group(5))));
      }
    } catch (IOException e) {
      throw new IllegalStateException("The page of figures can be read", e);
    }
    return told;
  }

  private List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    dashboard.path("panels").forEach(panels::add);
    return panels;
  }

  private List<JsonNode> targets() {
    List<JsonNode> targets = new ArrayList<>();
    panels().forEach(panel -> panel.path("targets").forEach(targets::add));
    return targets;
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> all = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
    }
    return all;
  }

  private Told told(String name) {
    return Objects.requireNonNull(told.get(name), name);
  }

  private Set<Told> figures(String expression) {
    Set<Told> figures = new HashSet<>();
    for (String name : all(NAME, expression)) {
      figures.add(told(name.replaceFirst("_(sum|count|bucket)$", "")));
    }
    return figures;
  }

  @Test
  void itsParametersAreThoseThatGrafanaProvisions() throws Exception {
    String source = Files.readString(GRAFANA.resolve("provisioning/datasources/prometheus.yml"));
    assertThat(dashboard.has("__inputs")).isFalse();
    assertThat(dashboard.has("id")).isFalse();
    assertThat(dashboard.path("uid").asText()).isNotEmpty();
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(panels()).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(targets()).hasSizeGreaterThan(20);
    for (JsonNode target : targets()) {
      String uid = target.path("datasource").path("uid").asText();
      assertThat(source).contains("uid: " + uid + "\n");
    }
  }

  @Test
  void eachLabelIsOneThatTheFigureHas() {
    for (JsonNode target : targets()) {
      String expression = target.path("expr").asText();
      Set<String> labels = new TreeSet<>(all(LEGEND, target.path("legendFormat").asText()));
      all(BY, expression).forEach(by -> labels.addAll(List.of(by.split(", "))));
      labels.removeAll(OF_THE_SCRAPE);
      for (Told figure : figures(expression)) {
        assertThat(figure.labels()).as(expression).containsAll(labels);
      }
    }
  }

  /** What goes well in one must not hide what does not in another. */
  @Test
  void eachDeploymentIsByItself() {
    for (JsonNode target : targets()) {
      String expression = target.path("expr").asText();
      assertThat(all(BY, expression)).as(expression).allMatch(by -> by.contains("deployment"));
      assertThat(target.path("legendFormat").asText()).contains("{{deployment}}");
    }
  }

  /** In the file of a command that has ended, an age stands still. */
  @Test
  void noAgeIsReadThatMayComeFromAFile() {
    assertThat(told("landfall_freshness_seconds").isKept()).isTrue();
    for (JsonNode target : targets()) {
      String expression = target.path("expr").asText();
      assertThat(figures(expression))
          .as(expression)
          .noneMatch(figure -> figure.isKept() && figure.unit().equals("seconds"));
    }
  }

  /** Whatever the time shown: no growth lies between two points. */
  @Test
  void aRateIsOverWhatGrafanaFindsFit() {
    for (JsonNode target : targets()) {
      String expression = target.path("expr").asText();
      assertThat(all(RANGE, expression)).as(expression).isSubsetOf(Set.of("$__rate_interval"));
      if (expression.contains("rate(")) {
        assertThat(figures(expression))
            .as(expression)
            .allMatch(figure -> List.of("counter", "summary", "histogram").contains(figure.kind()));
      }
    }
  }

  /** Of a program that is gone, what it told last is no news. */
  @Test
  void whatIsShownAsOneNumberIsAskedForNow() {
    List<JsonNode> numbers =
        panels().stream().filter(panel -> panel.path("type").asText().equals("stat")).toList();
    assertThat(numbers).isNotEmpty();
    for (JsonNode panel : numbers) {
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("instant").asBoolean()).as(panel.path("title").asText()).isTrue();
      }
    }
  }
}
