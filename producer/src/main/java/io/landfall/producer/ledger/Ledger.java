package io.landfall.producer.ledger;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How an entry of the ledger changes by what the schedule lists and by what a fetch came to. */
public final class Ledger {

  /**
   * How often a game may fail in a row before there are pauses. A failure may be over in a minute,
   * and what starts the runs has pauses of its own.
   */
  private static final int FAILURES_WITHOUT_A_PAUSE = 6;

  /** Pauses before a game is asked for again: a shift chart may come hours or days late. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private Ledger() {}

  /** The entry of a game as the schedule lists it now; what is held of it stays. */
  public static LedgerEntry listed(Game game, Optional<LedgerEntry> known) {
    LedgerEntry.Builder entry =
        known
            .map(LedgerEntry::newBuilder)
            .orElseGet(() -> LedgerEntry.newBuilder().setStatus(GameStatus.EXPECTED).setAttempts(0))
            .setGameId(game.id())
            .setGameDate(game.date())
            .setGameType(game.type())
            .setGameState(game.state())
            .setHomeTeam(game.homeTeam())
            .setAwayTeam(game.awayTeam());
    if (game.cancelled()) {
      entry.setStatus(GameStatus.VOID).setReason(null).setAttempts(0).setNextAttemptAt(null);
    } else if (entry.getStatus() == GameStatus.VOID) {
      entry.setStatus(GameStatus.EXPECTED);
    }
    return entry.build();
  }

  /** A game as the schedule listed it last. */
  public static Game game(LedgerEntry entry) {
    return new Game(
        entry.getGameId(),
        entry.getGameDate(),
        entry.getGameType(),
        entry.getGameState(),
        entry.getHomeTeam(),
        entry.getAwayTeam());
  }

  /** The entry after a fetch; equal to the one before where nothing is to be noted. */
  public static LedgerEntry after(LedgerEntry before, FetchOutcome outcome, Instant now) {
    return outcome.match(
        fetched -> held(before, held(fetched), fetched.missing(), now),
        unchanged ->
            isHeldComplete(before) && unchanged.missing().isNothing()
                ? before
                : held(before, before.getHeld(), unchanged.missing(), now),
        unavailable -> failed(before, unavailable.reason(), unavailable.until(), now),
        rejected -> failed(before, rejected.reason(), Optional.empty(), now),
        notAsked -> before);
  }

  /** Whether there is nothing to say of a game but that it is held. */
  private static boolean isHeldComplete(LedgerEntry entry) {
    return entry.getStatus() == GameStatus.FETCHED
        && entry.getReason() == null
        && entry.getAttempts() == 0
        && entry.getNextAttemptAt() == null;
  }

  private static Map<String, String> held(FetchOutcome.Fetched fetched) {
    return fetched.responses().getResponses().stream()
        .collect(Collectors.toMap(ApiResponse::getEndpoint, ApiResponse::getSha256));
  }

  private static LedgerEntry held(
      LedgerEntry before, Map<String, String> held, FetchOutcome.Missing missing, Instant now) {
    boolean complete = missing.isNothing();
    int attempts = complete ? 0 : before.getAttempts() + 1;
    Duration pause = missing.failed() ? pauseAfterFailure(attempts) : pause(attempts);
    return LedgerEntry.newBuilder(before)
        .setStatus(complete ? GameStatus.FETCHED : GameStatus.INCOMPLETE)
        .setHeld(held)
        .setMissing(List.copyOf(new TreeMap<>(missing.reasons()).keySet()))
        .setReason(complete ? null : reason(missing.reasons()))
        .setAttempts(attempts)
        .setNextAttemptAt(complete ? null : now.plus(pause))
        .setFetchedAt(now)
        .build();
  }

  private static String reason(Map<String, String> missing) {
    return new TreeMap<>(missing)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; "));
  }

  /** A failure takes nothing away: what is held stays held, and a complete game stays complete. */
  private static LedgerEntry failed(
      LedgerEntry before, String reason, Optional<Instant> until, Instant now) {
    int attempts = before.getAttempts() + 1;
    Instant next = now.plus(pauseAfterFailure(attempts));
    GameStatus status = before.getHeld().isEmpty() ? GameStatus.FAILED : before.getStatus();
    return LedgerEntry.newBuilder(before)
        .setStatus(status)
        .setReason(reason)
        .setAttempts(attempts)
        .setNextAttemptAt(until.filter(next::isBefore).orElse(next))
        .build();
  }

  private static Duration pauseAfterFailure(int attempts) {
    return pause(attempts - FAILURES_WITHOUT_A_PAUSE);
  }

  private static Duration pause(int attempts) {
    return attempts <= 0 ? Duration.ZERO : PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
  }
}
