package io.landfall.producer.nhl.stats;

/**
 * What a complete game lacks of one answer.
 *
 * @param reason what is wrong, with values
 * @param small whether the rows are as good as they will get in all likelihood: something is odd or
 *     differs by little, and all the rest is there
 */
public record Gap(String reason, boolean small) {

  /** Both of them. */
  Gap and(Gap other) {
    return new Gap(reason + "; " + other.reason, small && other.small);
  }
}
