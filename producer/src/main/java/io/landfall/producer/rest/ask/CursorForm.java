package io.landfall.producer.rest.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Reading;
import io.landfall.producer.definition.Reading.Writing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a cursor is read from records and written into requests. */
public final class CursorForm {

  /** Digits and exponent beyond which a number is none that orders anything. */
  private static final int LONGEST = 64;

  private static final int MOST_DIGITS = 40;

  private static final int MILLIS = 3;

  /** Some write the zone without a colon. */
  private static final Pattern SHORT_ZONE = Pattern.compile("([+-]\\d{2})(\\d{2})$");

  private final Reading.Cursor cursor;

  public CursorForm(Reading.Cursor cursor) {
    this.cursor = cursor;
  }

  /** Where a record stands; empty if it does not say so, or not in the form declared. */
  public Optional<CursorValue> of(JsonNode record) {
    JsonNode value = record.at(cursor.at());
    return value.isValueNode() && !value.isNull()
        ? read(value.asText(), cursor.as())
        : Optional.empty();
  }

  /** As a request has it. */
  public String sent(CursorValue value) {
    return written(value, cursor.sentAs());
  }

  /** What a request says; empty if it is no cursor as requests have them. */
  public Optional<CursorValue> ofSent(String text) {
    return read(text, cursor.sentAs());
  }

  /** As it is kept: a time in ISO 8601, or a number. */
  public String kept(CursorValue value) {
    return written(value, cursor.as() == Writing.NUMBER ? Writing.NUMBER : Writing.ISO);
  }

  /** What was kept; empty if it is nothing that is kept. */
  public Optional<CursorValue> ofKept(String text) {
    return read(text, cursor.as() == Writing.NUMBER ? Writing.NUMBER : Writing.ISO);
  }

  /** Whether cursors are times. */
  public boolean isTime() {
    return cursor.as() != Writing.NUMBER;
  }

  /** Where what a request asks from surely begins: some APIs know no fractions of a second. */
  CursorValue surely(CursorValue asked) {
    return isTime() ? new CursorValue(asked.number().setScale(0, RoundingMode.FLOOR)) : asked;
  }

  private static String written(CursorValue value, Writing as) {
    return switch (as) {
      case ISO -> value.time().toString();
      // Rounded down: what is asked from is asked inclusively.
      case EPOCH_SECONDS -> value.number().setScale(0, RoundingMode.FLOOR).toPlainString();
      case EPOCH_MILLIS ->
          value.number().movePointRight(MILLIS).setScale(0, RoundingMode.FLOOR).toPlainString();
      case NUMBER -> value.number().toPlainString();
    };
  }

  private static Optional<CursorValue> read(String text, Writing as) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (as == Writing.ISO) {
      return time(text.strip());
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS
          || Math.abs((long) number.scale()) > MOST_DIGITS) {
        return Optional.empty();
      }
      return Optional.of(
          new CursorValue(as == Writing.EPOCH_MILLIS ? number.movePointLeft(MILLIS) : number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<CursorValue> time(String text) {
    String iso =
        SHORT_ZONE.matcher(text.replaceFirst("(?<=\\d) (?=\\d)", "T")).replaceFirst("$1:$2");
    try {
      if (text.indexOf(':') < 0) {
        return Optional.of(
            CursorValue.at(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)));
      }
      boolean zoned = iso.matches(".*(?:[Zz]|[+-]\\d{2}:\\d{2})");
      return Optional.of(
          CursorValue.at(
              zoned
                  ? OffsetDateTime.parse(iso).toInstant()
                  : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
