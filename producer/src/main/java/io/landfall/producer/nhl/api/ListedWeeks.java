package io.landfall.producer.nhl.api;

import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the weeks of a schedule come to together. */
final class ListedWeeks {

  /**
   * Which of two entries of one game holds: where it was or is played rather than where it will be,
   * and that rather than where it is postponed or, worse, called off; else the later day, since
   * games move on.
   */
  private static final Comparator<Item> HOLDS =
      Comparator.comparing((Item game) -> game.getState() == ItemState.AVAILABLE)
          .thenComparing(game -> game.getState() == ItemState.IN_PROGRESS)
          .thenComparing(game -> game.getState() != ItemState.CANCELLED)
          .thenComparing(game -> !state(game).equals("PPD"))
          .thenComparing(Item::getFirstDay);

  private final Map<String, Item> games = new LinkedHashMap<>();
  private final Set<LocalDate> days = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(NhlSchedule week) {
    days.addAll(week.days());
    problems.addAll(week.problems());
    notes.addAll(week.notes());
    week.games().forEach(game -> games.merge(game.getKey(), game, this::oneOf));
  }

  /** A week that could not be had. */
  void add(String problem) {
    problems.add(problem);
  }

  private Item oneOf(Item one, Item other) {
    Item holds = HOLDS.compare(one, other) > 0 ? one : other;
    if (!one.equals(other)) {
      notes.add(
          "game %s is listed twice, on %s (%s) and on %s (%s); taken as on %s (%s)"
              .formatted(
                  one.getKey(),
                  one.getFirstDay(),
                  state(one),
                  other.getFirstDay(),
                  state(other),
                  holds.getFirstDay(),
                  state(holds)));
    }
    return holds;
  }

  private static String state(Item game) {
    return game.getAttributes().getOrDefault("gameState", "");
  }

  Listing listing() {
    return new Listing(
        games.values().stream()
            .sorted(Comparator.comparing(Item::getFirstDay).thenComparing(Item::getKey))
            .toList(),
        days,
        problems,
        notes);
  }
}
