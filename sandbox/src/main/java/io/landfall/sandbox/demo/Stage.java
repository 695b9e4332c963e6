package io.landfall.sandbox.demo;

import io.landfall.cli.LandfallException;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of one demo and the folder that they work in. For one thread. */
final class Stage implements AutoCloseable {

  private static final Pattern BROKER = Pattern.compile("ready at (\\S+:\\d+)");
  private static final Pattern API = Pattern.compile("web API (http://\\S+)/v1");
  private static final Pattern RECORDED = Pattern.compile("earthquakes (http://\\S+)");

  /** Less than the program itself has when it is told to stop. */
  private static final long MS_TO_STOP = 6_000;

  /** Work that is under way; what is done while one waits for a program. */
  interface Meanwhile {
    void look() throws InterruptedException;
  }

  private final Path folder;
  private final Screen screen;
  private final Deque<ChildProcess> running = new ArrayDeque<>();
  private int started;

  Stage(Path folder, Screen screen) {
    this.folder = folder;
    this.screen = screen;
  }

  Path table() {
    return folder.resolve("bronze");
  }

  Path scratch() {
    return folder.resolve("scratch");
  }

  /** The settings file that every command of the demo reads. */
  Path settings() {
    return folder.resolve("landfall.yaml");
  }

  /** How a user of this checkout calls the script from here. */
  static String script() {
    Path home = ChildProcess.home();
    return home.equals(Path.of("").toAbsolutePath()) ? "./landfall" : home + "/landfall";
  }

  ChildProcess startBroker(int port) {
    return start(
        Part.SANDBOX,
        List.of(
            "kafka",
            "--port",
            Integer.toString(port),
            "--data",
            folder.resolve("kafka").toString()));
  }

  /** HOST:PORT, once the broker is ready. */
  static String brokerAddress(ChildProcess broker) throws InterruptedException {
    return found(BROKER, broker.ready().output());
  }

  /** Starts the simulated API with a season. */
  ChildProcess startApi(int port, int seed, int games) {
    return start(
        Part.SANDBOX,
        List.of(
            "api",
            "--port",
            Integer.toString(port),
            "--season",
            Integer.toString(seed),
            "--games",
            Integer.toString(games)));
  }

  /** The root of the API's paths, once it is ready. */
  static URI apiRoot(ChildProcess api) throws InterruptedException {
    return URI.create(found(API, api.ready().output()));
  }

  /** Starts to play recorded earthquakes. */
  ChildProcess startRecording(int port) {
    return start(Part.SANDBOX, List.of("recorded", "--port", Integer.toString(port)));
  }

  /** Where the recorded earthquakes are asked for, once they are ready. */
  static URI recordedApi(ChildProcess recording) throws InterruptedException {
    return URI.create(found(RECORDED, recording.ready().output()));
  }

  private static String found(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("Expected %s in: %s".formatted(pattern, output));
    }
    return matcher.group(1);
  }

  /** Writes the settings that the commands need to find one another. */
  void writeSettings(String broker, URI api) {
    writeSettings(
        broker,
        """
        web-api-url: %s/v1
        stats-api-url: %s/stats/rest/en
        """
            .formatted(api, api));
  }

  /** The same where a definition says where the API is. */
  void writeSettings(String broker) {
    writeSettings(broker, "");
  }

  private void writeSettings(String broker, String api) {
    write(
        settings(),
        """
        bootstrap-servers: %s
        state-dir: %s
        scratch-dir: %s
        table: %s
        """
                .formatted(broker, folder.resolve("state"), scratch(), table())
            + api);
  }

  /** Writes a definition under the name of the file that it comes from; gives where it is. */
  Path writeDefinition(Path of, String text) {
    Path file = folder.resolve(of.getFileName());
    write(file, text);
    return file;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows a command and starts it; it runs until it is stopped. */
  ChildProcess show(Part part, String... arguments) {
    screen.command(shown(part, List.of(arguments)) + " &");
    return start(part, List.of(arguments));
  }

  /** Shows a command, runs it to its end, shows and gives what it printed. */
  String run(Part part, Meanwhile meanwhile, String... arguments) throws InterruptedException {
    screen.command(shown(part, List.of(arguments)));
    return finish(start(part, List.of(arguments)), meanwhile);
  }

  /** Waits for a program's end, shows and gives what it printed. */
  String finish(ChildProcess program, Meanwhile meanwhile) throws InterruptedException {
    while (program.isRunning()) {
      meanwhile.look();
      Thread.sleep(50);
    }
    meanwhile.look();
    running.remove(program);
    if (program.exitCode() != 0) {
      throw LandfallException.unavailable(
          "the command above ended with exit code %d and said:%n%s"
              .formatted(program.exitCode(), program.logAndOutput()),
          new IllegalStateException(program.logAndOutput()));
    }
    screen.answer(program.output());
    return program.output();
  }

  /** SIGKILL, and it is forgotten. */
  void kill(ChildProcess program) throws InterruptedException {
    program.kill();
    running.remove(program);
  }

  /** SIGTERM, and its end. */
  void stop(ChildProcess program) throws InterruptedException {
    program.stop();
    running.remove(program);
  }

  private static String shown(Part part, List<String> arguments) {
    return arguments.stream()
        .map(word -> word.matches("[\\w./:=-]+") ? word : '"' + word + '"')
        .collect(Collectors.joining(" ", script() + " " + part.word() + " ", ""));
  }

  private ChildProcess start(Part part, List<String> arguments) {
    Path files =
        folder
            .resolve("logs")
            .resolve("%02d-%s-%s".formatted(++started, part.word(), arguments.get(0)));
    try {
      Files.createDirectories(folder.resolve("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment =
        Files.exists(settings()) ? Map.of("LANDFALL_CONFIG", settings().toString()) : Map.of();
    ChildProcess program = ChildProcess.start(part, files, environment, arguments);
    running.push(program);
    return program;
  }

  /** Lets the broker and the API go on when this process ends. */
  List<Long> leaveRunning() {
    List<Long> left = running.stream().map(ChildProcess::pid).sorted().toList();
    running.clear();
    return left;
  }

  /** Removes everything but the table and the settings. */
  void removeTheRest() {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (!entry.equals(table()) && !entry.equals(settings())) {
          remove(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder and all that is in it. */
  static void remove(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops what still runs, the last started first; what does not stop in time is killed. */
  @Override
  public void close() {
    running.forEach(ChildProcess::terminate);
    long end = System.currentTimeMillis() + MS_TO_STOP;
    try {
      while (running.stream().anyMatch(ChildProcess::isRunning)
          && System.currentTimeMillis() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.forEach(ChildProcess::close);
    running.clear();
  }
}
