package io.landfall.consumer.bronze;

import io.landfall.schemas.SchemaHistory;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a record of the topic is no row of the table.
 *
 * @param detail with values
 * @param fingerprint of the schema that the record says it was written with, 16 hexadecimal digits;
 *     null where it does not say so
 */
public record Fault(Kind kind, String detail, @Nullable String fingerprint)
    implements Serializable {

  /** The kinds, as the quarantine table names them. */
  public enum Kind {
    /** A row's record has a key. */
    NO_KEY,
    /** A tombstone; a landing topic has none. */
    NO_VALUE,
    /** Bytes without the single-object marker. */
    UNKNOWN_FORMAT,
    /** A record of Landfall's, but of another type. */
    OTHER_RECORD,
    /** Bytes that are not a whole record of their schema, or that no column can hold. */
    UNDECODABLE,
    /** A row without a value in a column of its key. */
    NULL_IN_KEY,
    /** A schema that this release does not know. Such a record is not set aside: it stops a run. */
    NEWER_SCHEMA,
    /** The same where somebody has looked at it, and named the schema as one to set aside. */
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

  /** Whether a run must stop, because a newer release could make a row of the record. */
  public boolean stops() {
    return kind == Kind.NEWER_SCHEMA;
  }

  /**
   * What it is where somebody has named schemas whose records are to be set aside.
   *
   * @param schemas their fingerprints
   */
  Fault where(Set<String> schemas) {
    return kind == Kind.NEWER_SCHEMA && fingerprint != null && schemas.contains(fingerprint)
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
