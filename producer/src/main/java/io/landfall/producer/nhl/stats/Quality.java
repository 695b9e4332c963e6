package io.landfall.producer.nhl.stats;

import java.util.Map;

/**
 * How much the answers for a game say, so that two sets of them can be compared: how many plays,
 * shifts and lines there are, and which checks hold.
 *
 * @param plays events of the play-by-play
 * @param chartShifts shifts of the shift chart
 * @param reportShifts shifts of the two HTML reports
 * @param lines players of the box score
 * @param playsAndHeader whether the plays agree with the head of their own answer
 * @param playsAndBoxScore whether they agree with the box score
 * @param shiftsAndBoxScore whether the shifts of the better source agree with the box score
 */
public record Quality(
    int plays,
    int chartShifts,
    int reportShifts,
    int lines,
    Check playsAndHeader,
    Check playsAndBoxScore,
    Check shiftsAndBoxScore) {

  /** Of a game without a play-by-play that can be used. */
  public static final Quality NOTHING =
      new Quality(0, 0, 0, 0, Check.NOT_MADE, Check.NOT_MADE, Check.NOT_MADE);

  /** By name, for who only compares; none of a game that cannot be used. */
  Map<String, Integer> measures() {
    return equals(NOTHING)
        ? Map.of()
        : Map.of(
            "plays", plays,
            "chart shifts", chartShifts,
            "report shifts", reportShifts,
            "player lines", lines,
            "plays agree with their header", one(playsAndHeader),
            "plays agree with the box score", one(playsAndBoxScore),
            "shifts agree with the box score", one(shiftsAndBoxScore));
  }

  private static int one(Check check) {
    return check == Check.PASSED ? 1 : 0;
  }

  /** Whether plays, box score and shifts are all there and agree with each other. */
  boolean agrees() {
    return playsAndHeader != Check.FAILED
        && playsAndBoxScore == Check.PASSED
        && shiftsAndBoxScore == Check.PASSED;
  }

  /** How a check went. */
  public enum Check {
    PASSED,
    FAILED,
    /** One of the two was not there. */
    NOT_MADE;

    static Check of(boolean made, boolean passed) {
      if (!made) {
        return NOT_MADE;
      }
      return passed ? PASSED : FAILED;
    }
  }
}
