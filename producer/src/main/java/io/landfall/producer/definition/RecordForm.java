package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;

/** Where the records of an answer are. */
public sealed interface RecordForm {

  /**
   * Elements of an array, of several nested ones where there are several pointers: each counts from
   * the elements of the one before.
   */
  record Elements(List<JsonPointer> path) implements RecordForm {
    public Elements {
      path = List.copyOf(path);
    }
  }

  /**
   * Values of an object.
   *
   * @param key the name under which a record gets its own name in that object
   */
  record Members(JsonPointer at, String key) implements RecordForm {}

  /** Parallel arrays, by name: the first elements of all are the first record. */
  record Columns(JsonPointer at) implements RecordForm {}

  /** The answer is one record. */
  record One(JsonPointer at) implements RecordForm {}
}
