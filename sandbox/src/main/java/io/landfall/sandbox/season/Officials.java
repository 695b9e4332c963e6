package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Spot;
import io.landfall.sandbox.season.Event.Stoppage;
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
    String reason = REASONS.get(ice.random.weighted(WEIGHTS));
    Side side = ice.random.side(0.5);
    Spot spot =
        switch (reason) {
          case "icing", "puck-frozen" -> ice.endOf(side);
          case "offside", "puck-in-benches", "tv-timeout" -> ice.rink.neutralSpot();
          default -> ice.random.chance(0.6) ? ice.endOf(side) : ice.rink.neutralSpot();
        };
    return new Whistle(Optional.of(stoppage(reason)), spot);
  }

  Whistle afterSave(Side savers) {
    return new Whistle(Optional.of(stoppage("goalie-stopped-after-sog")), ice.endOf(savers));
  }

  Whistle afterGoal() {
    return new Whistle(Optional.empty(), Spot.CENTRE);
  }

  Whistle afterPenalty(Side against) {
    return new Whistle(Optional.empty(), ice.endOf(against));
  }

  private Stoppage stoppage(String reason) {
    boolean television = reason.equals("tv-timeout") || ice.random.chance(0.17);
    return new Stoppage(reason, television ? "tv-timeout" : "");
  }
}
