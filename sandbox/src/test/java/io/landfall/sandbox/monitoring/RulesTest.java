package io.landfall.sandbox.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboard speak of what the programs tell, and each alert has a test and a runbook. */
class RulesTest {

  private static final Path HOME = Path.of(System.getProperty("landfall.home"));
  private static final Path MONITORING = HOME.resolve("monitoring");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern RUNBOOK = Pattern.compile("runbook: docs/runbooks.md#([\\w-]+)");
  private static final Pattern NAME = Pattern.compile("\\blandfall_[a-z_]+\\b");
  private static final Pattern TOLD = Pattern.compile("`(landfall_[a-z_]+)`");
  private static final Pattern TESTED = Pattern.compile("alertname: (\\w+)\\s+eval_time");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (\\w+)$");

  @TempDir Path folder;

  @Test
  void everyNameIsOneThatTheProgramsTell() throws Exception {
    Set<String> told = all(TOLD, read(HOME.resolve("docs/metrics.md")));
    assertThat(told).hasSizeGreaterThan(20);
    for (String file :
        List.of("rules/landfall.yml", "tests/landfall.yml", "grafana/dashboards/landfall.json")) {
      for (String name : all(NAME, read(MONITORING.resolve(file)))) {
        assertThat(told).as(file).contains(name.replaceFirst("_(sum|count|bucket)$", ""));
      }
    }
  }

  @Test
  void everyAlertHasATestAndARunbook() throws Exception {
    String rules = read(MONITORING.resolve("rules/landfall.yml"));
    Set<String> alerts = all(ALERT, rules);
    Set<String> runbooks = all(HEADING, read(HOME.resolve("docs/runbooks.md")));
    assertThat(all(TESTED, read(MONITORING.resolve("tests/landfall.yml"))))
        .containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(all(RUNBOOK, rules))
        .containsExactlyInAnyOrderElementsOf(
            runbooks.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    assertThat(rules.split("runbook:", -1)).hasSize(alerts.size() + 1);
  }

  @Test
  void promtoolAgrees() throws Exception {
    Installed promtool = Installed.program("promtool");
    Path log = folder.resolve("promtool.log");
    promtool.run(log, List.of("check", "config", MONITORING.resolve("prometheus.yml").toString()));
    String said =
        promtool.run(
            log, List.of("test", "rules", MONITORING.resolve("tests/landfall.yml").toString()));
    assertThat(said).contains("SUCCESS");
  }

  @Test
  void alertmanagersFileIsMadeFromTheEnvironment() throws Exception {
    Installed amtool = Installed.program("amtool");
    Path log = folder.resolve("alertmanager.log");
    Process script =
        new Installed(MONITORING.resolve("alertmanager.sh"))
            .start(
                log,
                Map.of("ALERT_MAIL_TO", "a@example.org, b@example.org", "ALERT_SMTP", "mail:25"),
                List.of(folder.toString(), "true"));
    assertThat(script.waitFor()).as(Files.readString(log)).isZero();
    Path made = folder.resolve("alertmanager.yml");
    assertThat(read(made)).contains("a@example.org, b@example.org").doesNotContain("${ALERT");
    amtool.run(log, List.of("check-config", made.toString()));
    Process without =
        new Installed(MONITORING.resolve("alertmanager.sh"))
            .start(log, Map.of("ALERT_MAIL_TO", ""), List.of(folder.toString(), "true"));
    assertThat(without.waitFor()).isNotZero();
    assertThat(read(log)).contains("ALERT_MAIL_TO").contains("says who gets mail");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> all = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
    }
    return all;
  }
}
