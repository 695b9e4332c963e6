package io.landfall.cli;

import java.util.Locale;

/** Why a program refuses to go on, as one word that scripts and alerts can tell apart. */
public enum RefusalReason {
  TOPIC_RECREATED(
      "the topic of this name has another id in Kafka than the one that was read: it was deleted and created again, or this is another cluster"),
  TOPIC_MISSING("the topic is not in Kafka"),
  TOPIC_UNSAFE("the topic's settings would break a promise, a retention for example"),
  TOPIC_SHORTER("the topic ends before what was already read of it"),
  OFFSETS_EXPIRED("the topic begins behind what was already read of it"),
  UNDECODABLE_RECORD("a record of the topic is no row"),
  UNKNOWN_SCHEMA("record or table have a schema that only a newer release knows"),
  CONFLICTING_ROWS(
      "an adopted topic has a row of the same key and revision as the table, with other content"),
  NOT_OURS("what is at that place is no table of Landfall's"),
  OTHER_TABLE(
      "the table is another dataset's, or another one than when the run began, or holds another part of the topic"),
  UNWRITABLE_TABLE("the table lost its protection, or has what a plain append would break"),
  TABLE_DAMAGED("files of the table are missing or not whole"),
  TAKEN_BACK("rows were taken out of the table that had been committed (RESTORE)"),
  CHANGED_BY_OTHERS(
      "others changed the table in a way that an append-only table does not go on with before somebody has looked at it"),
  TABLE_GONE("the table was there when the run began, and is not any more"),
  OTHER_WRITER("somebody else writes the same table, and was quicker each time"),
  UNSAFE_STORAGE("two writers cannot be kept apart on this storage"),
  STATE_LOST("what a program knows of what it has done is gone, while what it did is there");

  private final String meaning;

  RefusalReason(String meaning) {
    this.meaning = meaning;
  }

  /** For pages. */
  public String meaning() {
    return meaning;
  }

  /** As it is printed: {@code topic-recreated}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
