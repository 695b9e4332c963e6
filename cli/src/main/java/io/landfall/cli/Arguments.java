package io.landfall.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** A command line taken apart: which command, which flags, and what nobody understands. */
final class Arguments {

  static final String CONFIG = "--config";
  static final String CONFIG_VARIABLE = "LANDFALL_CONFIG";

  /** What was read of the program's own words, and of each command's after it. */
  private final List<ParseResult> levels;

  private final ParseResult last;
  private final Map<String, String> passedThrough;
  private final List<String> problems;
  private final boolean empty;

  private Arguments(
      ParseResult parsed, Map<String, String> passedThrough, List<String> problems, boolean empty) {
    this.levels = parsed.asCommandLineList().stream().map(CommandLine::getParseResult).toList();
    this.last = levels.get(levels.size() - 1);
    this.passedThrough = passedThrough;
    this.problems = problems;
    this.empty = empty;
  }

  static Arguments of(CommandLine commandLine, String... args) {
    Map<String, String> passedThrough = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    List<String> left = withoutPassedThrough(args, passedThrough, problems);
    ParseResult parsed = commandLine.parseArgs(left.toArray(String[]::new));
    return new Arguments(parsed, passedThrough, problems, args.length == 0);
  }

  /**
   * Flags such as {@code --kafka.linger.ms=5} are no options of a command: nobody could list them.
   */
  private static List<String> withoutPassedThrough(
      String[] words, Map<String, String> passedThrough, List<String> problems) {
    String[] args = Stream.of(words).map(Arguments::withHyphens).toArray(String[]::new);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String[] flag = args[i].split("=", 2);
      if (!flag[0].startsWith("--") || !PassThrough.isPassedThrough(flag[0].substring(2))) {
        left.add(args[i]);
      } else if (flag.length == 2) {
        passedThrough.put(flag[0].substring(2), flag[1]);
      } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
        passedThrough.put(flag[0].substring(2), args[++i]);
      } else {
        problems.add("%s: its value is missing".formatted(flag[0]));
      }
    }
    return left;
  }

  /** Some write names with underscores; those that are passed through keep theirs. */
  private static String withHyphens(String word) {
    String name = word.split("=", 2)[0];
    return name.startsWith("--") && name.indexOf('.') < 0
        ? name.replace('_', '-') + word.substring(name.length())
        : word;
  }

  /** The command, if the words name one. */
  Optional<Command> command() {
    return last.commandSpec().userObject() instanceof Command command
        ? Optional.of(command)
        : Optional.empty();
  }

  /** Prints help or version where the words ask for it, whatever else is wrong with them. */
  boolean help(PrintStream to) {
    PrintWriter writer = new PrintWriter(to, true, StandardCharsets.UTF_8);
    levels.forEach(level -> level.commandSpec().commandLine().setOut(writer));
    return CommandLine.executeHelpRequest(levels.get(0)) != null;
  }

  void usage(PrintStream to) {
    PrintWriter writer = new PrintWriter(to, true, StandardCharsets.UTF_8);
    last.commandSpec().commandLine().usage(writer);
    writer.flush();
  }

  /** The settings that were given as flags, by key, those that are passed through included. */
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>(passedThrough);
    for (ArgSpec given : last.matchedArgs()) {
      if (given.userObject() instanceof Setting<?> setting && given.getValue() != null) {
        flags.put(setting.key(), text(given.<Object>getValue()));
      }
    }
    return flags;
  }

  /** Several words as one text with blanks between. */
  private static String text(Object given) {
    return given instanceof List<?> words
        ? words.stream().map(String::valueOf).collect(Collectors.joining(" "))
        : given.toString();
  }

  /**
   * The file of settings, if one is named.
   *
   * @throws LandfallException if its name cannot be one
   */
  Optional<Path> config(@Nullable String fromEnvironment) {
    String given = last.matchedOptionValue(CONFIG, fromEnvironment);
    try {
      return Optional.ofNullable(given).map(StorageLocation::local);
    } catch (IllegalArgumentException e) {
      String origin =
          last.hasMatchedOption(CONFIG) ? CONFIG : "environment variable " + CONFIG_VARIABLE;
      throw LandfallException.usage(
          "%s: \"%s\": %s".formatted(origin, Masked.wrong(given), Reason.of(e)), e);
    }
  }

  /** What is wrong with the words themselves. */
  List<String> problems() {
    List<String> all = misread();
    if (all.isEmpty() && command().isEmpty()) {
      all.add(empty ? "no command given" : "a command is missing");
    }
    return all;
  }

  private List<String> misread() {
    List<String> all = new ArrayList<>(problems);
    levels.stream()
        .flatMap(each -> each.errors().stream())
        .map(error -> String.valueOf(error.getMessage()))
        .distinct()
        .forEach(all::add);
    all.addAll(unknown());
    return all;
  }

  private List<String> unknown() {
    List<String> unmatched = levels.stream().flatMap(each -> each.unmatched().stream()).toList();
    List<String> options = unmatched.stream().filter(word -> word.startsWith("-")).toList();
    if (!options.isEmpty()) {
      // The words beside them are most likely their values: nobody is told that those are wrong.
      return options.stream().map(this::unknownOption).distinct().toList();
    }
    if (command().isPresent()) {
      return unmatched.stream()
          .map(
              word ->
                  "what is \"%s\" for? An option's name is missing in front of it".formatted(word))
          .toList();
    }
    List<String> commands = List.copyOf(last.commandSpec().subcommands().keySet());
    return unmatched.stream()
        .limit(1)
        .map(word -> "no such command: %s.%s".formatted(word, Closest.hint(word, commands)))
        .toList();
  }

  private String unknownOption(String word) {
    String option = word.split("=", 2)[0];
    List<String> here =
        last.commandSpec().options().stream().flatMap(each -> Stream.of(each.names())).toList();
    boolean elsewhere =
        LandfallSettings.ALL.stream().anyMatch(setting -> option.equals(setting.flag()));
    if (elsewhere) {
      return "%s is an option of another command, not of this one".formatted(option);
    }
    return "no such option: %s.%s"
        .formatted(
            option,
            Closest.hint(
                option, Stream.concat(here.stream(), PassThroughNames.flags().stream()).toList()));
  }
}
