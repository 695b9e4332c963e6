package io.landfall.producer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ArchivedAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AnswersShaperTest {

  private static final Instant NOW = Instant.parse("2026-11-27T06:00:00Z");

  private final AnswersShaper shaper =
      new AnswersShaper((item, answer) -> AnswersConnector.bytes(answer));

  private static ApiAnswer answer(String endpoint, Instant at, byte... body) {
    return new ApiAnswer(
        endpoint, "https://a.example/x", 200, "application/json", at, "5ha", ByteBuffer.wrap(body));
  }

  private static ItemAnswers look(Instant askedAt, ApiAnswer... answers) {
    return ItemAnswers.newBuilder()
        .setItem(
            new Item(
                "things/whole",
                LocalDate.EPOCH,
                LocalDate.EPOCH,
                "things",
                ItemState.AVAILABLE,
                Map.of()))
        .setFetchedAt(NOW)
        .setAnswers(List.of(answers))
        .setAskedAt(askedAt)
        .build();
  }

  private List<GenericRecord> rows(ItemAnswers look) {
    return shaper.shape(look).rows().stream().map(ShapedRecords.Row::row).toList();
  }

  @Test
  void aBodyThatIsNoTextIsInBase64() {
    List<GenericRecord> rows =
        rows(
            look(
                NOW,
                answer("page-1", NOW, "ä{}".getBytes(UTF_8)),
                answer("page-2", NOW, (byte) 0xff, (byte) 0),
                answer("page-3", NOW)));
    assertThat(rows).extracting(row -> row.get("body")).containsExactly("ä{}", "/wA=", "");
    assertThat(rows)
        .extracting(row -> row.get("body_encoding"))
        .containsExactly("text", "base64", "text");
    assertThat(rows).extracting(row -> row.get("bytes")).containsExactly(4, 2, 0);
  }

  @Test
  void pagesHaveNumbersAndOtherRequestsNone() {
    assertThat(
            rows(
                look(
                    NOW,
                    answer("page-12", NOW),
                    answer("events.page-3", NOW),
                    answer("boxscore", NOW),
                    answer("page-", NOW))))
        .extracting(row -> row.get("page"))
        .containsExactly(12, 3, null, null);
  }

  @Test
  void whatIsKeptAndNotUsedIsThereToo() {
    ItemAnswers look =
        ItemAnswers.newBuilder(look(NOW, answer("page-1", NOW)))
            .setNotInForce(
                List.of(new AnswerNotInForce(answer("page-1", NOW), "would take back 3 of 4 rows")))
            .build();
    assertThat(rows(look)).extracting(row -> row.get("in_force")).containsExactly(true, false);
    assertThat(rows(look).get(1).get("why_not_in_force")).isEqualTo("would take back 3 of 4 rows");
  }

  /** When it was asked for and by which address is not what it says. */
  @Test
  void whatIsSaidAgainIsTheSame() {
    ApiAnswer one = answer("page-1", NOW, (byte) 1);
    ApiAnswer later = ApiAnswer.newBuilder(one).setUrl("https://a.example/y").build();
    assertThat(shaper.shape(look(NOW, one)).rows().get(0).compared())
        .isEqualTo(
            shaper
                .shape(
                    look(
                        NOW.plusSeconds(60),
                        ApiAnswer.newBuilder(later).setFetchedAt(NOW.plusSeconds(61)).build()))
                .rows()
                .get(0)
                .compared());
  }

  /** A page that came before a listing was cut short, and came again in a whole one. */
  @Test
  void whatBecameOfItsLookIsNotWhatItSays() {
    ApiAnswer one = answer("page-1", NOW, (byte) 1);
    ItemAnswers cut = ItemAnswers.newBuilder(look(NOW, one)).setComplete(false).build();
    assertThat(rows(cut).get(0).get("_coverage")).isEqualTo("cut short");
    assertThat(shaper.shape(cut).rows().get(0).compared())
        .isEqualTo(shaper.shape(look(NOW, one)).rows().get(0).compared());
    assertThat(keptFor("would take back 3 of 4 rows", one))
        .isEqualTo(keptFor("would take back 2 of 4 rows", one));
  }

  private GenericRecord keptFor(String reason, ApiAnswer answer) {
    ItemAnswers look =
        ItemAnswers.newBuilder(look(NOW))
            .setNotInForce(List.of(new AnswerNotInForce(answer, reason)))
            .build();
    return shaper.shape(look).rows().get(0).compared();
  }

  /** Every column is filled, or may be null. */
  @Test
  void aRowIsOfItsSchema() {
    GenericRecord row = rows(look(NOW, answer("page-1", NOW))).get(0);
    ArchivedAnswer.getClassSchema().getFields().stream()
        .filter(field -> !field.name().startsWith("_"))
        .filter(field -> !field.schema().isUnion())
        .forEach(field -> assertThat(row.get(field.pos())).as(field.name()).isNotNull());
  }
}
