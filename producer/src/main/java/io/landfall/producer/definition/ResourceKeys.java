package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a resource. */
final class ResourceKeys {

  private static final Key<ReadingKeys.Readings> READS =
      Key.required(
          "reads",
          ReadingKeys.READS,
          "{whole: {every: 1d, ask: {path: /all, paging: none}}}",
          "How its records are read.");

  private static final Key<RecordForm> RECORDS =
      Key.required(
          "records",
          RecordKeys.RECORDS,
          "/features",
          "Where the records of an answer are: a JSON Pointer to a list, `\"\"` where the answer is"
              + " the list, or another form.");

  private static final Key<JsonPointer> EACH =
      Key.optional(
          "each",
          Scalars.POINTER,
          "/lines",
          "A list in the record, of which each element makes a row. A field's `at` counts from the"
              + " element then.");

  private static final Key<List<String>> KEY =
      Key.required(
          "key",
          new ListForm<>(Scalars.FIELD_NAME),
          "[id]",
          "The fields that tell one row from another. A record without a value for one of them is a"
              + " dead letter.");

  private static final Key<List<String>> FILTERS =
      Key.optional(
              "filters",
              new ListForm<>(Scalars.FIELD_NAME),
              "[time]",
              "Further fields that readers often filter by: the table keeps their bounds per file.")
          .or(List.of(), "");

  private static final Key<Condition> DELETED =
      Key.optional(
          "deleted",
          RecordKeys.CONDITION,
          "{at: /status, is: deleted}",
          "How a record tells that it is deleted: its row is taken back.");

  private static final Key<JsonPointer> VERSION =
      Key.optional(
          "version",
          Scalars.POINTER,
          "/updated_at",
          "Where a record has the version that the API claims for it. Kept as `_source_version`; it"
              + " orders nothing, unless `older: skip`.");

  private enum Older {
    TAKE,
    SKIP
  }

  private static final Key<Older> OLDER =
      Key.optional(
              "older",
              Scalars.oneOf(Older.class),
              "skip",
              "What of a record whose `version` is older than the one in force: `take` it, since"
                  + " APIs do go back, or `skip` it, where a lagging copy may have answered.")
          .or(Older.TAKE, "take");

  private static final Key<List<JsonPointer>> IGNORE =
      Key.optional(
              "ignore",
              new ListForm<>(Scalars.POINTER),
              "[/views]",
              "Where a record may differ without counting as changed. A field that is read from"
                  + " there holds what it was when something else changed.")
          .or(List.of(), "");

  private static final Key<Boolean> KEEP_RECORD =
      Key.optional(
              "keep-record",
              Scalars.words(words("text", true, "none", false)),
              "none",
              "Whether each row has the record that it was made of, byte for byte, as `_record`.")
          .or(true, "text");

  private static final Key<Duration> FORGETS_AFTER =
      Key.optional(
          "forgets-after",
          Scalars.DURATION,
          "30d",
          "How long the API serves what changed. `status` warns at half of it; a run that comes"
              + " later stops, since something may be lost.");

  private static final Key<Integer> DATASET_VERSION =
      Key.optional(
              "dataset-version",
              Scalars.number(1, 99),
              "2",
              "Raised for what a table cannot bear: another type, key or meaning. From 2 on it"
                  + " stands in the names of topic and table, which begin anew, filled from the"
                  + " archive.")
          .or(1, "1");

  private static final Key<Map<String, FieldDefinition>> FIELDS =
      Key.required(
          "fields",
          new MapForm<>(Scalars.FIELD_NAME, FieldKeys.FIELD, true, (name, held) -> {}),
          "{id: {at: /id, type: text}}",
          "The columns by name, in the order of the table. New ones go to the end.");

  static final Group<ResourceDefinition> RESOURCE =
      new Group<>(
          "resource",
          "resources.NAME",
          "One dataset of the source: one landing topic, one table.",
          List.of(
              READS,
              RECORDS,
              EACH,
              KEY,
              FILTERS,
              DELETED,
              VERSION,
              OLDER,
              IGNORE,
              KEEP_RECORD,
              FORGETS_AFTER,
              DATASET_VERSION,
              FIELDS),
          ResourceKeys::make);

  private ResourceKeys() {}

  private static <T> Map<String, T> words(String one, T first, String other, T second) {
    Map<String, T> words = new java.util.LinkedHashMap<>();
    words.put(one, first);
    words.put(other, second);
    return words;
  }

  private static Optional<ResourceDefinition> make(Values values) {
    ReadingKeys.Readings reads = values.get(READS);
    return Optional.of(
        new ResourceDefinition(
            values.name(),
            values.get(DATASET_VERSION),
            reads.windows(),
            reads.changes(),
            reads.listed(),
            reads.whole(),
            values.get(RECORDS),
            values.find(EACH),
            values.get(KEY),
            values.get(FILTERS),
            values.find(DELETED),
            values.find(VERSION),
            values.get(IGNORE),
            values.get(KEEP_RECORD),
            values.get(OLDER) == Older.SKIP,
            values.find(FORGETS_AFTER),
            List.copyOf(values.get(FIELDS).values())));
  }
}
