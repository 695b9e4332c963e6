package io.landfall.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code config check}: every problem at once, what looks wrong and may be right, and what was not
 * looked at.
 *
 * @param streamsNames the names that Kafka Streams knows
 */
record CheckCommand(List<Command> commands, Set<String> streamsNames, List<OnlineCheck> checks)
    implements Command {

  private static final Setting<Boolean> ONLINE =
      Setting.onOff(
          "online", "Also ask broker, topics, API and storage. Nothing is created or changed.");

  /** From what can be put right by the user at once to what may right itself. */
  private static final List<ExitCode> WORST_FIRST =
      List.of(ExitCode.BUG, ExitCode.REFUSED, ExitCode.USAGE, ExitCode.UNAVAILABLE);

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String description() {
    return "Checks file and environment and tells every problem at once.";
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigProgram.with(ONLINE);
  }

  @Override
  public List<String> problems(Settings settings) {
    return ConfigProgram.problems(commands, settings);
  }

  @Override
  public void despiteProblems(Settings right, PrintStream out) {
    warn(right, out);
  }

  private void warn(Settings settings, PrintStream out) {
    PassThroughNames.unknown(settings.passedThroughOrigins(), streamsNames)
        .forEach(warning -> out.println("warning: " + warning));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    warn(settings, out);
    List<ExitCode> found = new ArrayList<>();
    boolean online = settings.get(ONLINE);
    if (online) {
      for (OnlineCheck check : checks) {
        OnlineCheck.Finding finding = check.ask(settings);
        found.add(finding.exitCode());
        boolean ok = finding.exitCode() == ExitCode.OK;
        out.println("%-12s %s: %s".formatted(check.name(), ok ? "ok" : "wrong", finding.text()));
      }
    }
    ExitCode worst = WORST_FIRST.stream().filter(found::contains).findFirst().orElse(ExitCode.OK);
    out.println(
        worst == ExitCode.OK
            ? "The settings are right."
            : "The settings can be read, but not everything behind them can be used.");
    notChecked(settings, online).forEach(what -> out.println("Not checked: " + what));
    return worst;
  }

  private static List<String> notChecked(Settings settings, boolean online) {
    List<String> left = new ArrayList<>();
    if (settings.find(LandfallSettings.TABLE).isEmpty()) {
      left.add("the table, because --table is not set; the consumer's commands need it.");
    }
    if (!settings.passedThrough(PassThrough.SPARK).isEmpty()) {
      left.add(
          "settings of Spark, which only Spark knows; `landfall consumer status` tells what it does not take or know.");
    }
    if (!settings.passedThrough(PassThrough.KAFKA).isEmpty()
        || !settings.passedThrough(PassThrough.STREAMS).isEmpty()) {
      left.add("values of Kafka's settings; its clients look at them when they start.");
    }
    if (!online) {
      left.add("whether broker, topics, API and storage can be used; --online asks them.");
    }
    return left;
  }
}
