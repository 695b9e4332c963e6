package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build check finds each kind of change that somebody could not bear. */
class SchemaEvolutionTest {

  private static final String FIELDS =
      """
      {"name": "station", "type": "string"},
      {"name": "gusts", "type": ["null", "int"], "default": null},
      {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"], "default": "A"}},
      {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
      {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}
      """;

  private static final Schema OLDER = schema(FIELDS);

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"Reading\", \"fields\": [" + fields + "]}");
  }

  @Test
  void newOptionalFieldsAnywhereAndFurtherSymbolsAreFine() {
    Schema newer =
        schema(
            """
            {"name": "humidity", "type": ["null", "double"], "default": null},
            """
                + FIELDS.replace("\"B\"]", "\"B\", \"C\"]"));

    assertThat(SchemaEvolution.problemsOfRows(OLDER, newer)).isEmpty();
    assertThat(SchemaEvolution.problemsOfRows(OLDER, OLDER)).isEmpty();
  }

  /** What is replaced, what by, and a word of what is told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"name\": \"station\", \"type\": \"string\"},||station is gone",
        "\"name\": \"station\"|\"name\": \"place\", \"aliases\": [\"station\"]|station is gone",
        "\"name\": \"station\", \"type\": \"string\"|\"name\": \"station\", \"type\": [\"string\", \"null\"]|becomes optional",
        "[\"null\", \"int\"], \"default\": null|\"int\"|no longer optional",
        "[\"null\", \"int\"]|[\"null\", \"long\"]|was INT and is LONG",
        "\"name\": \"station\", \"type\": \"string\"|\"name\": \"station\", \"type\": \"bytes\"|was STRING and is BYTES",
        "\"station\", \"type\": \"string\"|\"station\", \"type\": \"int\"|cannot be read",
        "[\"A\", \"B\"]|[\"A\"]|loses symbols",
        "timestamp-millis|timestamp-micros|/at was timestamp-millis",
        ", \"logicalType\": \"timestamp-millis\"||/at was timestamp-millis",
        "\"scale\": 2|\"scale\": 3|/price was decimal(9,2)",
        "\"precision\": 9|\"precision\": 11|/price was decimal(9,2)",
        "[\"null\", \"int\"], \"default\": null|[\"int\", \"null\"], \"default\": 7|another default",
      })
  void changeOfEachKindIsFound(String was, String is, String told) {
    assertThat(FIELDS).contains(was);
    Schema newer = schema(FIELDS.replace(was, is == null ? "" : is));

    assertThat(SchemaEvolution.problemsOfRows(OLDER, newer))
        .anyMatch(problem -> problem.contains(told));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"type\": \"int\"",
        "\"type\": \"int\", \"default\": 7",
        "\"type\": [\"int\", \"null\"], \"default\": 7",
        "\"type\": [\"null\", \"int\"]",
      })
  void newFieldThatOlderRowsHaveNoNullForIsFound(String type) {
    Schema newer = schema("{\"name\": \"humidity\", " + type + "}, " + FIELDS);

    assertThat(SchemaEvolution.problemsOfRows(OLDER, newer))
        .anyMatch(problem -> problem.contains("humidity is new"));
  }

  /** Deep in a record that is no row. */
  @Test
  void changeOfMeaningIsFoundAnywhere() {
    String nested =
        "{\"name\": \"list\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"Part\", \"fields\": [%s]}}}"
            .formatted("{\"name\": \"at\", \"type\": [\"null\", {\"type\": \"long\"%s}]}");

    assertThat(
            SchemaEvolution.problemsOfRecords(
                schema(nested.formatted(", \"logicalType\": \"timestamp-millis\"")),
                schema(nested.formatted(", \"logicalType\": \"timestamp-micros\""))))
        .containsExactly("/list[]/at was timestamp-millis and is timestamp-micros");
  }
}
