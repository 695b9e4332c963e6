package io.landfall.sandbox.collection;

/** Where the records of an answer are: {@code form=} in a request. */
enum Form {
  /** {@code {"records": [{…}, {…}]}}. */
  LIST,
  /** {@code [{…}, {…}]}. */
  ARRAY,
  /** {@code [{"total": 2}, [{…}, {…}]]}. */
  PAIR,
  /** {@code {"records": {"r0000001": {…}, "r0000002": {…}}}}. */
  OBJECT,
  /** {@code {"records": {"id": ["r0000001", "r0000002"], "name": […]}}}. */
  COLUMNS
}
