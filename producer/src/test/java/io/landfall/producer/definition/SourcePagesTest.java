package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made of the keys: the page in docs and the schema for editors. */
class SourcePagesTest {

  private static final Path PAGE = Path.of("..", "docs", "sources.md");
  private static final Path SCHEMA = Path.of("..", "sources", "source.schema.json");

  @Test
  void thePageInDocsIsWhatTheKeysSay() throws IOException {
    same(PAGE, SourcePage.text());
  }

  @Test
  void theSchemaForEditorsIsWhatTheKeysSay() throws IOException {
    same(SCHEMA, SourceSchema.text());
  }

  private static void same(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s is stale: mvn -pl producer test -Dlandfall.docs.write=true", file)
        .isEqualTo(expected);
  }

  @Test
  void theSchemaRefersToNothingThatItLacks() throws IOException {
    JsonNode schema = new JsonMapper().readTree(SourceSchema.text());
    schema
        .findValuesAsText("$ref")
        .forEach(
            reference ->
                assertThat(schema.at(reference.substring(1)).isObject()).as(reference).isTrue());
  }

  @Test
  void eachGroupHasANameOfItsOwnAndEachKeyOneInItsGroup() {
    Set<String> names = new HashSet<>();
    for (Group<?> group : SourcePage.groups()) {
      assertThat(names.add(group.name())).as(group.name()).isTrue();
      assertThat(group.names()).as(group.name()).doesNotHaveDuplicates();
    }
  }

  @Test
  void eachExampleIsReadByItsOwnKey() {
    for (Group<?> group : SourcePage.groups()) {
      for (Key<?> key : group.keys()) {
        if (key.example().contains("…")) {
          continue;
        }
        Problems problems = new Problems("example");
        YamlText.read(key.example(), problems)
            .ifPresent(node -> key.form().read(node, KeyPath.ROOT, problems));
        assertThat(problems.all()).as("%s of %s", key.name(), group.name()).isEmpty();
      }
    }
  }
}
