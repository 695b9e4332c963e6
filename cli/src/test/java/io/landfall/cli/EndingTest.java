package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a command throws, declared or not, is told and becomes the right exit code. */
class EndingTest {

  private static final ExitCode UNAVAILABLE = ExitCode.UNAVAILABLE;

  /** A command that ends like Scala's code: with any throwable, declared or not. */
  private record Failing(Throwable failure) implements Command {
    @Override
    public String name() {
      return "fail";
    }

    @Override
    public String description() {
      return "Fails.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      throw undeclared(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the trick
    private static <T extends Throwable> RuntimeException undeclared(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private ExitCode run(Throwable failure) {
    return new Program("landfall test", "Tests.", List.of(new Failing(failure)))
        .run(
            Map.of(),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "fail");
  }

  private String err() {
    return err.toString(UTF_8);
  }

  private void assertEnds(String... words) {
    assertThat(err())
        .contains("landfall test fail: ")
        .contains(words)
        .doesNotContain("\tat ", "Exception", "signal");
  }

  @Test
  void refusalEndsWithItsReason() {
    Refusal refusal =
        new Refusal(RefusalReason.TOPIC_RECREATED, "It is another.", "Rows.", "Run: x");

    assertThat(run(new IllegalStateException(refusal.exception()))).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "landfall test fail: It is another. Rows. Nothing was written. Run: x",
            "landfall test fail: reason: topic-recreated");
  }

  @Test
  void aCheckedExceptionThatNothingDeclaresIsTold() {
    assertThat(run(new IOException("java.io.IOException: the pipe is broken")))
        .isEqualTo(UNAVAILABLE);
    assertEnds("the pipe is broken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Job aborted: java.io.IOException: No space left on device",
        "While appending to file: /data/t/000012.log: No space left on device"
      })
  void aFullDiskIsTold(String words) {
    assertThat(run(new IllegalStateException("a task failed", new RuntimeException(words))))
        .isEqualTo(UNAVAILABLE);
    assertEnds("the disk is full", "Make room");
  }

  @Test
  void aFullDiskIsToldWithItsFile() {
    assertThat(
            run(
                new UncheckedIOException(
                    new FileSystemException("/data/t", null, "No space left on device"))))
        .isEqualTo(UNAVAILABLE);
    assertEnds("/data/t: the disk is full");
  }

  @Test
  void aMissingPermissionIsTold() {
    assertThat(run(new UncheckedIOException(new AccessDeniedException("/data/t"))))
        .isEqualTo(UNAVAILABLE);
    assertEnds("/data/t: permission is missing");
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() {
    assertThat(run(new IOException("Mkdirs failed to create file:/proc/xx/t (exists=false)")))
        .isEqualTo(UNAVAILABLE);
    assertEnds("/proc/xx/t: the folder cannot be made");
  }

  @Test
  void aWrappedStopIsThatStop() {
    assertThat(run(new ExecutionException(LandfallException.refused("Not like this."))))
        .isEqualTo(ExitCode.REFUSED);
    assertEnds("Not like this.");
  }

  static Stream<Throwable> whatAnInterruptBecomes() {
    return Stream.of(
        new InterruptedException(),
        new NoClassDefFoundError("org/example/Late"),
        LandfallException.unavailable("The table cannot be read", new InterruptedIOException()),
        LandfallException.refused(
            "No table",
            new UncheckedIOException(new IOException(new ClosedByInterruptException()))),
        new ExecutionException(
            LandfallException.usage("No such folder", new InterruptedException())),
        LandfallException.unavailable("Kafka does not answer", new InterruptException("Sleeping")));
  }

  @ParameterizedTest
  @MethodSource("whatAnInterruptBecomes")
  void onceToldToStopAnInterruptIsTheEndWhateverALibraryMadeOfIt(Throwable failure) {
    Ending ending = Ending.ofStopping(failure, other -> Optional.empty());
    assertThat(ending.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(ending.message()).contains("stopped before it was done");
  }

  @Test
  void onceToldToStopAStopThatHasAnotherCauseIsStillTold() {
    for (LandfallException stop :
        List.of(
            LandfallException.refused("Rows would come twice"),
            LandfallException.unavailable(
                "Kafka does not answer", new SocketTimeoutException("Read")))) {
      assertThat(Ending.ofStopping(stop, other -> Optional.empty()))
          .isEqualTo(new Ending(stop.exitCode(), String.valueOf(stop.getMessage())));
    }
  }

  @Test
  void aSettingThatKafkaDoesNotTakeIsTold() {
    assertThat(run(new KafkaException(new ConfigException("linger.ms", "x", "not a number"))))
        .isEqualTo(ExitCode.USAGE);
    assertEnds("linger.ms");
  }

  @Test
  void aBrokerThatWentAwayIsTold() {
    assertThat(run(new TimeoutException("the broker is gone"))).isEqualTo(UNAVAILABLE);
    assertEnds("the broker is gone");
  }

  @Test
  void memoryThatIsUsedUpIsTold() {
    assertThat(run(new OutOfMemoryError("Java heap space"))).isEqualTo(UNAVAILABLE);
    assertEnds("LANDFALL_JAVA_OPTS");
  }

  @Test
  void whatIsKnownOfALibraryIsAsked() {
    Program program =
        new Program("landfall test", "Tests.", List.of(new Failing(new Exception("odd"))))
            .explaining(failure -> Optional.of(LandfallException.refused("It is odd.")));
    ExitCode code =
        program.run(
            Map.of(),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "fail");
    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertEnds("It is odd.");
  }

  @Test
  void aBugPrintsItsTraceAndWhereToReportIt() {
    for (Throwable bug :
        List.of(
            new IllegalStateException("cannot be"),
            new Exception("checked"),
            new StackOverflowError(),
            new InterruptedException("by nobody's signal"),
            new NoClassDefFoundError("gone"))) {
      err.reset();
      assertThat(run(bug)).isEqualTo(ExitCode.BUG);
      assertThat(err())
          .contains(bug.getClass().getName(), "    at ", "this is a bug", "CONTRIBUTING.md")
          .doesNotContain("signal before", "stopped");
    }
  }

  @Test
  void aTraceCannotForgeALine() {
    run(new IllegalStateException("x\nlandfall test fail: all is well\u001b[2J"));
    assertThat(err().lines())
        .doesNotContain("landfall test fail: all is well")
        .noneMatch(line -> line.indexOf('\u001b') >= 0);
  }

  @Test
  void whereSomethingCanBeWrittenNothingIsLeftBehind() {
    StorageFailure.requireWritable("--table", folder.resolve("a/b/c"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void programsThatStartTogetherDoNotTakeTheFolderFromOneAnother() throws Exception {
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (int program = 0; program < 4; program++) {
      starts.add(
          CompletableFuture.runAsync(
              () -> {
                for (int start = 0; start < 500; start++) {
                  StorageFailure.requireWritable("--table", folder.resolve("a/b/c"));
                }
              }));
    }
    for (CompletableFuture<Void> start : starts) {
      start.get();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlaceThatNoFolderCanHaveIsTold() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    for (Path path : List.of(link, link.resolve("t"), folder.resolve("x".repeat(300)))) {
      Throwable stop =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> StorageFailure.requireWritable("--table", path));
      assertThat(stop).hasMessageContaining("--table " + path + " cannot be used");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/xx/t", "/dev/null/t", "/dev/null"})
  void whereNothingCanBeWrittenIsTold(String path) {
    Throwable stop =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> StorageFailure.requireWritable("--table", Path.of(path)));
    assertThat(stop).isInstanceOf(LandfallException.class);
    assertThat(((LandfallException) stop).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(stop).hasMessageContaining("--table " + path).message().doesNotContain("Exception");
  }

  @Test
  void aFileInPlaceOfAFolderIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Throwable stop =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> StorageFailure.requireWritable("--table", file));
    assertThat(stop).hasMessageContaining("a file is where a folder should be");
  }
}
