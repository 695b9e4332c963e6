package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RowSchemaTest {

  private static final String TEXT =
      """
      source: my-shop
      about: Orders.
      api: {url: "https://shop.example.org"}
      resources:
        shop_orders:
          reads: {whole: {every: 1d, ask: {path: /orders, paging: none}}}
          records: ""
          key: [id, day]
          filters: [at]
          fields:
            id: {at: /id, type: long, doc: Its number.}
            day: {at: /day, type: date}
            at: {at: /at, type: timestamp}
            total: {at: /total, type: "decimal(10,2)"}
            paid: {at: /paid, type: boolean}
            lines: {at: /lines, type: json}
      """;

  private static Dataset dataset(String text) {
    SourceDefinition source = Definitions.read("shop.yaml", text);
    return RowSchema.dataset(source, source.resources().get(0));
  }

  @Test
  void fieldsComeFirstInOrderThenWhatIsLandfalls() {
    Schema schema = dataset(TEXT).schema();
    assertThat(schema.getFullName()).isEqualTo("io.landfall.schemas.my_shop.ShopOrders");
    assertThat(schema.getFields().stream().map(Schema.Field::name))
        .containsExactly(
            "id",
            "day",
            "at",
            "total",
            "paid",
            "lines",
            "_revision",
            "_operation",
            "_content_hash",
            "_coverage",
            "_fetched_at",
            "_shape_version",
            "_record",
            "_item",
            "_answer",
            "_source_version");
    assertThat(schema.getField("id").schema().getType()).isEqualTo(Schema.Type.LONG);
    assertThat(schema.getField("id").doc()).isEqualTo("Its number.");
    assertThat(schema.getField("day").schema().getLogicalType().getName()).isEqualTo("date");
    assertThat(schema.getField("total").schema())
        .hasToString(
            "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}]");
    assertThat(schema.getField("at").schema().getTypes().get(1).getLogicalType().getName())
        .isEqualTo("timestamp-micros");
    assertThat(schema.getField("total").hasDefaultValue()).isTrue();
    assertThat(schema.getField("id").hasDefaultValue()).isFalse();
    assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(schema);
    assertThat(new ContentHash(schema)).isNotNull();
  }

  @Test
  void withoutTheRecordThereIsNoColumnForIt() {
    Schema schema =
        dataset(TEXT.replace("records: \"\"", "records: \"\"\n    keep-record: none")).schema();
    assertThat(schema.getField("_record")).isNull();
    assertThat(schema.getField("_item")).isNotNull();
  }

  @Test
  void topicAndTableAreNamedAfterSourceAndResource() {
    Dataset first = dataset(TEXT);
    assertThat(first.landing().name()).isEqualTo("my-shop.shop-orders.v1");
    assertThat(first.name()).isEqualTo("my_shop_shop_orders");
    assertThat(first.key()).isEqualTo(List.of("id", "day"));
    assertThat(first.filters()).isEqualTo(List.of("at"));
    Dataset second =
        dataset(TEXT.replace("records: \"\"", "records: \"\"\n    dataset-version: 2"));
    assertThat(second.landing().name()).isEqualTo("my-shop.shop-orders-2.v1");
    assertThat(second.name()).isEqualTo("my_shop_shop_orders_2");
    assertThat(second.schema().getName()).isEqualTo("ShopOrders2");
  }
}
