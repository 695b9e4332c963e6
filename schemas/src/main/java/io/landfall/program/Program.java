package io.landfall.program;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A program with verbs: finds the verb and its settings, runs it, turns its end into an exit code.
 */
public final class Program {

  private static final int SECONDS_TO_STOP = 9;

  private static final String STOPPED = "stopped before it was done; what it had committed stays";

  private static final String CONFIG = "--config";
  private static final Map<String, String> SHORT_FLAGS = Map.of("output", "-o");

  private final String name;
  private final List<Verb> verbs;
  private final CommandLine commandLine;

  /**
   * @param name as a user types it, for example {@code landfall producer}
   */
  public Program(String name, String description, List<Verb> verbs) {
    this.name = name;
    this.verbs = List.copyOf(verbs);
    CommandSpec root = CommandSpec.create().name(name);
    root.usageMessage().description(description);
    standard(root);
    verbs.forEach(verb -> add(root, verb));
    this.commandLine = new CommandLine(root);
    everyCommand(commandLine, List.of(name));
  }

  /**
   * Runs what the arguments ask for and ends the process with its exit code. On SIGTERM or Ctrl-C
   * the verb's thread is interrupted and has {@value #SECONDS_TO_STOP} seconds to end cleanly.
   */
  public void runAndExit(String... args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Thread verb = Thread.currentThread();
    CompletableFuture<ExitCode> end = new CompletableFuture<>();
    AtomicBoolean stopping = new AtomicBoolean();
    // Before anything can interrupt it: logging that is interrupted while it starts never starts.
    LoggerFactory.getILoggerFactory().getLogger(name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(verb, end, stopping), "stop"));
    ExitCode code = ExitCode.BUG;
    try {
      code = run(System.getenv(), out, err, args);
    } catch (RuntimeException | Error e) {
      if (stopping.get()) {
        // Whatever a library makes of an interrupt, a class that could not be loaded for one.
        err.println(name + ": " + STOPPED);
        code = ExitCode.INTERRUPTED;
      } else {
        // Nothing is recovered here: the trace is for the makers, and the process must not hang
        // on a thread that the broken part left behind.
        e.printStackTrace(err);
      }
    }
    end.complete(code);
    System.exit(code.code());
  }

  private static void stop(Thread verb, CompletableFuture<ExitCode> end, AtomicBoolean stopping) {
    if (end.isDone()) {
      return;
    }
    stopping.set(true);
    verb.interrupt();
    int code =
        end.completeOnTimeout(ExitCode.INTERRUPTED, SECONDS_TO_STOP, TimeUnit.SECONDS)
            .join()
            .code();
    // The JVM would report the signal; whoever sent it wants to know whether the end was clean.
    Runtime.getRuntime().halt(code);
  }

  /** Runs what the arguments ask for. */
  public ExitCode run(
      Map<String, String> environment, PrintStream out, PrintStream err, String... args) {
    Map<String, String> passedThrough = new LinkedHashMap<>();
    ParseResult parsed = commandLine.parseArgs(withoutPassedThrough(args, passedThrough));
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (parsed.errors().isEmpty() || last.isUsageHelpRequested()) {
      if (last.isVersionHelpRequested()) {
        out.println("landfall " + Version.current());
        return ExitCode.OK;
      }
      if (last.isUsageHelpRequested()) {
        last.commandSpec().commandLine().usage(writer(out));
        return ExitCode.OK;
      }
    }
    if (!(last.commandSpec().userObject() instanceof Verb verb)) {
      problems(err, parseErrors(parsed, last, args.length == 0 ? "no verb given" : ""));
      last.commandSpec().commandLine().usage(writer(err));
      return ExitCode.USAGE;
    }
    List<String> problems = new ArrayList<>(parseErrors(parsed, last, ""));
    try {
      Settings settings = resolve(verb, last, passedThrough, environment);
      problems.addAll(verb.problems(settings));
      if (problems.isEmpty()) {
        return verb.run(settings, out);
      }
    } catch (InvalidSettings e) {
      problems.addAll(e.problems());
      problems.addAll(verb.problems(e.right()));
    } catch (Stop e) {
      err.println(name + " " + verb.name() + ": " + e.getMessage());
      return e.exitCode();
    } catch (ConfigException e) {
      // Kafka knows its own settings best; what was passed through to it is the user's.
      problems.add("Kafka does not take a setting: " + e.getMessage());
    } catch (InterruptedException | InterruptException e) {
      err.println(name + " " + verb.name() + ": " + STOPPED);
      return ExitCode.INTERRUPTED;
    }
    problems(err, problems);
    err.println("See: " + name + " " + verb.name() + " --help");
    return ExitCode.USAGE;
  }

  /** Flags such as {@code --kafka.linger.ms=5} are no options of a verb: nobody could list them. */
  private static String[] withoutPassedThrough(String[] args, Map<String, String> passedThrough) {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String[] flag = args[i].split("=", 2);
      if (!flag[0].startsWith("--") || !PassThrough.isPassedThrough(flag[0].substring(2))) {
        left.add(args[i]);
      } else if (flag.length == 2) {
        passedThrough.put(flag[0].substring(2), flag[1]);
      } else if (i + 1 < args.length) {
        passedThrough.put(flag[0].substring(2), args[++i]);
      }
    }
    return left.toArray(String[]::new);
  }

  private Settings resolve(
      Verb verb,
      ParseResult parsed,
      Map<String, String> passedThrough,
      Map<String, String> environment)
      throws InvalidSettings {
    Map<String, String> flags = new LinkedHashMap<>(passedThrough);
    for (ArgSpec given : parsed.matchedArgs()) {
      if (given.userObject() instanceof Setting<?> setting && given.getValue() != null) {
        flags.put(setting.key(), given.getValue().toString());
      }
    }
    String config = parsed.matchedOptionValue(CONFIG, environment.get("LANDFALL_CONFIG"));
    Collection<Setting<?>> known = new ArrayList<>(LandfallSettings.ALL);
    verbs.forEach(other -> known.addAll(other.settings()));
    return Settings.resolve(
        verb.settings(), known, flags, environment, Optional.ofNullable(config).map(Path::of));
  }

  private static List<String> parseErrors(ParseResult parsed, ParseResult last, String otherwise) {
    List<String> errors = new ArrayList<>();
    for (Exception error : parsed.errors()) {
      errors.add(String.valueOf(error.getMessage()));
    }
    if (last != parsed) {
      for (Exception error : last.errors()) {
        errors.add(String.valueOf(error.getMessage()));
      }
    }
    if (errors.isEmpty() && !otherwise.isEmpty()) {
      errors.add(otherwise);
    }
    return errors.stream().distinct().toList();
  }

  private void problems(PrintStream err, List<String> problems) {
    problems.forEach(problem -> err.println(name + ": " + problem));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static void add(CommandSpec root, Verb verb) {
    CommandSpec parent = root;
    List<String> words = List.of(verb.name().split(" "));
    for (String word : words.subList(0, words.size() - 1)) {
      CommandLine group = parent.subcommands().get(word);
      if (group == null) {
        CommandSpec spec = CommandSpec.create();
        standard(spec);
        parent.addSubcommand(word, spec);
        parent = spec;
      } else {
        parent = group.getCommandSpec();
      }
    }
    CommandSpec spec = CommandSpec.wrapWithoutInspection(verb);
    spec.usageMessage().description(verb.description());
    verb.settings().forEach(setting -> spec.add(argument(setting)));
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .type(String.class)
            .paramLabel("FILE")
            .description(
                "YAML file with settings, each under its name without the hyphens in front.")
            .build());
    standard(spec);
    parent.addSubcommand(words.get(words.size() - 1), spec);
  }

  private static void standard(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build());
    spec.addOption(
        OptionSpec.builder("--version").versionHelp(true).description("Show the version.").build());
  }

  private static ArgSpec argument(Setting<?> setting) {
    String description =
        setting.description()
            + setting
                .defaultText()
                .filter(text -> setting.form() == Setting.Form.OPTION)
                .map(text -> " Default: " + text + ".")
                .orElse("");
    if (setting.form() == Setting.Form.ARGUMENT) {
      return PositionalParamSpec.builder()
          .index("0")
          .arity("0..1")
          .type(String.class)
          .paramLabel(setting.placeholder())
          .description(escaped(description))
          .userObject(setting)
          .build();
    }
    String flag = setting.flag();
    String shortFlag = SHORT_FLAGS.get(setting.key());
    OptionSpec.Builder option =
        shortFlag == null ? OptionSpec.builder(flag) : OptionSpec.builder(shortFlag, flag);
    option.description(escaped(description)).userObject(setting);
    return setting.form() == Setting.Form.SWITCH
        ? option.type(Boolean.class).arity("0").build()
        : option.type(String.class).paramLabel(setting.placeholder()).build();
  }

  /** picocli formats descriptions; a per cent sign would be taken for a placeholder. */
  private static String escaped(String description) {
    return description.replace("%", "%%");
  }

  private static void everyCommand(CommandLine command, List<String> path) {
    command.getCommandSpec().parser().collectErrors(true);
    command.setUsageHelpWidth(100);
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      List<String> subPath = new ArrayList<>(path);
      subPath.add(sub.getKey());
      everyCommand(sub.getValue(), subPath);
    }
  }
}
