package io.landfall.producer.overview;

import static io.landfall.producer.overview.Found.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.producer.overview.Need.Kind;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.nhl.NhlDatasets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What needs a person, each alone, and its neighbour that does not. */
class NeedsTest {

  private static final LocalDate YESTERDAY = LocalDate.parse("2024-10-19");
  private static final LocalDate TODAY = LocalDate.parse("2024-10-20");

  private static void assertNeeds(Found found, Kind kind, String... texts) {
    Overview overview = found.overview();
    assertThat(overview.needs()).extracting(Need::kind).containsExactly(kind);
    assertThat(overview.needs().get(0).what()).contains(texts);
    assertThat(overview.needs().get(0).how()).isNotBlank();
    assertThat(overview.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(overview.headline()).isEqualTo("1 thing needs you");
  }

  private static void assertWell(Found found) {
    Overview overview = found.overview();
    assertThat(overview.needs()).isEmpty();
    assertThat(overview.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(overview.headline()).startsWith("All is well: ");
  }

  @Test
  void nothingNeedsAnybody() {
    assertWell(Found.well());
    assertThat(Found.well().overview().headline())
        .isEqualTo(
            "All is well: 16 station days held, days listed through 2024-10-19, the table has caught up, the table itself was not asked");
    assertThat(Found.well().told(Map.of(), Optional.empty()).overview().headline())
        .endsWith("the table has caught up, 384 rows in it");
  }

  @Test
  void nothingWasEverFetched() {
    assertNeeds(new Found().nothing(), Kind.NOTHING_FETCHED, "no ledger of weather");
  }

  @Test
  void anItemOfWhichNothingIsHeldIsOverdueAfterTwelveHours() {
    assertNeeds(
        Found.well().failed("C/1", YESTERDAY, "status 404"),
        Kind.ITEMS_OVERDUE,
        "1 station day waits for more than 12 hours",
        "C/1 2024-10-19 Station C/1: status 404");
    assertNeeds(
        Found.well().item("C/1", YESTERDAY, ItemState.AVAILABLE),
        Kind.ITEMS_OVERDUE,
        "not asked for yet");
    assertWell(Found.well().item("C/1", TODAY, ItemState.AVAILABLE));
    assertWell(Found.well().item("C/1", YESTERDAY, ItemState.PENDING));
  }

  @Test
  void whatIsHeldInPartWaitsForTheSource() {
    assertWell(Found.well().incomplete("C/1", LocalDate.parse("2024-10-12"), "air: empty"));
    assertNeeds(
        Found.well().incomplete("C/1", LocalDate.parse("2024-10-01"), "air: empty"),
        Kind.ITEMS_OVERDUE,
        "held in part only for more than 15 days");
    assertWell(Found.well().settled("C/1", LocalDate.parse("2024-09-01"), "air: empty"));
  }

  @Test
  void theLastRunFailed() {
    assertNeeds(
        Found.well().run(NOW.minusSeconds(60), 3, "no connection"),
        Kind.RUN_FAILED,
        "exit code 3: no connection");
    assertWell(Found.well().run(NOW.minusSeconds(7200), 3, "no connection"));
    assertWell(Found.well().run(NOW.minusSeconds(60), 5, "another took over"));
    assertWell(Found.well().underWay(NOW.minusSeconds(60)));
  }

  @Test
  void noRunHasEndedWellForADayAndAHalf() {
    Instant old = NOW.minus(Duration.ofHours(37));
    assertNeeds(Found.well().noRuns().run(old, 0, null), Kind.RUN_LATE, "for 37 hours");
    assertNeeds(Found.well().noRuns().underWay(old), Kind.RUN_LATE, "No run has ever ended well");
    assertWell(Found.well().noRuns().run(NOW.minus(Duration.ofHours(35)), 0, null));
    assertWell(
        Found.well().noRuns().run(old, 0, null).schedule(old, 0, NOW.plus(Duration.ofDays(5))));
    assertNeeds(
        Found.well().noRuns().run(old, 0, null).schedule(old, 0, NOW.minus(Duration.ofHours(2))),
        Kind.RUN_LATE,
        "37 hours");
  }

  @Test
  void anAnswerThatSaysLessIsConfirmedOrLookedAt() {
    String key = "A/2024-10-12";
    Instant old = NOW.minus(Duration.ofDays(3));
    assertNeeds(
        Found.well().notInForce(key, "air", "ab", old, "3 hours, not 24"),
        Kind.NOT_IN_FORCE,
        "Answers of 1 station day",
        "3 hours, not 24");
    assertWell(Found.well().notInForce(key, "air", "ab", NOW.minusSeconds(60), "3 hours"));
    // Nobody can make an API serve again what it serves no more; what is held is in force.
    assertWell(Found.well().notInForce(key, "air", "", old, "no longer served"));
  }

  @Test
  void openDeadLetters() {
    assertNeeds(
        Found.well()
            .letter(3, "A/1", "UNSHAPEABLE", "older", State.OPEN)
            .letter(4, "A/2", "UNDECODABLE", "newer", State.OPEN),
        Kind.DEAD_LETTERS,
        "2 dead letters are open",
        "weather.answers.v1-0@4: UNDECODABLE, newer");
    assertWell(
        Found.well()
            .letter(3, "A/1", "UNSHAPEABLE", "x", State.DISMISSED)
            .letter(4, "A/2", "UNSHAPEABLE", "x", State.RESOLVED));
  }

  @Test
  void whoIsBehindForTooLong() {
    Lag late = new Lag(true, 40, 41, 0, Optional.of(NOW.minus(Duration.ofHours(13))));
    Lag soon = new Lag(true, 40, 41, 0, Optional.of(NOW.minus(Duration.ofHours(11))));
    // Marks of transactions and what was aborted: there is nothing to read.
    Lag marks = new Lag(true, 3, 3, 0, Optional.empty());
    assertNeeds(Found.well().shape(late), Kind.SHAPE_BEHIND, "13 hours", "40 offsets");
    assertNeeds(Found.well().table(late), Kind.TABLE_BEHIND, "13 hours", "40 offsets");
    assertWell(Found.well().shape(soon).table(soon));
    assertWell(Found.well().shape(marks).table(marks));
    assertThat(Found.well().table(soon).overview().headline())
        .contains("the table is 40 offsets behind, for 11 hours");
    assertThat(Found.well().table(marks).overview().headline()).contains("has caught up");
  }

  @Test
  void aPositionBehindTheEndOfItsTopic() {
    Lag beyond = new Lag(true, 0, 0, 9, Optional.empty());
    assertNeeds(Found.well().shape(beyond), Kind.SHAPE_BEHIND, "9 records");
    assertNeeds(Found.well().table(beyond), Kind.TABLE_BEHIND, "9 records", "made anew");
  }

  @Test
  void nobodyTellsWhereTheTableStands() {
    Lag untold = new Lag(false, 40, 40, 0, Optional.empty());
    assertNeeds(
        Found.well().table(untold),
        Kind.TABLE_UNKNOWN,
        "No consumer has told its position in weather.station-hours.v1");
    assertWell(Found.well().table(Lag.NONE));
  }

  @Test
  void aTransactionThatNobodyEnds() {
    assertNeeds(
        Found.well().open(Duration.ofMinutes(3)),
        Kind.OPEN_TRANSACTION,
        "3 minutes",
        "of landfall-x");
    assertWell(Found.well().open(Duration.ofSeconds(3)));
  }

  @Test
  void whatTheConsumerTells() {
    assertNeeds(
        Found.well()
            .told(
                Map.of(),
                Optional.of(
                    new Bronze.Refused(
                        Optional.of("taken-back"), "Rows were taken out.\nUndo it"))),
        Kind.TABLE_REFUSED,
        "(taken-back)",
        "Rows were taken out.");
    assertNeeds(
        Found.well().told(Map.of("UNDECODABLE", 2L, "RULE", 1L), Optional.empty()),
        Kind.QUARANTINE,
        "3 records are in quarantine: 1 RULE, 2 UNDECODABLE");
    assertThat(
            Found.well().told(Map.of("RULE", 1L), Optional.empty()).overview().needs().stream()
                .map(Need::how))
        .containsExactly(
            "landfall consumer quarantine list --table file:/data/bronze/station_hours");
    assertNeeds(
        Found.well().bronze(new Bronze.Unanswered(NOW, "exit code 3")),
        Kind.TABLE_UNANSWERED,
        "exit code 3");
    assertWell(Found.well().told(Map.of(), Optional.empty()));
  }

  @Test
  void severalAreCounted() {
    Overview overview =
        Found.well()
            .open(Duration.ofMinutes(3))
            .letter(3, "A/1", "UNSHAPEABLE", "x", State.OPEN)
            .overview();
    assertThat(overview.headline()).isEqualTo("2 things need you");
  }

  /** The NHL is what commands take without being told; any other source they must be told. */
  @Test
  void whatToDoNamesASourceThatAFileDescribes() {
    Dataset orders =
        Dataset.defined(
            "shop",
            "Shop",
            "orders",
            NhlDatasets.PLAYER_GAME_STATS.history(),
            List.of("gameId"),
            List.of(),
            List.of());
    Names names = Names.of(orders.withTopicPrefix("dev."), true, "item", ZoneOffset.UTC);
    assertThat(names.of("landfall producer dead-letters list"))
        .isEqualTo("landfall producer dead-letters list --source shop");
    assertThat(names.of("landfall consumer run --once --table TABLE; or landfall status"))
        .isEqualTo(
            "landfall consumer run --once --dataset shop.orders --table TABLE; or landfall status");
    assertThat(Found.well().named(names).letter(3, "a", "R", "d", State.OPEN).overview().needs())
        .extracting(Need::how)
        .containsExactly("landfall producer dead-letters list --source shop");
    assertThat(Found.NAMES.of("landfall producer run")).isEqualTo("landfall producer run");
  }
}
