package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalReasonTest {

  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final String HEAD = "| reason | means |\n| --- | --- |\n";

  @Test
  void operationsListThemAll() throws IOException {
    String expected =
        Arrays.stream(RefusalReason.values())
            .map(reason -> "| `%s` | %s |\n".formatted(reason.word(), reason.meaning()))
            .collect(Collectors.joining("", HEAD, "\n"));
    String page = Files.readString(PAGE);
    String there = table(page);
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(PAGE, page.replace(there, expected));
    }
    assertThat(table(Files.readString(PAGE)))
        .as("docs/operations.md is stale: mvn -pl cli test -Dlandfall.docs.write=true")
        .isEqualTo(expected);
  }

  private static String table(String page) {
    int from = page.indexOf(HEAD);
    return page.substring(from, page.indexOf("\n\n", from) + 2);
  }

  @ParameterizedTest
  @EnumSource
  void wordsAreWords(RefusalReason reason) {
    assertThat(reason.word()).matches("[a-z]+(-[a-z]+)*");
    assertThat(reason.meaning()).doesNotEndWith(".");
  }
}
