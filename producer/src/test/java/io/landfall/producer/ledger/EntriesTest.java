package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Refusal;
import io.landfall.schemas.SingleObjectFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What an entry says depends on how the game was last fetched, not on how bad its nights were. */
class EntriesTest {

  private static final Instant NOW = Instant.parse("2024-10-10T14:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2024-10-08");
  private static final Missing CHART = new Missing(Map.of("shiftcharts", "empty"), false);
  private static final Missing BOX_SCORE = new Missing(Map.of("boxscore", "status 503"), true);

  private static Item game(String state) {
    return Games.of(1, DAY, 2, state, "BUF", "NJD");
  }

  private static FetchOutcome fetched(Missing missing) {
    ApiAnswer response =
        new ApiAnswer(
            "play-by-play", "http://x", 200, "application/json", NOW, "ab", ByteBuffer.allocate(1));
    return new FetchOutcome.Fetched(
        new ItemAnswers(game("OFF"), NOW, List.of(response), List.of(), null, true, 1, 1),
        missing,
        Map.of(),
        Map.of());
  }

  private static FetchOutcome unavailable() {
    return new FetchOutcome.Unavailable("status 503", Optional.empty());
  }

  private static void assertNothingToSay(LedgerEntry entry, String history) {
    assertThat(entry.getStatus()).as(history).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getReason()).as(history).isNull();
    assertThat(entry.getAttempts()).as(history).isZero();
    assertThat(entry.getMissing()).as(history).isEmpty();
  }

  @Test
  void anEntryIsReadAgainAsItWasWritten() throws Exception {
    Instant precise = NOW.plusNanos(123_456_789);
    SingleObjectFormat<LedgerEntry> format = SingleObjectFormat.of(LedgerEntry.class);
    for (FetchOutcome outcome :
        List.of(
            fetched(Missing.NOTHING),
            fetched(CHART),
            new FetchOutcome.Unavailable("503", Optional.of(precise.plusSeconds(99_999))))) {
      LedgerEntry entry = Entries.after(expected(), outcome, precise);
      assertThat(format.decode(format.encode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void oneBadNightIsForgottenWithTheNextSuccess() {
    LedgerEntry held = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    LedgerEntry failed = Entries.after(held, unavailable(), NOW.plusSeconds(1));
    assertThat(failed.getReason()).isEqualTo("status 503");
    LedgerEntry again =
        Entries.after(failed, new FetchOutcome.Unchanged(Missing.NOTHING), NOW.plusSeconds(2));
    assertNothingToSay(again, "held, failed, unchanged");
    assertThat(again.getHeld()).isEqualTo(held.getHeld());
  }

  private static LedgerEntry expected() {
    return Entries.listed(game("OFF"));
  }

  @Property
  void afterAnySequenceOfOutcomesASuccessClearsWhatWasNoted(@ForAll long seed) {
    Random random = new Random(seed);
    List<FetchOutcome> outcomes =
        List.of(
            fetched(Missing.NOTHING),
            fetched(CHART),
            fetched(BOX_SCORE),
            new FetchOutcome.Unchanged(Missing.NOTHING),
            new FetchOutcome.Unchanged(CHART),
            new FetchOutcome.Unchanged(BOX_SCORE),
            unavailable(),
            new FetchOutcome.Unavailable("status 429", Optional.of(NOW.plusSeconds(999_999))),
            new FetchOutcome.Rejected("status 404"),
            new FetchOutcome.NotAsked("the breaker is open"));
    LedgerEntry entry = expected();
    Instant now = NOW;
    List<String> history = new ArrayList<>();
    for (int step = random.nextInt(15); step >= 0; step--) {
      FetchOutcome outcome = outcomes.get(random.nextInt(outcomes.size()));
      LedgerEntry before = entry;
      now = now.plus(Duration.ofMinutes(random.nextInt(3_000)));
      entry = Entries.after(before, outcome, now);
      history.add(outcome.toString());
      assertFollows(before, outcome, entry, now, history.toString());
    }
    FetchOutcome success = outcomes.get(random.nextBoolean() ? 0 : 3);
    assertNothingToSay(Entries.after(entry, success, now), history.toString());
  }

  private static void assertFollows(
      LedgerEntry before, FetchOutcome outcome, LedgerEntry after, Instant now, String history) {
    if (outcome instanceof FetchOutcome.NotAsked) {
      assertThat(after).as(history).isEqualTo(before);
      return;
    }
    Optional<Missing> missing =
        outcome.match(
            fetched -> Optional.of(fetched.missing()),
            unchanged -> Optional.of(unchanged.missing()),
            unavailable -> Optional.empty(),
            rejected -> Optional.empty(),
            notAsked -> Optional.empty(),
            divided -> Optional.empty());
    if (missing.equals(Optional.of(Missing.NOTHING))) {
      assertNothingToSay(after, history);
      return;
    }
    assertThat(after.getReason()).as(history).isNotBlank();
    assertThat(after.getAttempts()).as(history).isEqualTo(before.getAttempts() + 1);
    assertThat(after.getNextAttemptAt())
        .as(history)
        .isAfterOrEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    if (missing.isPresent()) {
      assertThat(after.getStatus()).as(history).isEqualTo(ItemStatus.INCOMPLETE);
    } else {
      assertThat(after.getHeld()).as(history).isEqualTo(before.getHeld());
    }
  }

  @Test
  void aGameThatIsCalledOffHasNothingMoreToSay() {
    LedgerEntry failed = Entries.after(expected(), unavailable(), NOW);
    LedgerEntry called = Entries.listed(failed, game("CNCL"), NOW);
    assertThat(called.getStatus()).isEqualTo(ItemStatus.VOID);
    assertThat(called.getReason()).isNull();
    assertThat(called.getAttempts()).isZero();
    assertThat(called.getNextAttemptAt()).isNull();
  }

  @Test
  void aFailureIsDueInTheNextRunUntilItHasStayed() {
    LedgerEntry entry = expected();
    for (int attempt = 1; attempt <= 6; attempt++) {
      entry = Entries.after(entry, unavailable(), NOW);
      assertThat(entry.getNextAttemptAt()).as("attempt %d", attempt).isEqualTo(NOW);
    }
    entry = Entries.after(entry, unavailable(), NOW);
    assertThat(entry.getNextAttemptAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void whatIsNotThereYetHasItsPauseAtOnce() {
    assertThat(Entries.after(expected(), fetched(CHART), NOW).getNextAttemptAt())
        .isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(Entries.after(expected(), fetched(BOX_SCORE), NOW).getNextAttemptAt())
        .isEqualTo(NOW);
  }

  private static final Missing SMALL =
      new Missing(
          Map.of("boxscore", "shots"), false, Optional.empty(), Optional.of(Duration.ofDays(3)));

  @Test
  void whatIsCompleteIsLookedAtLessAndLess() {
    LedgerEntry entry = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    List<Long> looks = new ArrayList<>();
    for (long hour = 1; hour < 24 * 365; hour++) {
      Instant now = NOW.plus(Duration.ofHours(hour));
      if (entry.getNextAttemptAt() != null && !entry.getNextAttemptAt().isAfter(now)) {
        looks.add(hour);
        entry = Entries.after(entry, new FetchOutcome.Unchanged(Missing.NOTHING), now);
        assertNothingToSay(entry, looks.toString());
      }
    }
    assertThat(looks).containsExactly(20L, 68L, 164L, 716L);
  }

  @Test
  void aCorrectionBeginsTheLooksAnew() {
    LedgerEntry entry = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    Instant later = NOW.plus(Duration.ofDays(7));
    LedgerEntry corrected =
        Entries.after(
            LedgerEntry.newBuilder(entry).setHeld(Map.of("play-by-play", "older")).build(),
            fetched(Missing.NOTHING),
            later);
    assertThat(corrected.getNextAttemptAt()).isEqualTo(later.plus(Duration.ofHours(20)));
  }

  @Test
  void whatStaysTheSameSettlesWithItsRemark() {
    LedgerEntry entry = Entries.after(expected(), fetched(SMALL), NOW);
    int looks = 0;
    Instant now = NOW;
    while (entry.getStatus() == ItemStatus.INCOMPLETE) {
      now = Objects.requireNonNull(entry.getNextAttemptAt());
      entry = Entries.after(entry, new FetchOutcome.Unchanged(SMALL), now);
      looks++;
    }
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.SETTLED);
    assertThat(entry.getRemark()).isEqualTo("boxscore: shots");
    assertThat(entry.getReason()).isNull();
    assertThat(Duration.between(NOW, now)).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    assertThat(looks).isBetween(4, 8);
    assertThat(entry.getNextAttemptAt()).isEqualTo(NOW.plus(Duration.ofHours(164)));
    assertThat(Entries.after(entry, new FetchOutcome.Unchanged(SMALL), now)).isEqualTo(entry);
  }

  @Test
  void aFailureInBetweenNeitherSettlesNorDelaysIt() {
    LedgerEntry entry = Entries.after(expected(), fetched(SMALL), NOW);
    Instant later = NOW.plus(Duration.ofDays(4));
    entry = Entries.after(entry, unavailable(), later);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
    Missing failing = new Missing(SMALL.reasons(), true, Optional.empty(), SMALL.settlesAfter());
    entry = Entries.after(entry, new FetchOutcome.Unchanged(failing), later);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
    entry = Entries.after(entry, new FetchOutcome.Unchanged(SMALL), later);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.SETTLED);
  }

  @Test
  void aNewAnswerUnsettles() {
    LedgerEntry entry = Entries.after(expected(), fetched(SMALL), NOW);
    entry = Entries.after(entry, new FetchOutcome.Unchanged(SMALL), NOW.plus(Duration.ofDays(5)));
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.SETTLED);
    LedgerEntry moved = LedgerEntry.newBuilder(entry).setHeld(Map.of("boxscore", "old")).build();
    assertThat(Entries.after(moved, fetched(SMALL), NOW.plus(Duration.ofDays(6))).getStatus())
        .isEqualTo(ItemStatus.INCOMPLETE);
  }

  @Test
  void whatWasRefusedIsKnownSinceItCameFirstAndLookedAtOnTheNextDay() {
    LedgerEntry held = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    FetchOutcome refused =
        new FetchOutcome.Unchanged(
            Missing.NOTHING,
            Map.of("plays", 3),
            Map.of("play-by-play", new FetchOutcome.NotInForce("cd", "plays 2, held 3")));
    Instant first = NOW.plus(Duration.ofDays(2));
    LedgerEntry once = Entries.after(held, refused, first);
    LedgerEntry twice = Entries.after(once, refused, first.plusSeconds(7200));
    assertThat(twice.getNotInForce().get("play-by-play"))
        .isEqualTo(new Refusal("cd", first, "plays 2, held 3"));
    assertThat(once.getNextAttemptAt()).isEqualTo(first.plus(Duration.ofHours(20)));
    assertThat(twice.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(Entries.after(twice, new FetchOutcome.Unchanged(Missing.NOTHING), first))
        .satisfies(entry -> assertThat(entry.getNotInForce()).isEmpty());
  }

  @Test
  void whatIsNeverConfirmedIsLookedAtLessAndLess() {
    LedgerEntry entry = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    FetchOutcome refused =
        new FetchOutcome.Unchanged(
            Missing.NOTHING,
            Map.of("plays", 3),
            Map.of("play-by-play", new FetchOutcome.NotInForce("cd", "not over")));
    Instant now = NOW;
    int looks = 0;
    while (now.isBefore(NOW.plus(Duration.ofDays(365)))) {
      entry = Entries.after(entry, refused, now);
      now = Objects.requireNonNull(entry.getNextAttemptAt());
      looks++;
    }
    assertThat(looks).isBetween(5, 15);
  }

  @Test
  void whatIsIncompleteIsLookedAtOnTheNextDayToConfirmWhatWasRefused() {
    LedgerEntry entry = Entries.after(expected(), fetched(CHART), NOW);
    for (int look = 0; look < 12; look++) {
      entry = Entries.after(entry, new FetchOutcome.Unchanged(CHART), NOW);
    }
    FetchOutcome refused =
        new FetchOutcome.Unchanged(
            CHART, Map.of(), Map.of("boxscore", new FetchOutcome.NotInForce("cd", "less")));
    assertThat(Entries.after(entry, refused, NOW).getNextAttemptAt())
        .isEqualTo(NOW.plus(Duration.ofHours(20)));
  }

  @Test
  void whatWasCalledOffAndComesBackHasItsPauses() {
    LedgerEntry held = Entries.after(expected(), fetched(Missing.NOTHING), NOW);
    LedgerEntry back = Entries.listed(Entries.listed(held, game("CNCL"), NOW), game("OFF"), NOW);
    assertThat(Entries.after(back, unavailable(), NOW).getStatus())
        .isEqualTo(ItemStatus.INCOMPLETE);
  }
}
