package io.landfall.producer.record;

import static io.landfall.producer.record.Resources.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRowsTest {

  private static final Item ITEM =
      new Item(
          "things/2025-01-01/1d",
          LocalDate.of(2025, 1, 1),
          LocalDate.of(2025, 1, 1),
          "things",
          ItemState.AVAILABLE,
          Map.of("resource", "things", "for.repo", "a/b", "item.number", "12"));

  private final List<String> problems = new ArrayList<>();

  private List<ShapedRecords.Row> rows(ResourceDefinition resource, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<ShapedRecords.Row> rows = new ArrayList<>();
    try {
      RecordRows.Answer answer =
          new RecordRows(resource, Resources.schema(resource), (column, value) -> {})
              .of(ITEM, "page-1", "5ha", bytes);
      new RecordReader(resource.records())
          .read(bytes)
          .forEach(record -> answer.add(record, rows, problems));
    } catch (UnusableBody e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  private static ResourceDefinition one(FieldDefinition field) {
    return Resources.things(List.of("id"), field("id", Kind.LONG), field);
  }

  private GenericRecord row(FieldDefinition field, String value) {
    return rows(one(field), "[{\"id\":1,\"v\":" + value + "}]").get(0).row();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "TEXT | \"ü\" | ü",
        "TEXT | 12 | 12",
        "TEXT | true | true",
        "INT | 12 | 12",
        "INT | 12.0 | 12",
        "INT | 1.2e1 | 12",
        "INT | 2147483647 | 2147483647",
        "LONG | 9223372036854775807 | 9223372036854775807",
        "DOUBLE | 1.5 | 1.5",
        "DOUBLE | 2 | 2.0",
        "BOOLEAN | false | false",
        "JSON | {\"a\": [1.10]} | {\"a\":[1.10]}",
        "JSON | \"x\" | \"x\"",
        "TIMESTAMP | \"2025-01-01T00:00:00Z\" | 1735689600000000",
        "TIMESTAMP | \"2025-01-01T01:00:00.1234567+01:00\" | 1735689600123456",
        "TIMESTAMP | \"2025-01-01T01:00:00.000+0100\" | 1735689600000000",
        "TIMESTAMP | \"1969-12-31T23:59:59.999999Z\" | -1",
        "DATE | \"2025-01-01\" | 20089"
      })
  void aValueThatFitsIsTheColumns(Kind kind, String json, String value) {
    GenericRecord row = row(field("v", kind), json);
    assertThat(row.get("v")).hasToString(value);
    assertThat(row.get("_coverage")).isEqualTo("complete");
    assertThat(GenericData.get().validate(row.getSchema(), completed(row))).isTrue();
  }

  /** JSON can write it and UTF-8 cannot: two that differ would be the same. */
  @Test
  void halfACharacterIsNoText() {
    assertThat(row(field("v", Kind.TEXT), "\"\\ud83d\\ude00\"").get("v")).isEqualTo("\ud83d\ude00");
    for (String half : List.of("\"\\ud83d\"", "\"a\\ude00b\"", "\"\\ude00\\ud83d\"")) {
      GenericRecord row = row(field("v", Kind.TEXT), half);
      assertThat(row.get("v")).isNull();
      assertThat(row.get("_coverage").toString()).startsWith("without v");
      assertThat(row.get("_record").toString()).contains(half);
      assertThat(row(field("v", Kind.JSON), "[" + half + "]").get("v")).isNull();
      assertThat(
              rows(
                  Resources.things(List.of("id"), field("id", Kind.TEXT)),
                  "[{\"id\":" + half + "}]"))
          .isEmpty();
      assertThat(problems).singleElement().asString().contains("id, of the key, is");
      problems.clear();
    }
  }

  private static GenericRecord completed(GenericRecord row) {
    row.put("_revision", 1);
    row.put(
        "_operation",
        new GenericData.EnumSymbol(row.getSchema().getField("_operation").schema(), "UPSERT"));
    row.put("_content_hash", "");
    row.put("_fetched_at", 0L);
    row.put("_shape_version", "");
    return row;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "TEXT | [1]",
        "TEXT | {}",
        "INT | 1.5",
        "INT | 1099511627776",
        "INT | \"12\"",
        "INT | true",
        "INT | 1e999999999",
        "LONG | 9223372036854775808",
        "LONG | 1e999999999",
        "LONG | 0.1",
        "DOUBLE | \"n/a\"",
        "DOUBLE | NaN",
        "DOUBLE | 1e999",
        "BOOLEAN | 1",
        "BOOLEAN | \"true\"",
        "DECIMAL | 1.005",
        "DECIMAL | 123456789.00",
        "DECIMAL | \"1,5\"",
        "DECIMAL | \"+1\"",
        "DECIMAL | 1e999999999",
        "DECIMAL | 1e-999999999",
        "TIMESTAMP | \"2025-01-01T00:00:00\"",
        "TIMESTAMP | \"2025-02-30T00:00:00Z\"",
        "TIMESTAMP | 1735689600",
        "TIMESTAMP | \"+10000-01-01T00:00:00Z\"",
        "DATE | \"2025-01-01T00:00:00Z\"",
        "DATE | 20250101"
      })
  void aValueThatDoesNotFitIsNoneAndIsNamed(Kind kind, String json) {
    GenericRecord row = row(field("v", kind), json);
    assertThat(row.get("v")).isNull();
    assertThat(row.get("_coverage").toString()).startsWith("without v (").endsWith(")");
    assertThat(row.get("id")).isEqualTo(1L);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 150", "'\"-0.07\"', -7", "0, 0", "0e5, 0", "99999999.99, 9999999999"})
  void aDecimalKeepsEachDigit(String json, String unscaled) {
    ByteBuffer bytes = (ByteBuffer) row(field("v", Kind.DECIMAL), json).get("v");
    byte[] digits = new byte[bytes.remaining()];
    bytes.get(digits);
    assertThat(new BigInteger(digits)).isEqualTo(new BigDecimal(unscaled).toBigInteger());
  }

  @Test
  void timesMayBeCountedSince1970() {
    Origin at = new Origin.OfRecord(JsonPointer.compile("/v"));
    assertThat(row(field("v", at, Kind.TIMESTAMP, As.EPOCH_MILLIS), "1735689600001").get("v"))
        .isEqualTo(1735689600001000L);
    assertThat(row(field("v", at, Kind.TIMESTAMP, As.EPOCH_SECONDS), "1735689600.5").get("v"))
        .isEqualTo(1735689600500000L);
    assertThat(row(field("v", at, Kind.TIMESTAMP, As.EPOCH_SECONDS), "1e999999999").get("v"))
        .isNull();
    assertThat(row(field("v", at, Kind.TIMESTAMP, As.EPOCH_SECONDS), "1735689600001").get("v"))
        .as("milliseconds taken for seconds")
        .isNull();
    assertThat(row(field("v", at, Kind.DATE, As.EPOCH_SECONDS), "1735689600").get("v"))
        .isEqualTo(20089);
    assertThat(row(field("v", at, Kind.DATE, As.EPOCH_SECONDS), "1735689601").get("v")).isNull();
  }

  @Test
  void whetherThereIsAnythingIsAValue() {
    Origin at = new Origin.OfRecord(JsonPointer.compile("/v"));
    FieldDefinition present = field("v", at, Kind.BOOLEAN, As.PRESENT);
    assertThat(row(present, "{}").get("v")).isEqualTo(true);
    assertThat(row(present, "null").get("v")).isEqualTo(false);
    assertThat(rows(one(present), "[{\"id\":1}]").get(0).row().get("v")).isEqualTo(false);
  }

  @Test
  void whatIsNotThereIsNoneAndCompleteNevertheless() {
    assertThat(row(field("v", Kind.INT), "null").get("_coverage")).isEqualTo("complete");
    assertThat(row(field("w", Kind.INT), "1").get("_coverage")).isEqualTo("complete");
  }

  @Test
  void aRecordWithoutItsKeyIsAProblemAndTheOthersAreRows() {
    ResourceDefinition things = Resources.things(List.of("id"), field("id", Kind.LONG));
    assertThat(rows(things, "[{\"id\":1},{\"id\":\"n/a\"},{},{\"id\":4}]")).hasSize(2);
    assertThat(problems)
        .containsExactly(
            "record 2 of page-1: id, of the key, is \"n/a\"",
            "record 3 of page-1: id, of the key, is not there");
  }

  @Test
  void theSurroundingsMayHaveTheValue() {
    ResourceDefinition things =
        Resources.things(
            List.of("repo", "number"),
            field("repo", new Origin.OfForEach("repo"), Kind.TEXT, As.PLAIN),
            field("number", new Origin.OfItem("number"), Kind.INT, As.PLAIN),
            field("total", new Origin.OfAnswer(JsonPointer.compile("/0/id")), Kind.INT, As.PLAIN));
    GenericRecord row = rows(things, "[{\"id\":7,\"version\":3}]").get(0).row();
    assertThat(row.get("repo")).isEqualTo("a/b");
    assertThat(row.get("number")).isEqualTo(12);
    assertThat(row.get("total")).isEqualTo(7);
    assertThat(row.get("_record")).isEqualTo("{\"id\":7,\"version\":3}");
    assertThat(row.get("_item")).isEqualTo("things/2025-01-01/1d");
    assertThat(row.get("_answer")).isEqualTo("5ha");
    assertThat(row.get("_source_version")).isEqualTo("3");
  }

  @Test
  void eachPartMayMakeARow() {
    ResourceDefinition things =
        Resources.with(
            Resources.things(
                List.of("id", "sku"),
                field("id", Kind.LONG),
                field(
                    "sku",
                    new Origin.OfRecord(JsonPointer.compile("/lines/sku")),
                    Kind.TEXT,
                    As.PLAIN)),
            "/lines",
            List.of(),
            false);
    assertThat(rows(things, "[{\"id\":1,\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]},{\"id\":2}]"))
        .extracting(row -> row.row().get("id") + " " + row.row().get("sku"))
        .containsExactly("1 a", "1 b");
  }

  @Test
  void whatCountsAsTheSameIsLeftOutOfWhatIsCompared() {
    ResourceDefinition things =
        Resources.with(
            Resources.things(
                List.of("id"),
                field("id", Kind.LONG),
                field("views", Kind.INT),
                field("counts", Kind.JSON)),
            "",
            List.of("/views", "/counts/b"),
            false);
    ShapedRecords.Row row =
        rows(things, "[{\"id\":1,\"views\":3,\"counts\":{\"a\":1,\"b\":2}}]").get(0);
    assertThat(row.row().get("views")).isEqualTo(3);
    assertThat(row.compared().get("views")).isNull();
    assertThat(row.row().get("counts")).isEqualTo("{\"a\":1,\"b\":2}");
    assertThat(row.compared().get("counts")).isEqualTo("{\"a\":1}");
  }

  @Test
  void aRecordMaySayThatItIsDeleted() {
    ResourceDefinition things = Resources.things(List.of("id"), field("id", Kind.LONG));
    assertThat(rows(things, "[{\"id\":1,\"status\":\"deleted\"},{\"id\":2,\"status\":\"ok\"}]"))
        .extracting(ShapedRecords.Row::isDeleted)
        .containsExactly(true, false);
  }

  @Test
  void whatDoesNotFitIsToldInFewWords() {
    List<FieldDefinition> fields = new ArrayList<>(List.of(field("id", Kind.LONG)));
    StringBuilder body = new StringBuilder("[{\"id\":1");
    for (int each = 0; each < 8; each++) {
      fields.add(field("v" + each, Kind.INT));
      body.append(",\"v%d\":\"%s\"".formatted(each, "x".repeat(100)));
    }
    ResourceDefinition things =
        Resources.things(List.of("id"), fields.toArray(FieldDefinition[]::new));
    assertThat(rows(things, body.append("}]").toString()).get(0).row().get("_coverage").toString())
        .startsWith("without v0 (\"xxxx")
        .endsWith("…) and 3 more")
        .hasSizeLessThan(300);
  }

  @Test
  void whatNoColumnTakesIsCounted() throws Exception {
    UndeclaredFields undeclared =
        new UndeclaredFields(
            Resources.things(List.of("id"), field("id", Kind.LONG), field("user", Kind.JSON)));
    for (ApiRecord record :
        new RecordReader(one(field("v", Kind.INT)).records())
            .read(
                "[{\"id\":1,\"user\":{\"a\":1},\"geo\":{\"x\":1,\"y/z\":[]},\"n\":null},{\"geo\":{\"x\":2},\"status\":\"\"}]"
                    .getBytes(UTF_8))) {
      undeclared.add(record.value());
    }
    assertThat(undeclared.counts()).isEqualTo(Map.of("/geo/x", 2L, "/geo/y~1z", 1L));
  }
}
