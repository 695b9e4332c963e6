package io.landfall.producer.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Refusal;
import io.landfall.schemas.Run;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Facts in the making, of a source that is no game's: all is well unless something is added. */
public final class Found {

  public static final Instant NOW = Instant.parse("2024-10-20T15:00:00Z");

  public static final Names NAMES =
      new Names(
          "weather",
          "station-hours",
          "station_hours",
          "weather.station-hours.v1",
          "station day",
          ZoneOffset.UTC,
          Optional.empty());

  static final FetchOutcome COMPLETE = new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING);

  private final Map<String, LedgerEntry> entries = new HashMap<>();
  private final Map<String, Integer> revisions = new HashMap<>();
  private final List<Standing> letters = new ArrayList<>();
  private final List<PastRun> runs = new ArrayList<>();
  private final List<OpenTransaction> open = new ArrayList<>();
  private Optional<Run> schedule = Optional.empty();
  private Lag shape = caughtUp();
  private Lag table = caughtUp();
  private Bronze bronze = new Bronze.NotAsked("nobody wants to know");
  private Names names = NAMES;
  private boolean isBegun = true;

  static Lag caughtUp() {
    return new Lag(true, 0, 0, 0, Optional.empty());
  }

  /** A week of two stations, and a run an hour ago. */
  public static Found well() {
    Found found = new Found();
    LocalDate.parse("2024-10-12")
        .datesUntil(LocalDate.parse("2024-10-20"))
        .forEach(
            day ->
                found
                    .item("A/" + day, day, ItemState.AVAILABLE, COMPLETE)
                    .item("B/" + day, day, ItemState.AVAILABLE, COMPLETE));
    found.item("A/2024-10-20", LocalDate.parse("2024-10-20"), ItemState.PENDING);
    return found.run(NOW.minusSeconds(3600), 0, null);
  }

  public Found item(String key, LocalDate day, ItemState state, FetchOutcome... outcomes) {
    return item(new Item(key, day, day, "Station " + key, state, Map.of()), outcomes);
  }

  Found item(Item item, FetchOutcome... outcomes) {
    LedgerEntry entry = Entries.listed(item);
    Instant at =
        item.getLastDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(7200);
    for (FetchOutcome outcome : outcomes) {
      entry = Entries.after(entry, outcome, at);
      at = at.plus(Duration.ofDays(1));
    }
    entries.put(item.getKey(), entry);
    return this;
  }

  public Found failed(String key, LocalDate day, String reason) {
    return item(key, day, ItemState.AVAILABLE, new FetchOutcome.Rejected(reason));
  }

  public Found incomplete(String key, LocalDate day, String reason) {
    return item(key, day, ItemState.AVAILABLE, missing(reason));
  }

  public Found settled(String key, LocalDate day, String reason) {
    FetchOutcome missing = missing(reason);
    return item(key, day, ItemState.AVAILABLE, missing, missing, missing, missing);
  }

  private static FetchOutcome missing(String reason) {
    return new FetchOutcome.Unchanged(
        new FetchOutcome.Missing(
            Map.of("air", reason), false, Optional.empty(), Optional.of(Duration.ofDays(2))));
  }

  public Found notInForce(
      String key, String endpoint, String sha256, Instant since, String reason) {
    entries.computeIfPresent(
        key,
        (known, entry) ->
            LedgerEntry.newBuilder(entry)
                .setNotInForce(Map.of(endpoint, new Refusal(sha256, since, reason)))
                .build());
    return this;
  }

  public Found revised(String key, int revision) {
    revisions.put(key, revision);
    return this;
  }

  public Found letter(
      long offset, String item, String reason, String detail, Standing.State state) {
    letters.add(
        new Standing(
            new Letter(
                new Origin("weather.answers.v1", 0, offset),
                Optional.of(ByteBuffer.wrap(item.getBytes(UTF_8))),
                Optional.empty(),
                reason,
                detail,
                "1",
                NOW.minusSeconds(7200)),
            true,
            OptionalLong.empty(),
            false,
            state,
            Optional.empty()));
    return this;
  }

  public Found run(Instant ended, int exitCode, @Nullable String reason, String... notes) {
    runs.add(
        PastRun.newBuilder()
            .setId("run-" + runs.size())
            .setCommand("run")
            .setStartedAt(ended.minusSeconds(42))
            .setEndedAt(ended)
            .setExitCode(exitCode)
            .setReason(reason)
            .setDue(2)
            .setComplete(exitCode == 0 ? 2 : 0)
            .setFailed(exitCode == 0 ? 0 : 2)
            .setRequests(4)
            .setRows(48)
            .setNotes(List.of(notes))
            .build());
    return this;
  }

  Found noRuns() {
    runs.clear();
    return this;
  }

  Found underWay(Instant started) {
    runs.add(
        PastRun.newBuilder()
            .setId("run-" + runs.size())
            .setCommand("run")
            .setStartedAt(started)
            .build());
    return this;
  }

  Found schedule(Instant ended, int exitCode, Instant next) {
    schedule =
        Optional.of(new Run("0 9 * * 1", "UTC", ended, ended, ended, 1, exitCode, "x", next));
    return this;
  }

  Found shape(Lag lag) {
    shape = lag;
    return this;
  }

  Found table(Lag lag) {
    table = lag;
    return this;
  }

  Found open(Duration age) {
    open.add(
        new OpenTransaction(
            "weather.answers.v1", 1, 7, Optional.of(NOW.minus(age)), Optional.of("landfall-x")));
    return this;
  }

  public Found told(Map<String, Long> quarantine, Optional<Bronze.Refused> refusal) {
    return bronze(
        new Bronze.Told(
            NOW.minusSeconds(20),
            "file:/data/bronze/station_hours",
            12,
            384,
            Needs.sum(quarantine.values()),
            quarantine,
            Map.of(0, 100L),
            refusal));
  }

  Found bronze(Bronze said) {
    bronze = said;
    return this;
  }

  Found named(Names others) {
    names = others;
    return this;
  }

  Found nothing() {
    isBegun = false;
    entries.clear();
    return noRuns();
  }

  public Overview overview() {
    return overview(NOW);
  }

  public Overview overview(Instant at) {
    ListedDays days =
        new ListedDays(LocalDate.parse("2024-10-10"), LocalDate.parse("2024-10-19"), null);
    return Overview.of(
        new Facts(
            at,
            isBegun,
            new Known(entries, isBegun ? Optional.of(days) : Optional.empty()),
            revisions,
            letters,
            runs,
            schedule,
            shape,
            table,
            open,
            bronze),
        names);
  }
}
