package io.landfall.producer.shape;

import static io.landfall.producer.record.Resources.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.record.Resources;
import io.landfall.producer.source.RecordShaper;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What becomes of rows that are each for themselves. */
class RecordProcessorTest {

  private static final String A = "things/2025-01-01/1d";
  private static final String B = "things/2025-01-02/1d";
  private static final String CHANGES = "things/changes";
  private static final String WHOLE = "things/whole";

  private RecordsInMemory things = new RecordsInMemory();

  private List<String> look(String item, int minute, String... parts) {
    things.look(item, minute, true, parts);
    things.shape();
    Object unused = things.inForce();
    return things.emitted();
  }

  private static String thing(int id, int v) {
    return "{\"id\":%d,\"v\":%d}".formatted(id, v);
  }

  private static String list(String... things) {
    return "[" + String.join(",", things) + "]";
  }

  @Test
  void aRowCountsItsOwnRevisions() {
    assertThat(look(A, 1, list(thing(1, 1), thing(2, 1)))).hasSize(2);
    assertThat(look(A, 2, list(thing(1, 1), thing(2, 2))))
        .containsExactly("2 UPSERT v 2 revision 2");
    assertThat(look(A, 3, list(thing(1, 5), thing(2, 2))))
        .containsExactly("1 UPSERT v 5 revision 2");
    assertThat(look(A, 4, list(thing(1, 5), thing(2, 2)))).isEmpty();
  }

  @Test
  void whatTwoCompleteLooksDoNotHaveIsTakenBackAndMayComeBack() {
    look(A, 1, list(thing(1, 1), thing(2, 1)));
    assertThat(look(A, 2, list(thing(1, 1)))).isEmpty();
    assertThat(look(A, 3, list(thing(1, 1), thing(2, 1)))).as("seen again").isEmpty();
    assertThat(look(A, 4, list(thing(1, 1)))).isEmpty();
    things.look(A, 5, false, list());
    assertThat(look(A, 6, list(thing(1, 1)))).containsExactly("2 RETRACT v null revision 2");
    assertThat(look(A, 7, list(thing(1, 1)))).isEmpty();
    assertThat(look(A, 8, list(thing(1, 1), thing(2, 1))))
        .containsExactly("2 UPSERT v 1 revision 3");
  }

  @Test
  void aRowThatMovedIsNotTakenBackByWhereItWas() {
    look(A, 1, list(thing(1, 1), thing(2, 1)));
    assertThat(look(B, 2, list(thing(2, 1)))).isEmpty();
    assertThat(things.manifests)
        .extracting(Manifest::getItem, Manifest::getRowsInForce)
        .contains(tuple(A, 1), tuple(B, 1));
    assertThat(look(A, 3, list(thing(1, 1)))).isEmpty();
    assertThat(look(A, 4, list(thing(1, 1)))).isEmpty();
    look(B, 5, list());
    assertThat(look(B, 6, list())).containsExactly("2 RETRACT v null revision 2");
  }

  @Test
  void aLookThatWasAskedForEarlierChangesNothing() {
    look(A, 5, list(thing(1, 5)));
    assertThat(look(B, 3, list(thing(1, 3)))).isEmpty();
    assertThat(look(CHANGES, 4, list("{\"id\":1,\"status\":\"deleted\"}"))).isEmpty();
    assertThat(look(B, 6, list(thing(1, 6)))).containsExactly("1 UPSERT v 6 revision 2");
    look(A, 4, list());
    assertThat(things.inForce()).hasSize(1);
  }

  @Test
  void whatIsToldDeletedIsTakenBackAtOnce() {
    look(A, 1, list(thing(1, 1)));
    assertThat(look(CHANGES, 2, list("{\"id\":1,\"v\":1,\"status\":\"deleted\"}")))
        .containsExactly("1 RETRACT v null revision 2");
    GenericRecord retraction = things.landing.get(1);
    assertThat(retraction.get("_coverage")).hasToString("deleted");
    assertThat(retraction.get("_record")).isNotNull();
    assertThat(retraction.get("_item")).hasToString(CHANGES);
    assertThat(look(A, 3, list(thing(1, 1)))).containsExactly("1 UPSERT v 1 revision 3");
    assertThat(look(CHANGES, 4, list("{\"id\":9,\"status\":\"deleted\"}"))).isEmpty();
    assertThat(look(A, 3, list(thing(9, 1)))).as("older than what was told").isEmpty();
  }

  @Test
  void changesSayNothingOfAbsenceAndTheWholeAnswersForThem() {
    look(CHANGES, 1, list(thing(1, 1), thing(2, 1)));
    look(CHANGES, 2, list());
    assertThat(look(CHANGES, 3, list(thing(1, 2)))).containsExactly("1 UPSERT v 2 revision 2");
    assertThat(look(WHOLE, 4, list(thing(1, 2)))).isEmpty();
    assertThat(look(WHOLE, 5, list(thing(1, 2)))).containsExactly("2 RETRACT v null revision 2");
  }

  @Test
  void changesThatBringNothingNewLeaveARowWhereItIsLookedFor() {
    look(A, 1, list(thing(1, 1)));
    look(CHANGES, 2, list(thing(1, 1)));
    look(A, 3, list());
    assertThat(look(A, 4, list())).containsExactly("1 RETRACT v null revision 2");
  }

  @Test
  void absenceIsJudgedAtTheLastPart() {
    look(A, 1, list(thing(1, 1)), list(thing(2, 1)));
    assertThat(look(A, 2, list(), list(thing(2, 1)))).isEmpty();
    assertThat(look(A, 3, list(thing(2, 2)), list()))
        .containsExactly("2 UPSERT v 2 revision 2", "1 RETRACT v null revision 2");
    assertThat(look(A, 4, "{}", list())).as("the first part cannot be used").isEmpty();
    assertThat(look(A, 5, "{}", list())).isEmpty();
    assertThat(things.deadLetters).hasSize(2);
  }

  @Test
  void aRecordWithoutItsKeyIsADeadLetterAndTheOthersAreRows() {
    look(A, 1, list(thing(1, 1), thing(2, 1)));
    assertThat(look(A, 2, list(thing(1, 2), "{\"v\":1}", "{\"id\":\"x\"}")))
        .containsExactly("1 UPSERT v 2 revision 2");
    assertThat(look(A, 3, list(thing(1, 2), "{\"v\":1}"))).as("who knows which it is").isEmpty();
    assertThat(things.deadLetters).hasSize(2);
    assertThat(things.deadLetters.get(0).getDetail())
        .isEqualTo(
            "record 2 of page-1: id, of the key, is not there; record 3 of page-1: id, of the key,"
                + " is \"x\"");
    assertThat(things.manifests.get(2).getDeadLetters()).isEqualTo(2);
    things.next = 0;
    things.shape();
    assertThat(things.deadLetters).hasSize(2);
  }

  @Test
  void ofTwoRecordsOfOneKeyTheLaterCountsUnlessItSaysThatItIsOlder() {
    assertThat(look(A, 1, list(thing(1, 1), thing(1, 2))))
        .containsExactly("1 UPSERT v 2 revision 1");
    assertThat(
            look(
                A, 2, list("{\"id\":1,\"v\":4,\"version\":9}", "{\"id\":1,\"v\":3,\"version\":8}")))
        .containsExactly("1 UPSERT v 4 revision 2");
    assertThat(look(A, 3, list("{\"id\":1,\"v\":3,\"version\":8}")))
        .as("the API's word counts")
        .containsExactly("1 UPSERT v 3 revision 3");
  }

  @Test
  void anOlderVersionIsPassedOverWhereTheDefinitionSaysSo() {
    things = new RecordsInMemory(Resources.with(RecordsInMemory.THINGS, "", List.of(), true));
    look(A, 1, list("{\"id\":1,\"v\":4,\"version\":9}"));
    assertThat(look(A, 2, list("{\"id\":1,\"v\":3,\"version\":8}"))).isEmpty();
    assertThat(look(A, 3, list("{\"id\":1,\"v\":5,\"version\":9}"))).hasSize(1);
  }

  @Test
  void whatCountsAsTheSameIsNotEmitted() {
    things =
        new RecordsInMemory(
            Resources.with(
                Resources.things(
                    List.of("id"),
                    field("id", Kind.LONG),
                    field("v", Kind.INT),
                    field("views", Kind.INT)),
                "",
                List.of("/views"),
                false));
    look(A, 1, list("{\"id\":1,\"v\":4,\"views\":1}"));
    assertThat(look(A, 2, list("{\"id\":1,\"v\":4,\"views\":2}"))).isEmpty();
    assertThat(look(A, 3, list("{\"id\":1,\"v\":5,\"views\":2}"))).hasSize(1);
  }

  private void parts() {
    things =
        new RecordsInMemory(
            Resources.with(
                Resources.things(List.of("id", "v"), field("id", Kind.LONG), field("v", Kind.INT)),
                "/v",
                List.of(),
                false));
  }

  private static String numbers(int many) {
    return IntStream.range(0, many).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  /** The text of the record is in each of its rows: together these are more than memory has. */
  @Test
  void manyPartsOfALongRecordAreRows() {
    parts();
    String text = "x".repeat(700_000);
    things.look(
        A, 1, true, list("{\"id\":1,\"t\":\"%s\",\"v\":[%s]}".formatted(text, numbers(60))));
    things.shape();
    assertThat(things.landing.size()).isEqualTo(60);
    assertThat(things.landing.get(59).get("v")).isEqualTo(59);
    assertThat(
            things.landing.stream()
                .allMatch(row -> row.get("_record").toString().length() > text.length()))
        .isTrue();
    assertThat(things.deadLetters).isEmpty();
  }

  @Test
  void aRowThatIsTooLargeIsTheReason() {
    String text = "x".repeat(15 * 1024 * 1024);
    things =
        new RecordsInMemory(
            Resources.things(List.of("id"), field("id", Kind.LONG), field("t", Kind.TEXT)));
    things.look(A, 1, true, list("{\"id\":1,\"t\":\"%s\"}".formatted(text)));
    things.shape();
    assertThat(things.landing.size()).isZero();
    assertThat(things.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("TOO_LARGE"));
  }

  @Test
  void itemsOfOtherResourcesArePassedOver() {
    assertThat(look("others/2025-01-01/1d", 1, list(thing(1, 1)))).isEmpty();
    assertThat(things.states).isEmpty();
  }

  /** Rows whose numbers are ten times those of the records. */
  private static final class TenTimes implements RecordShaper {
    private final RecordShaper shaper;

    TenTimes(RecordShaper shaper) {
      this.shaper = shaper;
    }

    @Override
    public String version() {
      return "ten times";
    }

    @Override
    public boolean concerns(Item item) {
      return shaper.concerns(item);
    }

    @Override
    public Set<String> answersFor(Item item) {
      return shaper.answersFor(item);
    }

    @Override
    public boolean skipsOlder() {
      return shaper.skipsOlder();
    }

    @Override
    public ShapedRecords shape(ItemAnswers answers) {
      ShapedRecords shaped = shaper.shape(answers);
      shaped.rows().stream()
          .map(ShapedRecords.Row::row)
          .filter(row -> row.get("v") != null)
          .forEach(row -> row.put("v", 10 * (Integer) row.get("v")));
      return shaped;
    }
  }

  @Test
  void aReshapeDerivesExactlyWhatIsInForce() {
    look(A, 1, list(thing(1, 1), thing(2, 1)));
    look(CHANGES, 2, list(thing(2, 2), thing(3, 3)));
    look(A, 3, list(thing(4, 4)));
    look(A, 4, list(thing(4, 4)));
    look(B, 5, list(thing(5, 1)), list(thing(5, 2)));
    assertThat(things.inForce().keySet()).containsExactly(2L, 3L, 4L, 5L);
    for (int times = 0; times < 2; times++) {
      things.next = 0;
      things.shape(new TenTimes(things.shaper()), item -> true, 100, true);
      assertThat(things.emitted())
          .containsExactlyElementsOf(
              times == 0
                  ? List.of(
                      "2 UPSERT v 20 revision 3",
                      "3 UPSERT v 30 revision 2",
                      "4 UPSERT v 40 revision 2",
                      "5 UPSERT v 20 revision 3")
                  : List.of());
    }
    assertThat(things.inForce()).hasSize(4);
    assertThat(things.manifests.get(things.manifests.size() - 1).getCause())
        .isEqualTo(RevisionCause.RESHAPED);
  }
}
