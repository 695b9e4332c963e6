package io.landfall.sandbox.api;

import io.landfall.sandbox.season.Change;
import io.landfall.sandbox.season.Correction;
import java.util.List;

/**
 * What a late correction did to a generated game.
 *
 * @param changes every count of a player that is another now; none if only places or zones changed
 */
public record CorrectedGame(int gameId, Correction kind, List<Change> changes) {
  public CorrectedGame {
    changes = List.copyOf(changes);
  }
}
