package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvolutionTest {

  private static final String BEFORE =
      """
      source: shop
      about: Orders.
      api: {url: "https://shop.example.org"}
      resources:
        orders:
          reads: {whole: {every: 1d, ask: {path: /orders, paging: none}}}
          records: ""
          key: [id]
          deleted: {at: /state, in: [a, b, c, d]}
          fields:
            id: {at: /id, type: text}
            total: {at: /total, type: double}
      """;

  private static SourceDefinition read(String text) {
    return Definitions.read("shop.yaml", text);
  }

  private static Evolution to(String instead, String of) {
    assertThat(BEFORE).contains(of);
    return Evolution.of(read(BEFORE), read(BEFORE.replace(of, instead)), List.of());
  }

  private static String version(String text) {
    return ShapeVersion.of(read(text).resources().get(0));
  }

  @Test
  void theSameIsNoChange() {
    Evolution none = Evolution.of(read(BEFORE), read(BEFORE), List.of());
    assertThat(none.isAllowed()).isTrue();
    assertThat(none.changed()).isEmpty();
  }

  @Test
  void fieldsMayBeAddedRetiredAndReadFromElsewhere() {
    Evolution added = to("type: double}\n      paid: {at: /p, type: boolean}", "type: double}");
    assertThat(added.refused()).isEmpty();
    assertThat(added.changed())
        .anySatisfy(change -> assertThat(change).contains("fields.paid is new"));
    Evolution retired = to("type: double, retired: true}", "type: double}");
    assertThat(retired.refused()).isEmpty();
    assertThat(retired.changed())
        .anySatisfy(change -> assertThat(change).contains("total is retired"));
    Evolution moved = to("{at: /sum,", "{at: /total,");
    assertThat(moved.refused()).isEmpty();
    assertThat(moved.changed())
        .anySatisfy(change -> assertThat(change).contains("reshape"))
        .anySatisfy(change -> assertThat(change).contains("read from at: \"/sum\""));
  }

  @Test
  void whatATableCannotBearIsRefusedWithWhatToDo() {
    assertThat(to("type: text}", "type: double}").refused())
        .singleElement()
        .asString()
        .contains("resources.orders.fields.total.type: text was double", "dataset-version: 2");
    assertThat(
            Evolution.of(
                    read(BEFORE.replace("type: double", "type: text")),
                    read(
                        BEFORE
                            .replace("type: double", "type: text")
                            .replace("[id]", "[id, total]")),
                    List.of())
                .refused())
        .singleElement()
        .asString()
        .contains("key: [id, total] was [id]", "dataset-version: 2");
    assertThat(to("{from: \"answer:/total\",", "{at: /total,").refused())
        .singleElement()
        .asString()
        .contains("that is another meaning");
  }

  @Test
  void aFieldIsNeverTakenAway() {
    assertThat(to("", "      total: {at: /total, type: double}\n").refused())
        .singleElement()
        .asString()
        .contains("retired: true", "dataset-version: 2");
    assertThat(to("key: [id]\n    keep-record: none", "key: [id]").refused())
        .singleElement()
        .asString()
        .contains("keep-record");
  }

  @Test
  void anotherVersionMayDiffer() {
    Evolution next =
        Evolution.of(
            read(BEFORE),
            read(
                BEFORE
                    .replace("type: double", "type: text")
                    .replace("key: [id]", "key: [id]\n    dataset-version: 2")),
            List.of());
    assertThat(next.refused()).isEmpty();
    assertThat(next.changed()).singleElement().asString().contains("anew as orders-2");
    Evolution back =
        Evolution.of(
            read(BEFORE.replace("key: [id]", "key: [id]\n    dataset-version: 2")),
            read(BEFORE),
            List.of());
    assertThat(back.refused()).singleElement().asString().contains("It only grows");
  }

  @Test
  void theVersionOfShapeChangesWithRowsAndWithNothingElse() {
    String version = version(BEFORE);
    assertThat(version).hasSize(12).isEqualTo(version(BEFORE));
    assertThat(version(BEFORE.replace("[a, b, c, d]", "[d, c, b, a]"))).isEqualTo(version);
    assertThat(version(BEFORE.replace("every: 1d", "every: 2d"))).isEqualTo(version);
    assertThat(version(BEFORE.replace("about: Orders.", "about: More."))).isEqualTo(version);
    assertThat(version(BEFORE.replace("type: text}", "type: text, doc: Its id.}")))
        .isEqualTo(version);
    assertThat(version(BEFORE.replace("at: /total", "at: /sum"))).isNotEqualTo(version);
    assertThat(version(BEFORE.replace("[a, b, c, d]", "[a]"))).isNotEqualTo(version);
    assertThat(version(BEFORE.replace("records: \"\"", "records: /x"))).isNotEqualTo(version);
    assertThat(version(BEFORE.replace("key: [id]", "key: [id]\n    each: /lines")))
        .isNotEqualTo(version);
  }

  private static List<Dataset> landed(String text) {
    SourceDefinition source = read(text);
    return source.resources().stream()
        .map(resource -> RowSchema.dataset(source, resource))
        .toList();
  }

  /** Its topic and its table are still there. */
  @Test
  void whatWasTakenOutComesBackAsItWasOrAnew() {
    SourceDefinition without = read(BEFORE.replace("  orders:", "  others:"));
    Evolution same = Evolution.of(without, read(BEFORE), landed(BEFORE));
    assertThat(same.refused()).isEmpty();
    String wider = BEFORE + "      paid: {at: /p, type: boolean}\n";
    assertThat(Evolution.of(without, read(wider), landed(BEFORE)).refused()).isEmpty();
    assertThat(Evolution.of(without, read(BEFORE), landed(wider)).refused())
        .singleElement()
        .asString()
        .contains("column paid is gone", "dataset-version: 2");
    String other = BEFORE.replace("type: double", "type: text").replace("[id]", "[id, total]");
    assertThat(Evolution.of(without, read(other), landed(BEFORE)).refused())
        .singleElement()
        .asString()
        .contains("key [id, total] was [id]", "column total is string and was double");
    String anew = other.replace("key: [", "dataset-version: 2\n    key: [");
    assertThat(Evolution.of(without, read(anew), landed(BEFORE)).refused()).isEmpty();
  }
}
