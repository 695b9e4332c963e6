package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops that the README shows are those of the code. */
class ReadmeTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "0, producer/src/main/java/io/landfall/producer/fetch/FetchRun.java",
    "1, consumer/src/main/java/io/landfall/consumer/ingest/Ingest.java"
  })
  void theLoopIsTheCodes(int loop, Path file) throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String shown = JAVA.matcher(readme).results().toList().get(loop).group(1);
    assertThat(words(Files.readString(Path.of("..").resolve(file)))).contains(words(shown));
  }

  private static String words(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
