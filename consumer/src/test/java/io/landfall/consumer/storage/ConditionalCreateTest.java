package io.landfall.consumer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.storage.ScriptedFileSystem.Answer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalCreateTest {

  private static final String OURS = "{\"commitInfo\":{\"txnId\":\"ours\"}}\n";

  @TempDir private java.nio.file.Path folder;
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void createsWhatIsNotThere() throws Exception {
    create(new ScriptedFileSystem());

    assertThat(stored()).isEqualTo(OURS);
    assertThat(pauses).isEmpty();
  }

  @Test
  void whatAnotherCreatedIsAConflictAndStays() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem(Answer.ANOTHER_COMES_FIRST);

    assertThatThrownBy(() -> create(files))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("00000000000000000007.json")
        .hasRootCauseMessage("`" + commit() + "': 412 PreconditionFailed");
    assertThat(stored()).isEqualTo(ScriptedFileSystem.OF_ANOTHER);
    assertThat(files.requests()).isEqualTo(1);
  }

  @Test
  void ownCommitWhoseAnswerWasLostIsOurs() throws Exception {
    create(new ScriptedFileSystem(Answer.ANSWER_LOST));

    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void ownCommitThatTheClientTriedTwiceIsOurs() throws Exception {
    ScriptedFileSystem files =
        new ScriptedFileSystem(Answer.ANSWER_LOST_AND_TRIED_AGAIN_BY_THE_CLIENT);
    create(files);

    assertThat(stored()).isEqualTo(OURS);
    assertThat(files.requests()).isEqualTo(1);
  }

  @Test
  void conflictOfRequestsIsTriedAgain() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem(Answer.CONFLICT_409, Answer.CONFLICT_409);
    create(files);

    assertThat(stored()).isEqualTo(OURS);
    assertThat(files.requests()).isEqualTo(3);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void conflictOfRequestsThatAnotherWonIsAConflict() throws Exception {
    assertThatThrownBy(() -> create(new ScriptedFileSystem(Answer.CONFLICT_409_WHICH_ANOTHER_WINS)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(stored()).isEqualTo(ScriptedFileSystem.OF_ANOTHER);
  }

  @Test
  void givesUpAfterSomeTriesWithTheStoragesOwnWords() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem().always(Answer.UNREACHABLE);

    assertThatThrownBy(() -> create(files))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no route to host");
    assertThat(files.requests()).isEqualTo(6);
    assertThat(pauses).hasSize(5).isSorted();
  }

  @Test
  void whatIsDeniedIsNotTriedAgain() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem(Answer.DENIED);

    assertThatThrownBy(() -> create(files)).isInstanceOf(java.nio.file.AccessDeniedException.class);
    assertThat(files.requests()).isEqualTo(1);
  }

  @Test
  void interruptedPauseEndsInTheFailureAndKeepsTheInterrupt() throws Exception {
    ConditionalCreate create =
        new ConditionalCreate(
            new ScriptedFileSystem(Answer.CONFLICT_409),
            time -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> create.create(commit(), OURS.getBytes(UTF_8)))
        .hasMessageContaining("409");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void probeLetsStorageThroughThatRefusesTheSecondAndLeavesNothing() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem();

    assertThatCode(() -> ConditionalCreateProbe.require(files, commit().getParent()))
        .doesNotThrowAnyException();
    ConditionalCreateProbe.require(files, commit().getParent());

    assertThat(files.requests()).as("asked once").isEqualTo(2);
    assertThat(folder).isDirectoryNotContaining(path -> !path.toString().endsWith(".crc"));
  }

  @Test
  void probeRefusesStorageThatIgnoresTheCondition() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem().always(Answer.IGNORES_THE_CONDITION);

    assertThatThrownBy(() -> ConditionalCreateProbe.require(files, commit().getParent()))
        .isInstanceOf(UnsafeStorageException.class)
        .hasMessageContaining("ignores If-None-Match")
        .hasMessageContaining("Nothing was written to the table");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void probeRefusesAFileSystemThatKnowsNoCondition() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem().always(Answer.UNKNOWN_OPTION);

    assertThatThrownBy(() -> ConditionalCreateProbe.require(files, commit().getParent()))
        .isInstanceOf(UnsafeStorageException.class)
        .hasMessageContaining("has no conditional create (Hadoop ")
        .hasMessageContaining("Unknown mandatory key");
  }

  @Test
  void probeThatFailedIsNoProof() throws Exception {
    ScriptedFileSystem files = new ScriptedFileSystem(Answer.HONEST, Answer.UNREACHABLE);

    assertThatThrownBy(() -> ConditionalCreateProbe.require(files, commit().getParent()))
        .isNotInstanceOf(UnsafeStorageException.class)
        .hasMessage("no route to host");
    ConditionalCreateProbe.require(files, commit().getParent());
    assertThat(files.requests()).as("asked again").isEqualTo(4);
  }

  private void create(ScriptedFileSystem files) throws IOException {
    new ConditionalCreate(files, pauses::add).create(commit(), OURS.getBytes(UTF_8));
  }

  private Path commit() {
    return new Path(folder.toUri().getPath(), "00000000000000000007.json");
  }

  private String stored() throws IOException {
    return Files.readString(folder.resolve("00000000000000000007.json"));
  }
}
