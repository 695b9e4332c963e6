package io.landfall.producer.nhl.stats;

import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ItemAnswers;

/**
 * The rows of {@code player_game_stats} from the NHL API's answers for one game: every dressed
 * skater in five situations. Needs an ended play-by-play; a box score and a shift chart add to it
 * when they are complete, and the columns that need them are null when they are not. Counts that
 * the answers themselves refute are null too. Of a game that was in progress when it was asked for,
 * the rows are as far as it had come, and say so.
 *
 * <p>Holds no state; safe for use by several threads.
 */
public final class NhlShaper implements Shaper {

  /** Raised whenever the rows change: it makes a reshape worth its while. */
  private static final String VERSION = "nhl-2";

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public Shaped shape(ItemAnswers responses) {
    try {
      Evidence evidence = Evidence.of(responses);
      Evidence.Facts facts = evidence.facts().orElse(null);
      if (facts == null || facts.coverage().isEmpty()) {
        return new Shaped.Waiting("play-by-play: " + reason(evidence));
      }
      return new Shaped.Rows(
          facts.coverage(), new RowWriter(facts, responses.getItem().getFirstDay()).rows());
    } catch (NumberFormatException e) {
      return new Shaped.Unusable("Item %s is no game".formatted(responses.getItem().getKey()));
    } catch (UnusableAnswer e) {
      return new Shaped.Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static String reason(Evidence evidence) {
    Gap gap = evidence.missing().get(Endpoint.PLAY_BY_PLAY);
    return gap == null ? "nothing" : gap.reason();
  }
}
