package io.landfall.consumer.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a listing of a log tells, whatever the log has been through. */
class LogFilesTest {

  private static final OptionalLong NONE = OptionalLong.empty();

  /** A log as Delta keeps it: cleaned up to its checkpoint, or not. */
  private static Map<String, Long> log(int first, int checkpoint, int newest) {
    Map<String, Long> files = new TreeMap<>();
    for (int version = first; version <= newest; version++) {
      files.put(commit(version), 100L);
      files.put("%020d.crc".formatted(version), 50L);
    }
    if (checkpoint >= 0) {
      files.put("%020d.checkpoint.parquet".formatted(checkpoint), 1_000L);
    }
    files.put("_last_checkpoint", 80L);
    files.put(".s3-optimization-0", 0L);
    return files;
  }

  private static String commit(int version) {
    return "%020d.json".formatted(version);
  }

  @Property
  void wholeLogHasNoProblem(
      @ForAll @IntRange(max = 120) int newest, @ForAll @IntRange(max = 120) int cut) {
    assertThat(LogFiles.problems(log(0, -1, newest), NONE)).isEmpty();
    int checkpoint = Math.min(cut, newest);
    assertThat(LogFiles.problems(log(0, checkpoint, newest), OptionalLong.of(checkpoint)))
        .isEmpty();
    assertThat(LogFiles.problems(log(checkpoint, checkpoint, newest), NONE)).isEmpty();
  }

  @Property
  void whateverReadersNeedIsMissedOrFoundEmpty(@ForAll long seed) {
    Random random = new Random(seed);
    int newest = random.nextInt(100);
    int checkpoint = random.nextInt(newest + 1) - (random.nextInt(3) == 0 ? newest + 1 : 0);
    Map<String, Long> files = log(0, Math.max(-1, checkpoint), newest);
    OptionalLong named = checkpoint >= 0 ? OptionalLong.of(checkpoint) : NONE;
    List<String> needed = new ArrayList<>();
    for (int version = Math.max(0, Math.min(checkpoint + 1, newest));
        version <= newest;
        version++) {
      needed.add(commit(version));
    }
    if (checkpoint >= 0) {
      needed.add("%020d.checkpoint.parquet".formatted(checkpoint));
    }
    String hit = needed.get(random.nextInt(needed.size()));

    files.put(hit, 0L);
    assertThat(LogFiles.problems(files, named)).containsExactly(hit + " is empty");
    files.remove(hit);
    assertThat(LogFiles.problems(files, named))
        .as("without %s", hit)
        .containsExactly(
            hit.contains("checkpoint")
                ? "the checkpoint of version %d is missing".formatted(checkpoint)
                : hit + " is missing");
  }

  @Test
  void newestCommitsAreMissedThoughTheRestIsWhole() {
    Map<String, Long> files = log(0, -1, 7);
    files.remove(commit(6));
    files.remove(commit(7));

    assertThat(LogFiles.problems(files, NONE))
        .containsExactly(commit(6) + " is missing", commit(7) + " is missing");
  }

  @Test
  void checkpointThatTheLogRestsOnIsMissed() {
    Map<String, Long> files = log(4, -1, 6);

    assertThat(LogFiles.problems(files, NONE))
        .contains(commit(0) + " is missing", commit(3) + " is missing")
        .hasSize(4);
  }

  @Test
  void checkpointInPartsCountsWhenAllAreThere() {
    Map<String, Long> files = log(5, -1, 6);
    files.put("%020d.checkpoint.%010d.%010d.parquet".formatted(5, 1, 2), 10L);
    assertThat(LogFiles.problems(files, NONE)).hasSize(5);

    files.put("%020d.checkpoint.%010d.%010d.parquet".formatted(5, 2, 2), 10L);
    assertThat(LogFiles.problems(files, NONE)).isEmpty();
    assertThat(LogFiles.problems(files, OptionalLong.of(5))).isEmpty();
  }

  @Test
  void checkpointWithANameOfItsOwnCounts() {
    Map<String, Long> files = log(5, -1, 6);
    files.put("%020d.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json".formatted(5), 10L);

    assertThat(LogFiles.problems(files, OptionalLong.of(5))).isEmpty();
  }

  @Test
  void folderWithoutALogHasNoProblem() {
    assertThat(LogFiles.problems(Map.of(), NONE)).isEmpty();
  }
}
