package io.landfall.producer.command;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Ledger;
import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger in words: which days were listed, how many games are held, which wait for what. */
final class LedgerLines {

  private LedgerLines() {}

  static List<String> of(Known known) {
    List<LedgerEntry> games =
        known.games().values().stream()
            .sorted(
                Comparator.comparing(LedgerEntry::getGameDate)
                    .thenComparing(LedgerEntry::getGameId))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add("%d games in the ledger".formatted(games.size()));
    lines.addAll(counts(games));
    lines.addAll(known.days().map(LedgerLines::days).orElse(List.of("No day was listed yet")));
    lines.addAll(notAskedForYet(games));
    known.days().ifPresent(days -> lines.addAll(notFinished(games, days)));
    games.stream()
        .filter(game -> game.getReason() != null)
        .map(LedgerLines::waiting)
        .forEach(lines::add);
    return lines;
  }

  private static List<String> counts(List<LedgerEntry> games) {
    Map<GameStatus, Long> counts =
        games.stream()
            .collect(
                Collectors.groupingBy(LedgerEntry::getStatus, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            entry ->
                "  %-10s %6d"
                    .formatted(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue()))
        .toList();
  }

  private static List<String> days(ListedDays days) {
    String through =
        days.getThrough().isBefore(days.getFrom())
            ? "No day was listed to its end yet; the next run lists from %s"
                .formatted(days.getFrom())
            : "Schedule listed through %s, from %s on; the next run goes on from there"
                .formatted(days.getThrough(), days.getFrom());
    return Stream.concat(Stream.of(through), Fetching.notListed(days).stream()).toList();
  }

  private static List<String> notAskedForYet(List<LedgerEntry> games) {
    List<LedgerEntry> due = expected(games, LedgerLines::finished);
    return due.isEmpty()
        ? List.of()
        : List.of(
            "Finished and not asked for yet: %d, from %s to %s; the next run does it"
                .formatted(
                    due.size(), due.get(0).getGameDate(), due.get(due.size() - 1).getGameDate()));
  }

  private static List<String> notFinished(List<LedgerEntry> games, ListedDays days) {
    return expected(
            games, game -> !finished(game) && !game.getGameDate().isAfter(days.getThrough()))
        .stream()
        .map(
            game ->
                "%s  expected: %s when last listed; every run looks where it went"
                    .formatted(name(game), game.getGameState()))
        .toList();
  }

  private static List<LedgerEntry> expected(List<LedgerEntry> games, Predicate<LedgerEntry> kind) {
    return games.stream()
        .filter(game -> game.getStatus() == GameStatus.EXPECTED)
        .filter(kind)
        .toList();
  }

  private static boolean finished(LedgerEntry game) {
    return Ledger.game(game).finished();
  }

  private static String waiting(LedgerEntry game) {
    return "%s  %s, attempt %d, next %s: %s"
        .formatted(
            name(game),
            game.getStatus().name().toLowerCase(Locale.ROOT),
            game.getAttempts(),
            Optional.ofNullable(game.getNextAttemptAt())
                .map(Object::toString)
                .orElse("not planned"),
            game.getReason());
  }

  private static String name(LedgerEntry game) {
    return "%d  %s  %s@%s"
        .formatted(game.getGameId(), game.getGameDate(), game.getAwayTeam(), game.getHomeTeam());
  }
}
