package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys that tell where records are, and which. */
final class RecordKeys {

  private static final Key<List<JsonPointer>> NESTED =
      Key.required(
          "path",
          new ListForm<>(Scalars.POINTER),
          "[/gameWeek, /games]",
          "Lists within lists, from the outermost on; each pointer counts from the elements of the"
              + " one before.");

  private static final Key<JsonPointer> OBJECT =
      Key.required("object", Scalars.POINTER, "/rates", "An object whose values are the records.");

  private static final Key<String> OBJECT_KEY =
      Key.required(
          "key",
          Scalars.VALUE_NAME,
          "currency",
          "The name under which each record gets its own name in that object: `at: /currency`.");

  private static final Key<JsonPointer> COLUMNS =
      Key.required(
          "columns",
          Scalars.POINTER,
          "/hourly",
          "An object of lists of one length: the first elements of all are the first record.");

  private static final Key<JsonPointer> ONE =
      Key.required("one", Scalars.POINTER, "\"\"", "What is there is one record.");

  static final Form<RecordForm> RECORDS =
      new Either<>(
          "a JSON Pointer to a list, or a form of records",
          Optional.of(
              new Form.Of<>(
                  Scalars.POINTER, at -> (RecordForm) new RecordForm.Elements(List.of(at)))),
          List.of(
              new Group<>(
                  "records-nested",
                  "records, in lists within lists",
                  "Elements of nested lists.",
                  List.of(NESTED),
                  values -> Optional.<RecordForm>of(new RecordForm.Elements(values.get(NESTED)))),
              new Group<>(
                  "records-of-object",
                  "records, as an object's values",
                  "Values of an object.",
                  List.of(OBJECT, OBJECT_KEY),
                  values ->
                      Optional.<RecordForm>of(
                          new RecordForm.Members(values.get(OBJECT), values.get(OBJECT_KEY)))),
              new Group<>(
                  "records-in-columns",
                  "records, in parallel lists",
                  "Parallel lists by name.",
                  List.of(COLUMNS),
                  values -> Optional.<RecordForm>of(new RecordForm.Columns(values.get(COLUMNS)))),
              new Group<>(
                  "records-one",
                  "records, one alone",
                  "The answer is one record.",
                  List.of(ONE),
                  values -> Optional.<RecordForm>of(new RecordForm.One(values.get(ONE))))));

  private static final Key<JsonPointer> CONDITION_AT =
      Key.required("at", Scalars.POINTER, "/status", "Where the record has the value.");

  private static final Key<String> IS =
      Key.optional("is", Scalars.ANY_TEXT, "deleted", "The value, as text.");

  private static final Key<List<String>> IN =
      Key.optional("in", new ListForm<>(Scalars.ANY_TEXT), "[FINAL, OFF]", "Several of them.");

  static final Group<Condition> CONDITION =
      new Group<>(
          "condition",
          "only, ready, void and deleted",
          "Whether a record has one of some values at a place: `is` or `in`.",
          List.of(CONDITION_AT, IS, IN),
          RecordKeys::condition);

  private RecordKeys() {}

  private static Optional<Condition> condition(Values values) {
    if (!values.isOneOf(IS, IN)) {
      return Optional.empty();
    }
    Set<String> in = new LinkedHashSet<>();
    values.find(IS).ifPresent(in::add);
    values.find(IN).ifPresent(in::addAll);
    return Optional.of(new Condition(values.get(CONDITION_AT), in));
  }
}
