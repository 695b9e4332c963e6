package io.landfall.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.SchemaStore;

/**
 * Every version of one record type that was ever written, oldest first: from the jar, where they
 * are {@code /schema-history/NAME/1.avsc}, {@code 2.avsc} and so on, or as a definition has them.
 */
public final class SchemaHistory implements SchemaStore, Serializable {

  private static final long serialVersionUID = 1L;

  /** The types of record that this module has; those of other datasets come with their own jar. */
  static final List<String> NAMES =
      List.of(
          "ArchivedAnswer",
          "DeadLetter",
          "Definition",
          "Dismissal",
          "ItemAnswers",
          "LedgerEntry",
          "ListedDays",
          "Manifest",
          "Owner",
          "PastRuns",
          "PlayerGameStats",
          "QuarantinedRecord",
          "RecordInForce",
          "RecordsOfItem",
          "RowsInForce",
          "Run");

  private final String name;
  private final transient List<Schema> versions;

  /** A fingerprint costs far more than decoding a record, so each is computed once. */
  private final transient Map<Long, Schema> byFingerprint;

  private SchemaHistory(String name, List<Schema> versions) {
    this.name = name;
    this.versions = versions;
    this.byFingerprint =
        versions.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    SchemaNormalization::parsingFingerprint64, Function.identity(), (a, b) -> a));
  }

  /**
   * The history of one record type.
   *
   * @param name the record's simple name, for example {@code LedgerEntry}
   */
  public static SchemaHistory of(String name) {
    List<Schema> versions = new ArrayList<>();
    for (Optional<Schema> next = read(name, 1);
        next.isPresent();
        next = read(name, versions.size() + 1)) {
      versions.add(next.get());
    }
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("No schema history for " + name);
    }
    return new SchemaHistory(name, List.copyOf(versions));
  }

  /**
   * A history that is in no jar.
   *
   * @param versions of one record type, oldest first; at least one
   */
  public static SchemaHistory of(List<Schema> versions) {
    Set<String> names = versions.stream().map(Schema::getFullName).collect(Collectors.toSet());
    if (names.size() != 1) {
      throw new IllegalArgumentException(
          "A schema history is of one record type, not of %d: %s".formatted(names.size(), names));
    }
    return new SchemaHistory(versions.get(0).getName(), List.copyOf(versions));
  }

  /** Which type of this module's records a schema belongs to, by its CRC-64-AVRO fingerprint. */
  public static Optional<String> nameOf(long fingerprint) {
    return NAMES.stream()
        .filter(name -> of(name).byFingerprint.containsKey(fingerprint))
        .findFirst();
  }

  private static Optional<Schema> read(String name, int version) {
    String path = "/schema-history/" + name + "/" + version + ".avsc";
    try (InputStream in = SchemaHistory.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  public String name() {
    return name;
  }

  /** All versions, oldest first. */
  public List<Schema> versions() {
    return versions;
  }

  public Schema latest() {
    return versions.get(versions.size() - 1);
  }

  /**
   * The version with this CRC-64-AVRO fingerprint, or null: the contract of {@link SchemaStore}.
   */
  @Override
  @SuppressWarnings("NullAway") // null is how a SchemaStore says "unknown"
  public Schema findByFingerprint(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SchemaHistory history && versions.equals(history.versions);
  }

  @Override
  public int hashCode() {
    return versions.hashCode();
  }

  @Override
  public String toString() {
    return "%d versions of %s".formatted(versions.size(), name);
  }

  /** As text, since fingerprints are found out anew where it arrives. */
  private Object writeReplace() {
    return new Written(versions.stream().map(Schema::toString).toList());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A schema history is sent as text");
  }

  private record Written(List<String> versions) implements Serializable {
    private Object readResolve() {
      return of(versions.stream().map(json -> new Schema.Parser().parse(json)).toList());
    }
  }
}
