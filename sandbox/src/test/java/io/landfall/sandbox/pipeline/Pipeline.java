package io.landfall.sandbox.pipeline;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Guarantee;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A broker and the programs around it, all on this machine, in one folder. */
final class Pipeline implements AutoCloseable {

  private final Path folder;
  private final SimulatedApi api;
  private final String bootstrapServers;
  private final Deque<ChildProcess> started = new ArrayDeque<>();
  private ChildProcess broker;

  /** Starts the broker. */
  Pipeline(Path folder, SimulatedApi api) throws InterruptedException {
    this.folder = folder;
    this.api = api;
    this.bootstrapServers = "127.0.0.1:" + freePort();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    this.broker = startBroker();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess startBroker() throws InterruptedException {
    String port = bootstrapServers.substring(bootstrapServers.indexOf(':') + 1);
    return start(
            Part.SANDBOX,
            List.of("kafka", "--port", port, "--data", folder.resolve("kafka").toString()))
        .ready();
  }

  private ChildProcess start(Part part, List<String> arguments) {
    Path files = folder.resolve("%02d-%s".formatted(started.size(), arguments.get(0)));
    ChildProcess program = ChildProcess.start(part, files, Map.of(), arguments);
    started.push(program);
    return program;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Path table() {
    return folder.resolve("bronze");
  }

  Path replayed() {
    return folder.resolve("replayed");
  }

  /** SIGKILL, and a start on the same folder and port. */
  void killAndRestartBroker() throws InterruptedException {
    broker.kill();
    broker = startBroker();
  }

  /** Starts {@code producer VERB}. */
  ChildProcess producer(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                verb,
                "--bootstrap-servers",
                bootstrapServers,
                "--web-api-url",
                api.webApiUrl().toString(),
                "--stats-api-url",
                api.statsApiUrl().toString(),
                "--state-dir",
                folder.resolve("state").toString()));
    arguments.addAll(List.of(more));
    return start(Part.PRODUCER, arguments);
  }

  /** Starts {@code producer status}. */
  ChildProcess producerStatus() {
    return start(Part.PRODUCER, List.of("status", "--bootstrap-servers", bootstrapServers));
  }

  /** Starts {@code consumer VERB}. */
  ChildProcess consumer(String verb, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    verb,
                    "--bootstrap-servers",
                    bootstrapServers,
                    "--table",
                    table().toString(),
                    "--scratch-dir",
                    folder.resolve("scratch").toString()),
                Stream.of(more))
            .toList();
    return start(Part.CONSUMER, arguments);
  }

  /** Starts {@code consumer sql} with CSV as its output. */
  ChildProcess sql(String query) {
    return start(
        Part.CONSUMER,
        List.of(
            "sql",
            query,
            "-o",
            "csv",
            "--table",
            table().toString(),
            "--scratch-dir",
            folder.resolve("scratch").toString()));
  }

  /** Looks at everything from outside and verifies every promise. */
  Observed verify(Set<Integer> finishedGames) {
    Observed observed = Observed.at(finishedGames, bootstrapServers, table(), replayed());
    Guarantee.all().forEach(guarantee -> guarantee.verify(observed));
    return observed;
  }

  @Override
  public void close() {
    started.forEach(ChildProcess::close);
  }
}
