package io.landfall.consumer.watch;

import io.landfall.consumer.bronze.CommitInfo;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Something that happened to a table and that an append-only table does not go on with before
 * somebody has looked at it.
 *
 * @param version of the table at which it happened
 * @param what happened, by the actions in the log
 * @param info what whoever did it says of it
 * @param property that is to be put right, if that is all
 */
public record Alarm(
    long version, Kind kind, String what, CommitInfo info, Optional<Property> property) {

  /**
   * A property as it should be.
   *
   * @param value empty where it should not be set
   */
  public record Property(String key, String value) {}

  /** One that no property puts right. */
  public Alarm(long version, Kind kind, String what, CommitInfo info) {
    this(version, kind, what, info, Optional.empty());
  }

  /** The longest text that somebody else noted and that is told. */
  private static final int LONGEST = 300;

  /** What kind of thing. */
  public enum Kind {
    /** RESTORE, whatever it brought and took. */
    RESTORED("restored"),
    /** Rows deleted, updated or overwritten. */
    ROWS_REMOVED("rows-removed"),
    /** Rows that did not come from the topic through us. */
    FOREIGN_ROWS("foreign-rows"),
    /** A part of one batch may be in the table twice. */
    OVERLAP("overlap"),
    /** A property that protects the table or says whose it is. */
    PROPERTY("property"),
    /** A column dropped, renamed or of another type. */
    COLUMN("column"),
    /** What makes it possible to drop a column. */
    COLUMN_MAPPING("column-mapping"),
    /** Another table in the place of this one. */
    REPLACED("replaced"),
    /** No table any more. */
    GONE("gone"),
    /** An older version, and no commit that says so. */
    ROLLED_BACK("rolled-back");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** For programs. */
    public String word() {
      return word;
    }
  }

  /** Whether it is of a property. */
  boolean isOf(String key) {
    return property.filter(each -> each.key().equals(key)).isPresent();
  }

  /** One line. */
  public String text() {
    return "version %d%s, %s: %s".formatted(version, when(), said(), what);
  }

  private String when() {
    return info.when().map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
  }

  private String said() {
    return info.operation().isEmpty() && info.who().isEmpty()
        ? kind.word()
        : "%s%s by %s"
            .formatted(
                info.operation().isEmpty() ? "a commit" : cut(info.operation()),
                info.parameters().isEmpty() ? "" : " " + cut(parameters()),
                info.who().isEmpty() ? "somebody unnamed" : cut(info.who()));
  }

  /** The parameters of the operation, without those that say nothing. */
  private String parameters() {
    Map<String, String> telling = new TreeMap<>(info.parameters());
    telling.values().removeIf(value -> value.isEmpty() || value.equals("[]"));
    return telling.entrySet().stream()
        .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** The version that a RESTORE says that it went back to. */
  Optional<Long> restoredTo() {
    String to = info.parameters().getOrDefault("version", "");
    return kind == Kind.RESTORED && to.matches("\\d{1,18}")
        ? Optional.of(Long.parseLong(to))
        : Optional.empty();
  }
}
