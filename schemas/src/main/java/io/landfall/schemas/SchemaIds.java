package io.landfall.schemas;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Which schemas the ids stand for that Confluent's wire format has in front of records. What a
 * schema says to a reader of ours is its fingerprint: whether it is known, the history tells, as it
 * does for a record that has the fingerprint itself in front. Safe for use by several threads.
 */
public final class SchemaIds implements Serializable {

  /** Who gave the ids, as far as it is asked here. It goes to other processes with its reader. */
  public interface Registry extends Serializable {
    /**
     * The schema that has an id, as JSON; nothing where it knows none. Of one id it says the same
     * for as long as a process lives. That it does not answer, it says by an exception of its own.
     */
    Optional<String> schema(int id);
  }

  /** Where nobody is there to be asked. */
  public static final SchemaIds NONE = new SchemaIds("", id -> Optional.empty());

  private final String where;
  private final Registry registry;
  private final Map<Integer, Long> fingerprints = new ConcurrentHashMap<>();

  private SchemaIds(String where, Registry registry) {
    this.where = where;
    this.registry = registry;
  }

  /**
   * Those that a registry gave.
   *
   * @param where it is, for people
   */
  public static SchemaIds of(String where, Registry registry) {
    return new SchemaIds(where, registry);
  }

  /** The CRC-64-AVRO fingerprint of the schema with an id; nothing where nobody knows it. */
  public OptionalLong fingerprint(int id) {
    Long known = fingerprints.get(id);
    if (known != null) {
      return OptionalLong.of(known);
    }
    Optional<Long> found = registry.schema(id).flatMap(SchemaIds::fingerprint);
    found.ifPresent(fingerprint -> fingerprints.put(id, fingerprint));
    return found.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static Optional<Long> fingerprint(String schema) {
    try {
      return Optional.of(
          SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(schema)));
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      // A registry also keeps schemas that are not Avro's, such as name others, and such as others
      // take for Avro's. The parser has more than one exception for them.
      return Optional.empty();
    }
  }

  /** Why nothing is known of an id: the rest of a sentence that begins with the record. */
  public String unknown(int id) {
    return where.isEmpty()
        ? "is in Confluent's wire format, with schema id %s, and no schema registry is set that would know it"
            .formatted(Integer.toUnsignedString(id))
        : "is in Confluent's wire format, and the schema registry at %s has no Avro schema with id %s"
            .formatted(where, Integer.toUnsignedString(id));
  }

  @Override
  public String toString() {
    return where.isEmpty() ? "no schema registry" : "schema registry at " + where;
  }
}
