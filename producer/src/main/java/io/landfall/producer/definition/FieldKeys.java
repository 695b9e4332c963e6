package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a field. */
final class FieldKeys {

  private static final String OF_ANSWER = "answer:";
  private static final String OF_ITEM = "item.";
  private static final String OF_FOR_EACH = "for.";

  private static final Scalar<Origin> PLACE =
      Scalar.of(
          "a JSON Pointer from the record, or answer: and one from the answer",
          text ->
              text.startsWith(OF_ANSWER)
                  ? new Origin.OfAnswer(pointer(text.substring(OF_ANSWER.length())))
                  : new Origin.OfRecord(pointer(text)));

  private static final Scalar<Origin> SURROUNDINGS =
      Scalar.of("item.NAME, for.NAME or answer:/POINTER", FieldKeys::surroundings);

  private static final Key<Origin> AT =
      Key.optional(
          "at",
          PLACE,
          "/properties/mag",
          "Where the record has the value: a JSON Pointer (RFC 6901). With `answer:` in front,"
              + " where the answer has it.");

  private static final Key<Origin> FROM =
      Key.optional(
          "from",
          SURROUNDINGS,
          "for.repo",
          "What else has the value: `item.NAME` (of `for`), `for.NAME` (of `for-each`) or"
              + " `answer:/POINTER`. In place of `at`.");

  private static final Key<FieldDefinition.Type> TYPE =
      Key.required(
          "type",
          Scalars.TYPE,
          "double",
          "What its values are: text, int (32 bits), long (64 bits), double, decimal(DIGITS,SCALE),"
              + " boolean, timestamp (to the microsecond), date, json (an object or a list, as"
              + " text). A value that is none is null, and `_coverage` says so.");

  private static final Key<As> AS =
      Key.optional(
              "as",
              Scalars.words(written()),
              "epoch-millis",
              "How the API writes it: epoch-seconds or epoch-millis for a timestamp that is a"
                  + " number, present for a boolean that says whether there is anything. Without"
                  + " it: as JSON has it, a time as ISO 8601.")
          .or(As.PLAIN, "");

  private static final Key<String> DOC =
      Key.optional("doc", Scalars.TEXT, "Origin time.", "What it means, for the table's readers.");

  private static final Key<Boolean> RETIRED =
      Key.optional(
              "retired",
              Scalars.BOOLEAN,
              "true",
              "Whether it stays as a column without values from now on. A column is never taken"
                  + " away.")
          .or(false, "false");

  static final Group<FieldDefinition> FIELD =
      new Group<>(
          "field",
          "fields.NAME",
          "A column of the table.",
          List.of(AT, FROM, TYPE, AS, DOC, RETIRED),
          FieldKeys::make);

  private FieldKeys() {}

  private static Map<String, As> written() {
    Map<String, As> written = new LinkedHashMap<>();
    for (As each : As.values()) {
      if (each != As.PLAIN) {
        written.put(Scalars.word(each), each);
      }
    }
    return written;
  }

  private static JsonPointer pointer(String text) {
    return Scalars.POINTER.parser().apply(text);
  }

  private static Origin surroundings(String text) {
    if (text.startsWith(OF_ANSWER)) {
      return new Origin.OfAnswer(pointer(text.substring(OF_ANSWER.length())));
    }
    if (text.startsWith(OF_ITEM)) {
      return new Origin.OfItem(Scalars.VALUE_NAME.parser().apply(text.substring(OF_ITEM.length())));
    }
    if (text.startsWith(OF_FOR_EACH)) {
      return new Origin.OfForEach(
          Scalars.VALUE_NAME.parser().apply(text.substring(OF_FOR_EACH.length())));
    }
    throw new IllegalArgumentException(
        "expected item.NAME, for.NAME or answer:/POINTER; a value of the record itself stands under"
            + " at");
  }

  private static Optional<FieldDefinition> make(Values values) {
    if (!values.isOneOf(AT, FROM)) {
      return Optional.empty();
    }
    FieldDefinition.Type type = values.get(TYPE);
    As as = values.get(AS);
    if (as == As.PRESENT && type.kind() != Kind.BOOLEAN) {
      values.refuse(AS, "whether there is anything is a boolean; write type: boolean");
    }
    if ((as == As.EPOCH_SECONDS || as == As.EPOCH_MILLIS) && type.kind() != Kind.TIMESTAMP) {
      values.refuse(AS, "seconds and milliseconds since 1970 are a time; write type: timestamp");
    }
    return Optional.of(
        new FieldDefinition(
            values.name(),
            values.find(AT).or(() -> values.find(FROM)).orElseThrow(),
            type,
            as,
            values.find(DOC),
            values.get(RETIRED)));
  }
}
