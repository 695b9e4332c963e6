package io.landfall.cli;

import io.landfall.cli.kafka.KafkaFailure;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.log.JsonLog;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.common.acl.AclBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A program with commands: finds the command and its settings, runs it, turns its end into an exit
 * code.
 */
public final class Program {

  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  private static final Map<String, String> SHORT_FLAGS = Map.of("output", "-o");

  /** What the commands of a program must be allowed in a cluster. */
  public interface Needs {
    /**
     * Of one command.
     *
     * @param command its name
     */
    List<AclBinding> of(String command, Settings settings);
  }

  private final String name;
  private final List<Command> commands;
  private final CommandLine commandLine;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private Function<Throwable, Optional<LandfallException>> known = failure -> Optional.empty();
  private Needs needs = (command, settings) -> List.of();

  /** Whether what is told on standard error is a part of the log, which is JSON. */
  private boolean json;

  private Around around = Around.NOTHING;

  /**
   * @param name as a user types it, for example {@code landfall producer}
   */
  public Program(String name, String description, List<Command> commands) {
    this.name = name;
    this.commands = List.copyOf(commands);
    CommandSpec root = CommandSpec.create().name(name);
    root.usageMessage().description(description);
    standard(root);
    commands.forEach(command -> add(root, command));
    this.commandLine = new CommandLine(root);
    // A value may begin with @; picocli would read the file of that name.
    commandLine.setExpandAtFiles(false);
    everyCommand(commandLine);
  }

  /**
   * What this program knows of the failures of its own libraries.
   *
   * @param failures the ending of a failure, for those that are not the program's own fault
   */
  public Program explaining(Function<Throwable, Optional<LandfallException>> failures) {
    this.known = failures;
    return this;
  }

  /** What is done around the run of each command. */
  public Program within(Around surroundings) {
    this.around = surroundings;
    return this;
  }

  /**
   * What the commands must be allowed in a cluster: a right that is missing is told by that.
   *
   * @param rights of each command
   */
  public Program needing(Needs rights) {
    this.needs = rights;
    return this;
  }

  /**
   * Runs what the arguments ask for and ends the process with its exit code. On SIGTERM or Ctrl-C
   * the command's thread is interrupted and has {@link StopBudget#TOTAL} to end cleanly.
   */
  public void runAndExit(String... args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Thread command = Thread.currentThread();
    CompletableFuture<ExitCode> end = new CompletableFuture<>();
    // Before anything can interrupt it: logging that is interrupted while it starts never starts.
    LoggerFactory.getILoggerFactory().getLogger(name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(command, end), "stop"));
    ExitCode code = run(System.getenv(), out, err, args);
    end.complete(code);
    System.exit(code.code());
  }

  private void stop(Thread command, CompletableFuture<ExitCode> end) {
    if (end.isDone()) {
      return;
    }
    stopping.set(true);
    command.interrupt();
    int code =
        end.completeOnTimeout(ExitCode.INTERRUPTED, StopBudget.TOTAL.toSeconds(), TimeUnit.SECONDS)
            .join()
            .code();
    // The JVM would report the signal; whoever sent it wants to know whether the end was clean.
    Runtime.getRuntime().halt(code);
  }

  /** Runs what the arguments ask for. Whatever is thrown on the way ends in an exit code. */
  public ExitCode run(
      Map<String, String> environment, PrintStream out, PrintStream err, String... args) {
    PrintableStream errors = PrintableStream.over(err);
    Arguments arguments;
    try {
      arguments = Arguments.of(commandLine, args);
    } catch (CommandLine.ParameterException e) {
      errors.println(name + ": " + Reason.of(e));
      return ExitCode.USAGE;
    }
    try {
      return run(arguments, environment, out, errors);
    } catch (Throwable e) {
      // Nothing is recovered here. Scala throws checked exceptions that nothing declares, and the
      // process must not hang on a thread that a broken part left behind: each throwable is told
      // and becomes an exit code.
      return ended(e, arguments, errors);
    }
  }

  private ExitCode run(
      Arguments arguments, Map<String, String> environment, PrintStream out, PrintableStream err)
      throws InterruptedException {
    if (arguments.help(out)) {
      return ExitCode.OK;
    }
    if (arguments.command().isEmpty()) {
      problems(err, arguments.problems());
      arguments.usage(err);
      return ExitCode.USAGE;
    }
    Command command = arguments.command().get();
    List<String> problems = new ArrayList<>(arguments.problems());
    Settings settings;
    try {
      settings = resolve(command, arguments, environment);
    } catch (InvalidSettings e) {
      settings = e.right();
      problems.addAll(e.problems());
    }
    json =
        settings.find(LandfallSettings.LOG_FORMAT).filter(LogFormat.JSON::equals).isPresent()
            && JsonLog.use(name);
    problems.addAll(command.problems(settings));
    PrintStream results = forPeople(settings) ? PrintableStream.over(out) : out;
    if (problems.isEmpty()) {
      return run(command, settings.needing(needs.of(command.name(), settings)), results);
    }
    command.despiteProblems(settings, results);
    problems(err, problems);
    tell(err, "See: " + name + " " + command.name() + " --help");
    return ExitCode.USAGE;
  }

  private ExitCode run(Command command, Settings settings, PrintStream out)
      throws InterruptedException {
    try {
      return around.run(
          command, settings, out, failure -> end(refusedByTheCluster(failure, settings)));
    } catch (RuntimeException e) {
      Throwable told = refusedByTheCluster(e, settings);
      throw told instanceof LandfallException refusal ? refusal : e;
    }
  }

  /** A cluster that refuses this user does so in many places, and is told of in one way. */
  private static Throwable refusedByTheCluster(Throwable failure, Settings settings) {
    return failure instanceof RuntimeException refusal
            && settings.find(LandfallSettings.BOOTSTRAP_SERVERS).isPresent()
            && KafkaFailure.isRefusal(refusal)
        ? KafkaSettings.of(settings).failure(refusal)
        : failure;
  }

  private static boolean forPeople(Settings settings) {
    return settings.find(LandfallSettings.OUTPUT).orElse(OutputFormat.TABLE) == OutputFormat.TABLE;
  }

  private ExitCode ended(Throwable failure, Arguments arguments, PrintableStream err) {
    String who = name + arguments.command().map(command -> " " + command.name()).orElse("");
    Ending ending = ending(failure);
    if (!ending.isBug()) {
      if (json) {
        LOG.error(who + ": " + ending.message());
      } else {
        ending.message().lines().forEach(line -> err.println(who + ": " + line));
      }
      return ending.exitCode();
    }
    if (json) {
      LOG.atError().setCause(failure).log(who + ": a bug");
    } else {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      PrintableStream.exact(err).println(Printable.block(Masked.text(trace.toString())));
    }
    tell(
        err,
        "%s: this is a bug in Landfall %s, not in what you gave it. What was committed stays. Please report it, with the command and the lines above, as CONTRIBUTING.md says under \"Reporting a bug\"."
            .formatted(who, Version.current()));
    return ending.exitCode();
  }

  private Ending ending(Throwable failure) {
    return stopping.get() ? Ending.ofStopping(failure, known) : Ending.of(failure, known);
  }

  private End end(Throwable failure) {
    Ending ending = ending(failure);
    return new End(ending.exitCode(), ending.reason());
  }

  private Settings resolve(Command command, Arguments arguments, Map<String, String> environment)
      throws InvalidSettings {
    Collection<Setting<?>> known = new ArrayList<>(LandfallSettings.ALL);
    commands.forEach(other -> known.addAll(other.settings()));
    return Settings.resolve(
        settings(command),
        known,
        arguments.flags(),
        environment,
        arguments.config(environment.get(Arguments.CONFIG_VARIABLE)));
  }

  private void problems(PrintStream err, List<String> problems) {
    problems.forEach(problem -> tell(err, name + ": " + problem));
  }

  private void tell(PrintStream err, String line) {
    if (json) {
      LOG.error(line);
    } else {
      err.println(line);
    }
  }

  /** Those of a command, and those that every command has. */
  private static Collection<Setting<?>> settings(Command command) {
    Map<String, Setting<?>> all = new LinkedHashMap<>();
    command.settings().forEach(setting -> all.put(setting.key(), setting));
    all.putIfAbsent(LandfallSettings.LOG_FORMAT.key(), LandfallSettings.LOG_FORMAT);
    return all.values();
  }

  private static void add(CommandSpec root, Command command) {
    CommandSpec parent = root;
    List<String> words = List.of(command.name().split(" "));
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
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.usageMessage().description(command.description()).footer(HelpFooter.of(command));
    int position = 0;
    for (Setting<?> setting : settings(command)) {
      switch (setting.form()) {
        case ARGUMENT -> spec.addPositional(positional(setting, position++));
        case ARGUMENTS -> spec.addPositional(positionals(setting));
        default -> spec.addOption(option(setting));
      }
    }
    spec.addOption(
        OptionSpec.builder(Arguments.CONFIG)
            .type(String.class)
            .paramLabel("FILE")
            .description(
                "YAML file with settings, each under its name without the hyphens in front.")
            .build());
    standard(spec);
    parent.addSubcommand(words.get(words.size() - 1), spec);
  }

  private static void standard(CommandSpec spec) {
    spec.mixinStandardHelpOptions(true)
        .versionProvider(() -> new String[] {"landfall " + Version.current()});
  }

  private static PositionalParamSpec positional(Setting<?> setting, int position) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(position))
        .arity("0..1")
        .type(String.class)
        .paramLabel(setting.placeholder())
        .description(escaped(description(setting)))
        .userObject(setting)
        .build();
  }

  private static PositionalParamSpec positionals(Setting<?> setting) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(setting.placeholder())
        .description(escaped(description(setting)))
        .userObject(setting)
        .build();
  }

  private static String description(Setting<?> setting) {
    return setting.description()
        + setting
            .defaultText()
            .filter(text -> setting.form() == Setting.Form.OPTION)
            .map(text -> " Default: " + text + ".")
            .orElse("");
  }

  private static OptionSpec option(Setting<?> setting) {
    String flag = setting.flag();
    String shortFlag = SHORT_FLAGS.get(setting.key());
    OptionSpec.Builder option =
        shortFlag == null ? OptionSpec.builder(flag) : OptionSpec.builder(shortFlag, flag);
    option.description(escaped(description(setting))).userObject(setting);
    if (setting.form() != Setting.Form.SWITCH) {
      return option.type(String.class).paramLabel(setting.placeholder()).build();
    }
    boolean plain = setting.placeholder().isEmpty();
    return option
        .type(plain ? Boolean.class : String.class)
        .arity("0..1")
        .fallbackValue("true")
        .paramLabel(plain ? "true|false" : setting.placeholder())
        .build();
  }

  /** picocli formats descriptions; a per cent sign would be taken for a placeholder. */
  private static String escaped(String description) {
    return description.replace("%", "%%");
  }

  private static void everyCommand(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true).unmatchedArgumentsAllowed(true);
    command.setUsageHelpWidth(100);
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    command.getSubcommands().values().forEach(Program::everyCommand);
  }
}
