package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sandbox kafka} as a process; each start is on the same folder and port. */
public final class SandboxBroker implements Broker {

  private static final Pattern ADDRESS = Pattern.compile("ready at (127\\.0\\.0\\.1:(\\d+))");

  private final Path folder;
  private final String address;
  private final String port;
  private ChildProcess program;
  private int starts;

  /** Starts it, on a port of its own choice. */
  public SandboxBroker(Path folder) throws InterruptedException {
    this.folder = folder;
    this.program = start("0");
    Matcher ready = ADDRESS.matcher(program.output());
    assertThat(ready.find()).as(program.output()).isTrue();
    this.address = ready.group(1);
    this.port = ready.group(2);
  }

  private ChildProcess start(String onPort) throws InterruptedException {
    return ChildProcess.start(
            Part.SANDBOX,
            folder.resolve("kafka-%d".formatted(starts++)),
            Map.of(),
            List.of("kafka", "--port", onPort, "--data", folder.resolve("kafka").toString()))
        .ready();
  }

  @Override
  public String bootstrapServers() {
    return address;
  }

  /** What runs now. */
  ChildProcess program() {
    return program;
  }

  /** Starts it again once it has ended, however it did. */
  void restart() throws InterruptedException {
    program = start(port);
  }

  @Override
  public void close() {
    program.close();
  }
}
