package io.landfall.consumer.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The last part of docs/columns.md says what {@link SystemColumn} says; the rest is producer's. */
class ColumnsPageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/columns.md");

  private static final String TITLE = "\n## Columns that the consumer adds\n";

  private static final String HEAD =
      TITLE
          + """

          Where a row came from. None is ever null.

          | column | type | meaning |
          |---|---|---|
          """;

  @Test
  void pageEndsWithTheConsumersColumns() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(TITLE);
    if (System.getProperty("docs.write") != null) {
      page = (from < 0 ? page : page.substring(0, from)) + columns();
      Files.writeString(PAGE, page);
      from = page.indexOf(TITLE);
    }
    assertThat(from).as("the title in docs/columns.md").isNotNegative();
    assertThat(page.substring(from))
        .as(
            "docs/columns.md is stale: write it anew with mvn -pl consumer -am test"
                + " -Dtest=ColumnsPageTest -Ddocs.write -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(columns());
  }

  private static String columns() {
    StringBuilder rows = new StringBuilder(HEAD);
    for (SystemColumn column : SystemColumn.values()) {
      rows.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  column.column(),
                  column.field().dataType().typeName(),
                  column.field().getComment().get()));
    }
    return rows.toString();
  }
}
