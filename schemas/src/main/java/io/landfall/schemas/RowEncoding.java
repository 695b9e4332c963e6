package io.landfall.schemas;

import java.util.OptionalInt;

/**
 * How a deployment writes the rows of its landing topics, and how it finds the schemas of those
 * that it reads. Only rows are ever written otherwise than in single-object encoding: everything
 * else is our own programs' alone, and must be readable without asking anybody.
 *
 * @param ids who knows the schemas of rows in Confluent's wire format
 * @param id of the rows' schema, if they are written in that format; nothing for single-object
 *     encoding
 */
public record RowEncoding(SchemaIds ids, OptionalInt id) {

  /** No registry: rows are written in single-object encoding, and read in nothing else. */
  public static final RowEncoding SINGLE_OBJECT = reading(SchemaIds.NONE);

  /** For who writes none. */
  public static RowEncoding reading(SchemaIds ids) {
    return new RowEncoding(ids, OptionalInt.empty());
  }

  /** The same where the schema of what is written has an id. */
  public RowEncoding writing(int newId) {
    return new RowEncoding(ids, OptionalInt.of(newId));
  }
}
