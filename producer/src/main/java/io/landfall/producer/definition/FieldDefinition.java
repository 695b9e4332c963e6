package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;

/**
 * A column.
 *
 * @param as how the API writes its values
 * @param retired whether it stays without values
 */
public record FieldDefinition(
    String name, Origin origin, Type type, As as, Optional<String> doc, boolean retired) {

  /** Where its value comes from. */
  public sealed interface Origin {
    /** The record. */
    record OfRecord(JsonPointer at) implements Origin {}

    /** The answer that the record is in. */
    record OfAnswer(JsonPointer at) implements Origin {}

    /** The item that was asked for. */
    record OfItem(String name) implements Origin {}

    /** What the source is read for. */
    record OfForEach(String name) implements Origin {}
  }

  /** What its values are. */
  public enum Kind {
    TEXT,
    INT,
    LONG,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    JSON
  }

  /**
   * A type of values.
   *
   * @param precision digits of a decimal; 0 for every other
   * @param scale of these, digits after the point
   */
  public record Type(Kind kind, int precision, int scale) {
    /** One that needs no digits. */
    public static Type of(Kind kind) {
      return new Type(kind, 0, 0);
    }
  }

  /** How a value is written. */
  public enum As {
    /** As JSON has it; a time as ISO 8601. */
    PLAIN,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    /** Whether there is anything: true or false. */
    PRESENT
  }
}
