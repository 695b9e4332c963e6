package io.landfall.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.recorded.RecordedTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuakesStoryTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.yaml"), text);
  }

  @Test
  void whatIsRecordedCanBePlayed() {
    assertThat(QuakesStory.problem(ChildProcess.home().resolve("sources/usgs.yaml"))).isEmpty();
  }

  @Test
  void whatIsNotRecordedIsSaid() throws IOException {
    assertThat(QuakesStory.problem(ChildProcess.home().resolve("sources/github.yaml")))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .contains(
                        "describes https://api.github.com,",
                        "https://earthquake.usgs.gov/fdsnws/event/1 alone",
                        "sources/usgs.yaml"));
    assertThat(QuakesStory.problem(file("source: x\n")))
        .hasValueSatisfying(problem -> assertThat(problem).contains("describes no api.url"));
    assertThat(QuakesStory.problem(folder.resolve("none.yaml")))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("there is no file"));
  }

  /** What each step of the shipped recording brings, counted by hand in its snapshots. */
  @Test
  void whatTheStepsBring() throws Exception {
    try (RecordedTraffic recording = RecordedTraffic.shipped().start(0)) {
      RecordedQuakes quakes =
          new RecordedQuakes(recording.earthquakesUrl(), "starttime=2025-05-10&endtime=2025-05-13");
      assertThat(quakes.look()).isEqualTo(new RecordedQuakes.Step(230, 0, 0));
      quakes.step();
      assertThat(quakes.look()).isEqualTo(new RecordedQuakes.Step(13, 5, 0));
      quakes.step();
      assertThat(quakes.look()).isEqualTo(new RecordedQuakes.Step(81, 37, 0));
      quakes.step();
      assertThat(quakes.look()).isEqualTo(new RecordedQuakes.Step(18, 6, 1));
      assertThat(quakes.look().rows()).isZero();
    }
  }
}
