package io.landfall.producer.shape.nhl;

import io.landfall.producer.shape.Shaped;
import io.landfall.producer.shape.Shaper;
import io.landfall.schemas.GameResponses;

/**
 * The rows of {@code player_game_stats} from the NHL API's answers for one game: every dressed
 * skater in five situations. Needs an ended play-by-play; a box score and a shift chart add to it
 * when they are complete, and the columns that need them are null when they are not.
 *
 * <p>Holds no state; safe for use by several threads.
 */
public final class NhlShaper implements Shaper {

  /** Raised whenever the rows change: it makes a reshape worth its while. */
  private static final String VERSION = "nhl-1";

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public Shaped shape(GameResponses responses) {
    try {
      Evidence evidence = Evidence.of(responses);
      if (evidence.facts().isEmpty()) {
        return new Shaped.Waiting(
            "play-by-play: " + evidence.missing().get(Endpoints.PLAY_BY_PLAY));
      }
      Evidence.Facts facts = evidence.facts().get();
      return new Shaped.Rows(
          facts.coverage(), new RowWriter(facts, responses.getGameDate()).rows());
    } catch (UnusableAnswer e) {
      return new Shaped.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
