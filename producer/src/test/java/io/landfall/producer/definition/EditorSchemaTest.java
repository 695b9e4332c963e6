package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What editors are told by a validator that is not ours, beside what the program says. */
class EditorSchemaTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(SourceSchema.text());
  private static final List<Path> SHIPPED =
      List.of(
          Path.of("..", "sources", "usgs.yaml"),
          Path.of("..", "sources", "github.yaml"),
          Path.of("..", "sandbox", "src", "main", "resources", "collection.yaml"));
  private static final String SMALL =
      """
      source: shop
      about: Orders of a shop.
      api: {url: https://shop.example/v1}
      resources:
        orders:
          reads:
            whole:
              every: 1d
              ask: {path: /orders, paging: none}
          records: /data
          key: [id]
          fields:
            id: {at: /id, type: text}
      """;

  private static List<Error> errors(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  @Example
  void whatIsShippedIsRight() throws IOException {
    assertThat(errors(SMALL)).isEmpty();
    for (Path file : SHIPPED) {
      assertThat(errors(Files.readString(file))).as("%s", file).isEmpty();
    }
  }

  /** An editor never marks what the program takes. */
  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void whatTheProgramTakesIsRight(@ForAll long seed) {
    String text = DefinitionText.of(new DefinitionsLawsTest.Writer(seed).source());
    // Numbers in quotation marks are numbers for the program; an editor may frown at them.
    String plain = text.replaceAll("\"(\\d+|true|false)\"", "$1");
    Definitions.read("drawn.yaml", plain);
    assertThat(errors(plain)).as(plain).isEmpty();
  }

  /** Nor does it pass over a key that there is not, wherever it stands. */
  @Example
  void aKeyThatThereIsNotIsMarked() throws IOException {
    int tried = 0;
    for (Path file : SHIPPED) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String key = lines.get(i).strip().replaceAll(":.*", "");
        boolean isKnown =
            SourcePage.groups().stream().anyMatch(group -> group.names().contains(key));
        boolean isName = lines.get(i).matches("  \\w.*");
        if (!isKnown || isName || lines.get(i).contains("{at")) {
          continue;
        }
        List<String> wrong = new ArrayList<>(lines);
        wrong.set(i, lines.get(i).replaceFirst(key, key + "x"));
        assertThat(errors(String.join("\n", wrong))).as("%s: %s", file, wrong.get(i)).isNotEmpty();
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(50);
  }

  /** What is wrong by its form, and not by what something else says. */
  @Example
  void aValueThatIsNoneIsMarked() {
    for (String[] wrong :
        new String[][] {
          {"about: Orders of a shop.\n", ""},
          {"paging: none", "paging: all"},
          {"paging: none", "paging: {page: p}"},
          {"path: /orders, ", ""},
          {"key: [id]", "key: id"},
          {"type: text", "type: [text]"},
          {"id: {at: /id, type: text}", "id: 5"},
          {"records: /data", "records: {object: /x}"},
          {"every: 1d\n", ""},
          {"whole:", "hole:"},
          {"api: {url: https://shop.example/v1}", "api: {auth: {baerer: x}, url: https://a.b}"},
          {"resources:", "answers-table: [yes]\nresources:"}
        }) {
      String yaml = SMALL.replace(wrong[0], wrong[1]);
      assertThat(yaml).as(wrong[0]).isNotEqualTo(SMALL);
      assertThat(Definitions.check("wrong.yaml", yaml))
          .as(wrong[1])
          .isInstanceOf(Checked.Wrong.class);
      assertThat(errors(yaml)).as(yaml).isNotEmpty();
    }
  }
}
