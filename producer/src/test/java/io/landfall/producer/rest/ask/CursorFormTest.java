package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.landfall.producer.definition.Reading.Cursor;
import io.landfall.producer.definition.Reading.Writing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CursorFormTest {

  private static CursorForm form(Writing as, Writing sentAs) {
    return new CursorForm(new Cursor(JsonPointer.compile("/at"), as, sentAs));
  }

  private static Optional<CursorValue> iso(String text) {
    return form(Writing.ISO, Writing.ISO).of(JsonNodeFactory.instance.objectNode().put("at", text));
  }

  @Test
  void oneTimeIsOnePlaceHoweverItIsWritten() {
    Optional<CursorValue> noon = Optional.of(CursorValue.at(Instant.parse("2026-11-25T12:00:00Z")));
    for (String text :
        List.of(
            "2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00.000Z",
            "2026-11-25T14:00:00+02:00",
            "2026-11-25T14:00:00+0200",
            "2026-11-25 12:00:00",
            "2026-11-25T12:00")) {
      assertThat(iso(text)).as(text).isEqualTo(noon);
    }
    assertThat(iso("2026-11-25")).contains(CursorValue.at(Instant.parse("2026-11-25T00:00:00Z")));
    CursorForm millis = form(Writing.EPOCH_MILLIS, Writing.ISO);
    assertThat(millis.of(JsonNodeFactory.instance.objectNode().put("at", 1795608000000L)))
        .isEqualTo(noon);
  }

  @Test
  void whatIsNoPlaceIsNone() {
    for (String text : List.of("", "soon", "2026-13-01", "25:00", "1e999999999")) {
      assertThat(iso(text)).as(text).isEmpty();
      assertThat(form(Writing.NUMBER, Writing.NUMBER).ofSent(text)).as(text).isEmpty();
    }
    assertThat(form(Writing.ISO, Writing.ISO).of(JsonNodeFactory.instance.objectNode())).isEmpty();
  }

  @Property(tries = 200)
  void whatIsSentIsNeverLaterAndWhatIsKeptIsTheSame(
      @ForAll @LongRange(min = -2_000_000_000L, max = 4_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    CursorValue value = CursorValue.at(Instant.ofEpochSecond(second, nano));
    for (Writing sentAs : List.of(Writing.ISO, Writing.EPOCH_SECONDS, Writing.EPOCH_MILLIS)) {
      CursorForm form = form(Writing.ISO, sentAs);
      CursorValue back = form.ofSent(form.sent(value)).orElseThrow();
      assertThat(back).isLessThanOrEqualTo(value);
      assertThat(form.surely(value)).isLessThanOrEqualTo(back);
      assertThat(form.ofKept(form.kept(value))).contains(value);
    }
  }
}
