package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;

/**
 * By what Delta tells one batch from all others, in both doors: of two commits with one application
 * id and one version, or with a lower one than is there, Delta takes the first only.
 *
 * <p>The version follows from where the batch goes on. Positions are commit boundaries and only
 * grow, so a position is the start of one commit at most, and whoever still writes from a position
 * that is taken is refused however late. The sum of the offsets where a batch <em>ends</em> would
 * let a stale writer pass that has more rows than the one that was quicker.
 *
 * @param applicationId the topic's id, with the table's epoch
 */
public record Transaction(String applicationId, long version) {

  /** The transaction of a batch that goes on from a position. */
  public static Transaction from(String applicationId, Offsets position) {
    return new Transaction(applicationId, version(position));
  }

  /**
   * The transaction of rows that do not move the position, on top of a version of the table: of two
   * that began from one version Delta takes one, and none that began from an older one.
   */
  public static Transaction onTopOf(String topicId, long version) {
    return new Transaction(topicId + "/quarantine", version + 1);
  }

  static long version(Offsets position) {
    return 1 + position.byPartition().values().stream().mapToLong(Long::longValue).sum();
  }
}
