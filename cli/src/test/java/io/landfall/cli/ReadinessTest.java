package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A command that gets ready and ends, with a look at each state. */
  private record Service(Consumer<Readiness> life) implements Command {
    @Override
    public String name() {
      return "serve";
    }

    @Override
    public String description() {
      return "Serves.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(LandfallSettings.READY_FILE);
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      try (Readiness ready = Readiness.notYet(this, settings, out)) {
        life.accept(ready);
      }
      return ExitCode.OK;
    }
  }

  private ExitCode run(Consumer<Readiness> life, String... flags) {
    String[] args = new String[flags.length + 1];
    args[0] = "serve";
    System.arraycopy(flags, 0, args, 1, flags.length);
    return new Program("landfall test", "Tests.", List.of(new Service(life)))
        .run(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void theFileIsThereFromReadyToTheEndAndNoLonger() throws IOException {
    Path file = Files.createFile(folder.resolve("left-behind-by-a-killed-process"));
    ExitCode code =
        run(
            ready -> {
              assertThat(file).doesNotExist();
              ready.announce();
              assertThat(file).exists();
            },
            "--ready-file",
            file.toString());
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(file).doesNotExist();
  }

  @Test
  void readyIsSaidOnce() {
    run(
        ready -> {
          ready.announce();
          ready.announce();
        });
    assertThat(out.toString(UTF_8)).isEqualTo("serve: ready" + System.lineSeparator());
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    Path file = folder.resolve("no-such-folder").resolve("ready");
    assertThat(run(Readiness::announce, "--ready-file", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("--ready-file " + file, "folder that exists");
  }
}
