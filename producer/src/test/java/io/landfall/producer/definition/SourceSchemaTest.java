package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** What an editor says of a source's file, against what {@code source check} says of it. */
class SourceSchemaTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Resolver YAML = new Resolver();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(SourceSchema.text());

  private static final String SMALL =
      """
      source: shop
      about: Orders of a shop.
      api:
        url: https://shop.example.org/v1
        in-flight: 2
        timeout: 20s
        answers: {404: gone}
      resources:
        orders:
          reads:
            changes:
              every: 1d
              from: 2026-01-01
              cursor: {at: /updated, as: iso}
              order: none
              lag: 1m
              ask:
                path: /orders
                query: {since: "{since}"}
                paging: none
          records: /data
          key: [id]
          keep-record: none
          fields:
            id: {at: /id, type: text}
            total: {at: /total, type: "decimal(10,2)"}
      """;

  /** A file as an editor has it: a value is what YAML makes of it without quotation marks. */
  private static JsonNode inAnEditor(String text) {
    Problems problems = new Problems("edited.yaml");
    return json(YamlText.read(text, problems).orElseThrow());
  }

  private static JsonNode json(Node node) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      for (NodeTuple entry : mapping.getValue()) {
        object.set(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(element -> array.add(json(element)));
      return array;
    }
    String value = ((ScalarNode) node).getValue();
    Tag tag = YAML.resolve(NodeId.scalar, value, true);
    if (tag.equals(Tag.INT) && value.matches("-?\\d{1,18}")) {
      return JSON.numberNode(Long.parseLong(value));
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(value.matches("(?i)true|yes|on"));
    }
    return JSON.textNode(value);
  }

  private static List<Error> errors(JsonNode file) {
    return SCHEMA.validate(file);
  }

  private static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "sources"))) {
      List<Path> all =
          new ArrayList<>(files.filter(file -> file.toString().endsWith(".yaml")).toList());
      all.add(Path.of("..", "sandbox", "src", "main", "resources", "collection.yaml"));
      return all.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void anEditorAcceptsWhatIsShipped(Path file) throws IOException {
    assertThat(errors(inAnEditor(Files.readString(file)))).as("%s", file).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void eachDeclaredKeyIsInTheSchema(Group<?> group) throws IOException {
    JsonNode definition =
        new JsonMapper().readTree(SourceSchema.text()).path("definitions").path(group.name());
    assertThat(definition.path("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(group.names());
    assertThat(definition.path("additionalProperties").isBoolean()).isTrue();
  }

  private static Stream<Group<?>> groups() {
    return SourcePage.groups().stream().map(group -> group);
  }

  /** What only one line is wrong with, and what both say of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source: shop | source: Shop",
        "source: shop | source: [shop]",
        "about: Orders of a shop. | abuot: Orders of a shop.",
        "about: Orders of a shop. | about: [Orders]",
        "timeout: 20s | headers: {X Y: z}",
        "  orders: |   Orders:",
        "total: {at: /total, | to-tal: {at: /total,",
        "url: https://shop.example.org/v1 | uri: https://shop.example.org/v1",
        "in-flight: 2 | in-flight: two",
        "in-flight: 2 | in-flight: 0",
        "in-flight: 2 | in-flight: 101",
        "timeout: 20s | timeout: 20 seconds",
        "timeout: 20s | budget: 1 a second",
        "timeout: 20s | budget: 1/sec",
        "timeout: 20s | auth: {bearer: [x]}",
        "timeout: 20s | auth: {token: x}",
        "timeout: 20s | limits: {remaining: x-left}",
        "answers: {404: gone} | answers: {404: lost}",
        "answers: {404: gone} | answers: [gone]",
        "changes: | change:",
        "every: 1d | every: daily",
        "cursor: {at: /updated, as: iso} | cursor: {as: iso}",
        "cursor: {at: /updated, as: iso} | cursor: {at: /updated, as: text}",
        "order: none | order: descending",
        "path: /orders | paths: /orders",
        "paging: none | paging: all",
        "paging: none | paging: {page: page}",
        "paging: none | paging: {link: /next, at-most: 0}",
        "paging: none | same-but-for: [/x]",
        "records: /data | records: {object: /data}",
        "records: /data | recrods: /data",
        "key: [id] | key: id",
        "keep-record: none | keep-record: json",
        "id: {at: /id, type: text} | id: {at: /id}",
        "id: {at: /id, type: text} | id: {at: /id, type: string}",
        "id: {at: /id, type: text} | id: {at: /id, type: text, as: text}",
        "id: {at: /id, type: text} | id: {at: /id, type: text, docs: x}",
        "id: {at: /id, type: text} | id: {at: /id, type: text, retired: maybe}",
        "id: {at: /id, type: text} | id: /id",
      })
  void bothRefuse(String of, String instead) {
    assertThat(SMALL).contains(of);
    assertThat(errors(inAnEditor(SMALL))).isEmpty();
    assertThat(Definitions.check("shop.yaml", SMALL)).isInstanceOf(Checked.Right.class);
    String wrong = SMALL.replace(of, instead);
    assertThat(Definitions.check("shop.yaml", wrong)).isInstanceOf(Checked.Wrong.class);
    assertThat(errors(inAnEditor(wrong))).as(instead).isNotEmpty();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void whatTheCheckAcceptsAnEditorAccepts(@ForAll long seed) {
    String text = DefinitionText.of(new DefinitionsLawsTest.Writer(seed).source());
    assertThat(Definitions.check("drawn.yaml", text)).isInstanceOf(Checked.Right.class);
    assertThat(errors(inAnEditor(text))).as(text).isEmpty();
  }

  /** Wherever the check knows no such key, an editor marks it. */
  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void aKeyThatThereIsNotIsMarked(@ForAll long seed) {
    Random random = new Random(seed);
    String text = DefinitionText.of(new DefinitionsLawsTest.Writer(seed).source());
    List<String> keys = new ArrayList<>();
    SourcePage.groups().forEach(group -> keys.addAll(group.names()));
    List<String> there =
        keys.stream().distinct().filter(key -> text.contains("\"" + key + "\": ")).toList();
    String key = there.get(random.nextInt(there.size()));
    String misspelt = text.replaceFirst("\"" + key + "\": ", "\"" + key + "-x\": ");
    boolean unknown =
        Definitions.check("drawn.yaml", misspelt) instanceof Checked.Wrong wrong
            && wrong.problems().stream().anyMatch(one -> one.message().contains("no such key"));
    if (unknown) {
      assertThat(errors(inAnEditor(misspelt))).as(misspelt).isNotEmpty();
    }
  }
}
