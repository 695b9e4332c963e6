package io.landfall.consumer.bronze;

import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.WireHeader;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a record of the topic is no row of the table.
 *
 * @param detail with values
 * @param fingerprint of the schema that the record says it was written with, 16 hexadecimal digits,
 *     or {@code id:7} for one that has that id in a registry, and that nobody knows; null where it
 *     does not say so
 */
public record Fault(Kind kind, String detail, @Nullable String fingerprint)
    implements Serializable {

  /** The kinds, as the quarantine table names them. */
  public enum Kind {
    /** A row's record has a key. */
    NO_KEY,
    /** A tombstone; a landing topic has none. */
    NO_VALUE,
    /** Bytes that begin neither with the single-object marker nor with an id of a registry. */
    UNKNOWN_FORMAT,
    /** A record of Landfall's, but of another type. */
    OTHER_RECORD,
    /** Bytes that are not a whole record of their schema, or that no column can hold. */
    UNDECODABLE,
    /** A row without a value in a column of its key. */
    NULL_IN_KEY,
    /** A schema that this release does not know. Such a record is not set aside: it stops a run. */
    NEWER_SCHEMA,
    /**
     * An id that stands for no schema, because no registry was there to be asked, or none that has
     * it. It stops a run likewise.
     */
    UNKNOWN_ID,
    /**
     * The same as either where somebody has looked at it, and named the schema as one to set aside.
     */
    UNKNOWN_SCHEMA
  }

  /** Of a record whose schema is none of those that its type has ever had, as far as is known. */
  public static Fault unknown(long fingerprint, SchemaHistory history) {
    String digits = "%016x".formatted(fingerprint);
    return SchemaHistory.nameOf(fingerprint)
        .map(
            name ->
                new Fault(
                    Kind.OTHER_RECORD,
                    "its schema %s is one of %s, not of %s".formatted(digits, name, history.name()),
                    digits))
        .orElseGet(
            () ->
                new Fault(
                    Kind.NEWER_SCHEMA,
                    "its schema %s is none of the %d versions of %s that this release knows"
                        .formatted(digits, history.versions().size(), history.name()),
                    digits));
  }

  /** Of a record whose header is no header. */
  public static Fault unknownFormat(byte[] record) {
    return new Fault(
        Kind.UNKNOWN_FORMAT,
        "its %d bytes start neither with the single-object marker C3 01 and a schema fingerprint nor with 00 and an id of a schema registry"
            .formatted(record.length),
        null);
  }

  /** Of a record of which nobody knows the schema. */
  public static Fault unresolved(WireHeader header, SchemaIds ids) {
    if (header instanceof WireHeader.Confluent confluent) {
      return new Fault(
          Kind.UNKNOWN_ID,
          "it " + ids.unknown(confluent.id()),
          "id:" + Integer.toUnsignedString(confluent.id()));
    }
    throw new IllegalArgumentException("A fingerprint needs nobody who knows it: " + header);
  }

  /**
   * Whether a run must stop, because a newer release, or one that has the right registry, could
   * make a row of the record.
   */
  public boolean stops() {
    return kind == Kind.NEWER_SCHEMA || kind == Kind.UNKNOWN_ID;
  }

  /**
   * What it is where somebody has named schemas whose records are to be set aside.
   *
   * @param schemas their fingerprints and ids
   */
  Fault where(Set<String> schemas) {
    return stops() && fingerprint != null && schemas.contains(fingerprint)
        ? new Fault(
            Kind.UNKNOWN_SCHEMA, detail + "; it was set aside by --quarantine-schema", fingerprint)
        : this;
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s: %s".formatted(kind, detail);
  }
}
