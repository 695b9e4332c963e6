package io.landfall.sandbox.api;

import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.Fixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which games are corrected, and how, when it is not said. */
final class LateCorrections {

  private static final List<Correction> IN_TURN =
      List.of(Correction.SCORER, Correction.MISSED_TO_SAVED, Correction.HITS_REMOVED);

  private LateCorrections() {}

  /** The latest finished games that have not been corrected, at most so many. */
  static List<CorrectedGame> latest(GeneratedGames source, int games) {
    List<CorrectedGame> corrected = new ArrayList<>();
    List<Fixture> fixtures = source.season().fixtures();
    for (int i = fixtures.size() - 1; i >= 0 && corrected.size() < games; i--) {
      int gameId = fixtures.get(i).gameId();
      boolean open = source.corrections(gameId) == 0;
      if (open && source.snapshot(gameId).progress().state().finished()) {
        inTurn(source, gameId, corrected.size()).ifPresent(corrected::add);
      }
    }
    return corrected;
  }

  /** The kind whose turn it is, or the next one that the game allows. */
  private static Optional<CorrectedGame> inTurn(GeneratedGames source, int gameId, int turn) {
    for (int i = 0; i < IN_TURN.size(); i++) {
      Optional<CorrectedGame> corrected =
          source.correct(gameId, IN_TURN.get((turn + i) % IN_TURN.size()));
      if (corrected.isPresent()) {
        return corrected;
      }
    }
    return Optional.empty();
  }
}
