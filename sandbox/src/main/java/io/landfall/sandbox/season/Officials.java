package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Spot;
import io.landfall.sandbox.season.Happening.Stoppage;
import java.util.List;
import java.util.Optional;

/** Why play stops, and where it goes on. */
final class Officials {

  private static final List<String> REASONS =
      List.of(
          "icing",
          "puck-in-netting",
          "offside",
          "puck-frozen",
          "tv-timeout",
          "puck-in-crowd",
          "puck-in-benches",
          "hand-pass",
          "high-stick",
          "referee-or-linesman");
  private static final double[] WEIGHTS = {8.5, 5.5, 4.6, 2.3, 1.5, 1.7, 1.6, 0.8, 0.6, 0.5};

  /**
   * Play has stopped.
   *
   * @param stoppage empty where a goal or a penalty says it already
   */
  record Whistle(Optional<Stoppage> stoppage, Spot spot) {}

  private final Ice ice;

  Officials(Ice ice) {
    this.ice = ice;
  }

  Whistle inPlay() {
    String reason = REASONS.get(ice.draw.weighted(WEIGHTS));
    boolean home = ice.draw.chance(0.5);
    Spot spot =
        switch (reason) {
          case "icing", "puck-frozen" -> ice.endOf(home);
          case "offside", "puck-in-benches", "tv-timeout" -> ice.rink.neutralSpot();
          default -> ice.draw.chance(0.6) ? ice.endOf(home) : ice.rink.neutralSpot();
        };
    return new Whistle(Optional.of(stoppage(reason)), spot);
  }

  Whistle afterSave(boolean goalieHome) {
    return new Whistle(Optional.of(stoppage("goalie-stopped-after-sog")), ice.endOf(goalieHome));
  }

  Whistle afterGoal() {
    return new Whistle(Optional.empty(), Spot.CENTRE);
  }

  Whistle afterPenalty(boolean againstHome) {
    return new Whistle(Optional.empty(), ice.endOf(againstHome));
  }

  private Stoppage stoppage(String reason) {
    boolean television = reason.equals("tv-timeout") || ice.draw.chance(0.17);
    return new Stoppage(reason, television ? "tv-timeout" : "");
  }
}
