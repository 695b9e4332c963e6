package io.landfall.schemas.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  private static final Path SOURCES = Path.of("src/test/java/io/landfall/schemas/example");

  @Test
  void theConsumerInTheReadmeIsTheOneThatIsCompiled() throws IOException {
    String source = Files.readString(SOURCES.resolve("PrintRows.java"));
    String readme = Files.readString(Path.of("README.md"));
    String shown = readme.substring(readme.indexOf("```java\n") + 8, readme.lastIndexOf("```"));
    assertThat(source).endsWith(shown);
    assertThat(shown.lines().filter(line -> !line.isBlank()).count()).isLessThan(30);
  }
}
