package io.landfall.cli.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every figure of every program: the names are part of the contract with users. */
public enum Metric {
  BUILD_INFO(
      Teller.BOTH,
      Kind.INFO,
      "landfall_build_info",
      "Which build it is; always 1.",
      "program",
      "version"),
  DEFINITION_INFO(
      Teller.PRODUCER,
      Kind.INFO,
      "landfall_definition_info",
      "Which version of the derivation makes the rows; always 1.",
      "source",
      "version"),
  REQUESTS(
      Teller.PRODUCER,
      Kind.COUNTER,
      "landfall_requests_total",
      "Requests sent to the API, each try counted; status is the HTTP code, or timeout, no-connection, io-error or interrupted where none came.",
      "source",
      "status"),
  REQUEST_SECONDS(
      Teller.PRODUCER,
      Kind.HISTOGRAM,
      "landfall_request_seconds",
      "How long one request took, from sending to the last byte or to the failure.",
      "source"),
  THROTTLE_SECONDS(
      Teller.PRODUCER,
      Kind.COUNTER,
      "landfall_throttle_seconds_total",
      "How long requests waited for the budget, and before another try; added over all that waited at once.",
      "source"),
  ITEMS(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_items",
      "Items in the ledger by where fetch stands with them: expected, fetched, incomplete, settled, failed or void.",
      "source",
      "state"),
  OLDEST_WAITING_ITEM(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_oldest_waiting_item_seconds",
      "How long ago the item that waits longest should have been there; 0 where none waits.",
      "source"),
  OLDEST_WAITING_ITEM_TIMESTAMP(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_oldest_waiting_item_timestamp_seconds",
      "Since when the item that waits longest should have been there; no sample where none waits.",
      "source"),
  OLDEST_MISSING_ITEM_TIMESTAMP(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_oldest_missing_item_timestamp_seconds",
      "The same of those of which nothing is held; what is held in part is in the table.",
      "source"),
  ANSWERS_NOT_IN_FORCE(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_answers_not_in_force",
      "Answers that came last for their endpoint and say less than what stays in force.",
      "source"),
  ROWS_EMITTED(
      Teller.PRODUCER,
      Kind.COUNTER,
      "landfall_rows_emitted_total",
      "Rows that shape has sent to the landing topic, by operation: upsert or retract. One that is sent again, because its transaction failed, counts again.",
      "dataset",
      "operation"),
  DEAD_LETTERS(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_dead_letters",
      "Dead letters that are open: not resolved and not dismissed.",
      "source"),
  TRANSACTION_SECONDS(
      Teller.PRODUCER,
      Kind.SUMMARY,
      "landfall_transaction_seconds",
      "How long one transaction of answers and ledger entries took, from its beginning to its commit.",
      "source"),
  LAST_RUN_TIMESTAMP(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_last_run_timestamp_seconds",
      "When the last run ended, however it did.",
      "source"),
  LAST_SUCCESSFUL_RUN_TIMESTAMP(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_last_successful_run_timestamp_seconds",
      "When the last run ended that had done all that was due (exit code 0); it stays while later ones fail.",
      "source"),
  LAST_RUN_EXIT_CODE(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_last_run_exit_code",
      "The exit code of the last run.",
      "source"),
  SHAPE_LAG(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_shape_lag_records",
      "Committed offsets of the archive that shape has not come to yet, those of transaction markers among them.",
      "source"),
  TOPIC_BYTES(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_topic_bytes",
      "Bytes of a topic on the brokers' disks, all replicas together.",
      "topic"),
  BROKER_DISK_USABLE(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_broker_disk_usable_bytes",
      "Bytes that a broker can still write where it keeps its topics.",
      "broker"),
  BROKER_DISK_TOTAL(
      Teller.PRODUCER,
      Kind.GAUGE,
      "landfall_broker_disk_total_bytes",
      "Bytes of the volumes where a broker keeps its topics.",
      "broker"),
  LAG(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_lag_records",
      "Offsets between where the table stands and the end of the topic, with what open transactions have written.",
      "dataset"),
  LAG_TO_LAST_STABLE(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_lag_to_last_stable_records",
      "Offsets between where the table stands and the last stable offset: what could be landed now.",
      "dataset"),
  OPEN_TRANSACTION_AGE(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_open_transaction_age_seconds",
      "How long the oldest transaction in the topic has been open; 0 where none is.",
      "dataset"),
  COMMIT_SECONDS(
      Teller.CONSUMER,
      Kind.SUMMARY,
      "landfall_commit_seconds",
      "How long one batch took from its first record to its commit in the table.",
      "dataset"),
  BATCH_SECONDS(
      Teller.CONSUMER,
      Kind.SUMMARY,
      "landfall_batch_seconds",
      "How long each phase of a batch took, as Spark's query progress tells it (latest_offset, query_planning, wal_commit, add_batch, trigger_execution, …).",
      "dataset",
      "phase"),
  BATCH_ROWS(
      Teller.CONSUMER,
      Kind.SUMMARY,
      "landfall_batch_rows",
      "Rows of one batch that was committed.",
      "dataset"),
  ROWS_APPENDED(
      Teller.CONSUMER,
      Kind.COUNTER,
      "landfall_rows_appended_total",
      "Rows that were appended to the table.",
      "dataset"),
  QUARANTINE_RECORDS(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_quarantine_records",
      "Records in the quarantine table that have not become rows.",
      "dataset"),
  TABLE_VERSION(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_table_version",
      "The newest version of the table.",
      "dataset"),
  TABLE_FILES(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_table_files",
      "Files that hold the rows of the table's newest version.",
      "dataset"),
  TABLE_BYTES(Teller.CONSUMER, Kind.GAUGE, "landfall_table_bytes", "Their bytes.", "dataset"),
  FRESHNESS(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_freshness_seconds",
      "How old the newest item in the table is: now minus landfall_newest_item_timestamp_seconds.",
      "dataset"),
  NEWEST_ITEM_TIMESTAMP(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_newest_item_timestamp_seconds",
      "When the newest item in the table was fetched (the greatest _fetched_at).",
      "dataset"),
  WRITER_STOPPED(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_writer_stopped",
      "1 where a run was refused or stopped for this reason, or the watch says that one would be; 0 for all others. The reasons are those that a refusal prints.",
      "dataset",
      "reason"),
  VERIFY_SUCCESS(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_verify_success",
      "1 where the last verify found the table whole, 0 where it did not.",
      "dataset"),
  VERIFY_TIMESTAMP(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_verify_timestamp_seconds",
      "When the last verify ended that could look at everything.",
      "dataset"),
  VERIFY_DIFFERENCES(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_verify_differences",
      "What it found: rows that are wrong or missing, items that are not as their manifests say, files that cannot be read.",
      "dataset"),
  BACKUP_TIMESTAMP(
      Teller.CONSUMER,
      Kind.GAUGE,
      "landfall_backup_timestamp_seconds",
      "When the last backup was complete.",
      "dataset");

  /** What it is to Prometheus. */
  enum Kind {
    /** Only grows; begins at 0 with the process. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Always 1: the labels say it. */
    INFO,
    /** Count, sum and the greatest of late. */
    SUMMARY,
    /** The same, with buckets. */
    HISTOGRAM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose figure it is. */
  enum Teller {
    PRODUCER,
    CONSUMER,
    BOTH
  }

  private final Teller teller;
  private final Kind kind;
  private final String title;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> labels;

  Metric(Teller teller, Kind kind, String title, String meaning, String... labels) {
    this.teller = teller;
    this.kind = kind;
    this.title = title;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  Teller teller() {
    return teller;
  }

  Kind kind() {
    return kind;
  }

  /** Its name for Prometheus. */
  String title() {
    return title;
  }

  String meaning() {
    return meaning;
  }

  List<String> labels() {
    return labels;
  }

  /** What it counts, by the end of its name. */
  String unit() {
    String name = title.replaceAll("_total$", "");
    return switch (this) {
      case BUILD_INFO,
          DEFINITION_INFO,
          WRITER_STOPPED,
          VERIFY_SUCCESS,
          LAST_RUN_EXIT_CODE,
          TABLE_VERSION ->
          "";
      case ANSWERS_NOT_IN_FORCE -> "answers";
      case DEAD_LETTERS -> "dead letters";
      case ROWS_EMITTED, ROWS_APPENDED -> "rows";
      default ->
          name.endsWith("_timestamp_seconds")
              ? "seconds since 1970"
              : name.substring(name.lastIndexOf('_') + 1);
    };
  }

  /**
   * The moment that it is the age of; it is told by itself where that is told. An age that was
   * written to a file is wrong a minute later, the moment is not.
   */
  Optional<Metric> ageOf() {
    return switch (this) {
      case OLDEST_WAITING_ITEM -> Optional.of(OLDEST_WAITING_ITEM_TIMESTAMP);
      case FRESHNESS -> Optional.of(NEWEST_ITEM_TIMESTAMP);
      default -> Optional.empty();
    };
  }

  /** The age of it, if that is a figure too. */
  Optional<Metric> age() {
    return Arrays.stream(values()).filter(one -> one.ageOf().equals(Optional.of(this))).findFirst();
  }

  /**
   * Whether what the file says of it is true until somebody says something else: a fact that stays
   * behind a run, and not one of the process.
   */
  boolean isKept() {
    return switch (this) {
      case ITEMS,
          OLDEST_WAITING_ITEM,
          OLDEST_WAITING_ITEM_TIMESTAMP,
          OLDEST_MISSING_ITEM_TIMESTAMP,
          ANSWERS_NOT_IN_FORCE,
          DEAD_LETTERS,
          LAST_RUN_TIMESTAMP,
          LAST_SUCCESSFUL_RUN_TIMESTAMP,
          LAST_RUN_EXIT_CODE,
          FRESHNESS,
          NEWEST_ITEM_TIMESTAMP,
          QUARANTINE_RECORDS,
          WRITER_STOPPED,
          VERIFY_SUCCESS,
          VERIFY_TIMESTAMP,
          VERIFY_DIFFERENCES,
          BACKUP_TIMESTAMP ->
          true;
      default -> false;
    };
  }
}
