package io.landfall.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Every setting of every program: the names are part of the contract with users. */
public final class LandfallSettings {

  public static final Setting<String> BOOTSTRAP_SERVERS =
      Setting.of(
          "bootstrap-servers",
          "HOST:PORT",
          Parsers::bootstrapServers,
          "127.0.0.1:9092",
          "Kafka brokers to begin with, several with commas between.");

  public static final Setting<String> TOPIC_PREFIX =
      Setting.optional(
          "topic-prefix",
          "TEXT",
          Parsers::topicPrefix,
          "Stands in front of the name of every topic, transactional id, application id and group, so that several deployments share a cluster and never meet: dev. makes dev.nhl.answers.v1. Without it: nothing.");

  public static final Setting<URI> SCHEMA_REGISTRY_URL =
      Setting.optional(
          "schema-registry-url",
          "URL",
          Parsers::httpUrl,
          "A schema registry that speaks Confluent's REST API: shape registers the schema of its rows there and writes them in Confluent's wire format, and whoever reads rows finds their schemas there. Apicurio's path is /apis/ccompat/v7. Without it: Avro single-object encoding, which needs no server.");

  public static final Setting<String> SCHEMA_REGISTRY_USER =
      Setting.optional(
          "schema-registry-user",
          "NAME",
          Parsers::text,
          "Whom the schema registry asks for a password. Without it: it asks nobody.");

  public static final Setting<String> SCHEMA_REGISTRY_PASSWORD =
      Setting.optional(
          "schema-registry-password",
          "PASSWORD",
          Parsers::text,
          "That user's password: in the environment or in a file, never as a flag.");

  public static final Setting<URI> WEB_API_URL =
      Setting.of(
          "web-api-url",
          "URL",
          Parsers::httpUrl,
          "https://api-web.nhle.com/v1",
          "Where schedule, play-by-play and box score are asked for.");

  public static final Setting<URI> STATS_API_URL =
      Setting.of(
          "stats-api-url",
          "URL",
          Parsers::httpUrl,
          "https://api.nhle.com/stats/rest/en",
          "Where shift charts are asked for.");

  public static final Setting<URI> REPORTS_URL =
      Setting.optional(
          "reports-url",
          "URL",
          Parsers::httpUrl,
          "Where the official HTML reports are asked for when a shift chart is missing. Without it: https://www.nhl.com/scores/htmlreports, or /scores/htmlreports on the host of web-api-url if that is another.");

  public static final Setting<LocalDate> FROM =
      Setting.optional(
          "from",
          "DATE",
          Parsers::date,
          "First day, in the source's time zone, whatever is held of it. Without --from and --to: for what fetches, what is due, and in the first run all days from history-start on; for reshape, all.");

  public static final Setting<LocalDate> TO =
      Setting.optional(
          "to",
          "DATE",
          Parsers::date,
          "Last day. Without it: today for what fetches, all for reshape.");

  public static final Setting<Set<String>> ITEMS =
      Setting.optional(
          "items",
          "KEY,KEY",
          Parsers::keys,
          "Derive again the items with these keys only (the NHL's: game ids). Without it: those of --from and --to.");

  public static final Setting<Boolean> DRY_RUN =
      Setting.onOff("dry-run", "Change nothing, and say what would change.");

  public static final Setting<String> SOURCE =
      Setting.optional(
          "source",
          "NAME",
          Parsers::text,
          "Which API: nhl, the name of a source that was applied, or the file that describes one (with a slash, or .yaml or .yml at its end). Without it: nhl.");

  public static final Setting<Boolean> ANSWERS_TABLE =
      Setting.onOff(
          "answers-table",
          "Land the API's answers as they came, too: dataset SOURCE.answers, a row for each answer that differs from the one before. Of a source that a file describes, that file says it.");

  public static final Setting<LocalDate> HISTORY_START =
      Setting.optional(
          "history-start",
          "DATE",
          Parsers::date,
          "The first day that is asked for at all. Without it: the source's first, for the NHL 2023-10-01.");

  public static final Setting<String> ACCEPT =
      Setting.optional(
          "accept",
          "ITEM",
          Parsers::text,
          "The key of an item, as `producer status` tells it, which is asked for now, and whose answers come into force whatever they take back; or which goes on though the API may have forgotten what changed in between.");

  public static final Setting<Boolean> ONE_TIME_LOAD =
      Setting.onOff(
          "one-time-load",
          "List all days from history-start on once more and fetch what is missing, as the first run does and the sweep.");

  public static final Setting<Integer> SWEEP_DAYS =
      Setting.of(
          "sweep-days",
          "DAYS",
          Parsers.integer(1, 366),
          "7",
          "After how many days all days from history-start on are listed once more: what was added to a day that was over is found by that.");

  public static final Setting<Integer> LOOKBACK_DAYS =
      Setting.of(
          "lookback-days",
          "DAYS",
          Parsers.integer(0, 366),
          "0",
          "Items of so many days before the last one are asked for in each run. In any case those that are held are looked at again, for corrections, 1, 3, 7 and 30 days after they changed last.");

  public static final Setting<Double> REQUESTS_PER_SECOND =
      Setting.optional(
          "requests-per-second",
          "NUMBER",
          Parsers::positive,
          "The most requests to each host of the API in a second. Without it: 5, and no limit for an API on this machine's loopback address.");

  public static final Setting<Integer> MAX_IN_FLIGHT =
      Setting.of(
          "max-in-flight",
          "NUMBER",
          Parsers.integer(1, 64),
          "4",
          "The most items (the NHL's: games) fetched from the API at once.");

  public static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.of(
          "request-timeout",
          "TIME",
          Parsers::duration,
          "20s",
          "How long one answer of the API may take, from request to last byte.");

  public static final Setting<Integer> ITEMS_PER_TRANSACTION =
      Setting.of(
          "items-per-transaction",
          "NUMBER",
          Parsers.integer(1, 1000),
          "13",
          "The most items (the NHL's: games) in one Kafka transaction.");

  public static final Setting<Duration> LIVE =
      Setting.optional(
          "live",
          "TIME",
          Parsers::duration,
          "Fetch what is in progress this often (60s), as revisions whose rows say that they are provisional; the run goes on until nothing is in progress any more, and a schedule does it between its runs. Without it: nothing is asked for before it has ended.");

  public static final Setting<String> CRON =
      Setting.of(
          "cron",
          "EXPRESSION",
          Parsers::text,
          "0 9 * * *",
          "When to run: minute, hour, day of month, month, day of week.");

  public static final Setting<ZoneId> ZONE =
      Setting.optional(
          "zone",
          "ZONE",
          Parsers::zone,
          "The time zone that the cron expression counts in. Without it: the source's own, for the NHL America/New_York.");

  public static final Setting<Path> STATE_DIR =
      Setting.of(
          "state-dir",
          "DIR",
          Parsers::path,
          "~/.landfall/state",
          "Where shape keeps a local copy of its state. It may be deleted while nothing runs: it comes back from Kafka.");

  public static final Setting<TableLocation> TABLE =
      Setting.required(
          "table",
          "TABLE",
          Parsers::table,
          "The bronze table: a folder, a URI of one (file:, s3a:, abfss:, gs:, hdfs:), or a name in Spark's catalog (catalog.schema.table; a folder with such a name is ./catalog.schema.table).");

  public static final Setting<List<String>> DATASET =
      Setting.optional(
          "dataset",
          "NAMES",
          Parsers::names,
          "Which datasets, with commas between: those that the program knows by their name, and SOURCE.RESOURCE (usgs.earthquakes) for those that a definition in Kafka says. Without it: all that the program knows; a command for one table at a time needs one. The tables of several have {dataset} in --table, which is usgs_earthquakes then.");

  public static final Setting<DoorChoice> DOOR =
      Setting.of(
          "door",
          "DOOR",
          Parsers.oneOf(DoorChoice.class),
          "auto",
          "How rows get into the table: fast (a folder only), spark (any table, through Spark's own writer), or auto: fast for a folder, spark for a name in a catalog.");

  public static final Setting<Path> SCRATCH_DIR =
      Setting.of(
          "scratch-dir",
          "DIR",
          Parsers::path,
          "~/.landfall/scratch",
          "Where Spark keeps temporary files. It may be deleted while nothing runs, with no effect.");

  public static final Setting<Integer> RECORDS_PER_COMMIT =
      Setting.of(
          "records-per-commit",
          "NUMBER",
          Parsers.integer(1, 100_000_000),
          "1000000",
          "About the most records in one commit of the table.");

  public static final Setting<Boolean> ONCE =
      Setting.onOff(
          "once",
          "End as soon as everything is done that was there to do, instead of waiting for more.");

  public static final Setting<Boolean> ADOPT_TOPIC =
      Setting.onOff(
          "adopt-topic",
          "Go on with a landing topic that was deleted and created again. Rows that were landed from the old one are not appended a second time.");

  public static final Setting<Boolean> REFILL =
      Setting.onOff(
          "refill",
          "Go on with a table that somebody restored, and land again what is gone from its end: an answer for this once, noted in the table's log. Where nothing was restored it does nothing.");

  public static final Setting<Integer> ACCEPT_VERSION =
      Setting.optional(
          "accept-version",
          "VERSION",
          Parsers.integer(0, Integer.MAX_VALUE),
          "Go on with a table that others changed, after somebody has looked at what they did up to this version: noted in the table's log. Without it: such a table is refused.");

  public static final Setting<Set<String>> QUARANTINE_SCHEMA =
      Setting.optional(
          "quarantine-schema",
          "FINGERPRINTS",
          Parsers::fingerprints,
          "Set aside the records of exactly these schemas, which this release does not know, into the quarantine table, after somebody has looked at them: fingerprints (or id:NUMBER of a schema registry) as the refusal prints them, with commas between. Without it: such a record stops a run.");

  public static final Setting<Path> READY_FILE =
      Setting.optional(
          "ready-file",
          "FILE",
          Parsers::path,
          "A file that exists for as long as the command is up: for health checks.");

  public static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
          "log-format",
          "FORMAT",
          Parsers.oneOf(LogFormat.class),
          "text",
          "How the log on standard error is written: text, or json (one object a line, in the Elastic Common Schema).");

  public static final Setting<URI> OPENLINEAGE_URL =
      Setting.optional(
          "openlineage-url",
          "URL",
          Parsers::httpUrl,
          "A service that speaks OpenLineage (Marquez, DataHub, …): it is told which run read and wrote what, and how many rows. Without a path, /api/v1/lineage there. Without it: nobody is told.");

  public static final Setting<String> OPENLINEAGE_NAMESPACE =
      Setting.of(
          "openlineage-namespace",
          "NAME",
          Parsers::text,
          "landfall",
          "The namespace of the jobs there.");

  public static final Setting<String> OPENLINEAGE_TOKEN =
      Setting.optional(
          "openlineage-token",
          "TOKEN",
          Parsers::text,
          "What that service asks for as a bearer token. A secret: not as a flag. Without it: no token.");

  public static final Setting<InetSocketAddress> METRICS_ADDRESS =
      Setting.optional(
          "metrics-address",
          "HOST:PORT",
          Parsers::listening,
          "Where the command answers /metrics (for Prometheus), /healthz and /readyz over HTTP while it runs; a port alone is one of 127.0.0.1. Without it: nowhere.");

  public static final Setting<Path> METRICS_FILE =
      Setting.optional(
          "metrics-file",
          "FILE.prom",
          Parsers::textfile,
          "A file of figures for node_exporter's textfile collector, each command's its own: written when the command has ended, and every 15 seconds by one that goes on. Without it: none.");

  public static final Setting<TableLocation> INTO =
      Setting.required(
          "into",
          "TABLE",
          Parsers::table,
          "Where the new table comes into being: an empty or missing folder, or, for replay, a name that the catalog does not have yet.");

  public static final Setting<TableLocation.Folder> BACKUP =
      Setting.required(
          "backup",
          "FOLDER",
          Parsers::folder,
          "Where the backups of the table are: a folder, or a URI of one (file:, s3a:, abfss:, gs:, hdfs:). One folder is for one table.");

  public static final Setting<String> BACKUP_ID =
      Setting.optional(
          "id",
          "ID",
          Parsers::backupId,
          "Which backup, as `backup list` shows it. Without it: for verify all, for restore the newest.");

  public static final Setting<SortedMap<Integer, Long>> FROM_OFFSET =
      Setting.optional(
          "from-offset",
          "P:O,…",
          Parsers::offsets,
          "Rebuild only what lies at these offsets and behind; a partition that is not named, from its start.");

  public static final Setting<Instant> FROM_TIME =
      Setting.optional(
          "from-time",
          "TIME",
          Parsers::time,
          "Rebuild only from the first record of each partition that has this time or a later one: a day, or a time such as 2024-10-04T12:30:00Z.");

  public static final Setting<OutputFormat> OUTPUT =
      Setting.of(
          "output",
          "FORMAT",
          Parsers.oneOf(OutputFormat.class),
          "table",
          "How rows are printed: table, csv or json (one object a line).");

  public static final Setting<SqlEngine> ENGINE =
      Setting.of(
          "engine",
          "ENGINE",
          Parsers.oneOf(SqlEngine.class),
          "duckdb",
          "What answers a query, and so whose SQL it is: duckdb, which starts at once, or spark, which takes longer and also reads history and older versions.");

  public static final Setting<Optional<InetSocketAddress>> SERVE =
      Setting.onOffOr(
          "serve",
          "HOST:PORT",
          Parsers::served,
          "Show it as a page that stays up to date, until it is stopped: true at 127.0.0.1:8484, or at this address. A port alone is one of this machine. Whoever reaches the address can read the page.");

  public static final List<Setting<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          TOPIC_PREFIX,
          SCHEMA_REGISTRY_URL,
          SCHEMA_REGISTRY_USER,
          SCHEMA_REGISTRY_PASSWORD,
          WEB_API_URL,
          STATS_API_URL,
          REPORTS_URL,
          FROM,
          TO,
          SOURCE,
          ANSWERS_TABLE,
          HISTORY_START,
          ACCEPT,
          ONE_TIME_LOAD,
          SWEEP_DAYS,
          ITEMS,
          DRY_RUN,
          LOOKBACK_DAYS,
          REQUESTS_PER_SECOND,
          MAX_IN_FLIGHT,
          REQUEST_TIMEOUT,
          ITEMS_PER_TRANSACTION,
          LIVE,
          CRON,
          ZONE,
          STATE_DIR,
          DATASET,
          TABLE,
          DOOR,
          SCRATCH_DIR,
          RECORDS_PER_COMMIT,
          ONCE,
          ADOPT_TOPIC,
          REFILL,
          ACCEPT_VERSION,
          QUARANTINE_SCHEMA,
          READY_FILE,
          LOG_FORMAT,
          OPENLINEAGE_URL,
          OPENLINEAGE_NAMESPACE,
          OPENLINEAGE_TOKEN,
          METRICS_ADDRESS,
          METRICS_FILE,
          INTO,
          BACKUP,
          BACKUP_ID,
          FROM_OFFSET,
          FROM_TIME,
          ENGINE,
          OUTPUT,
          SERVE);

  private LandfallSettings() {}
}
