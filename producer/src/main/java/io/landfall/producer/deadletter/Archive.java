package io.landfall.producer.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The archive that letters are sent to again, as a replay needs it. */
interface Archive {

  /**
   * Letters and archive at one time.
   *
   * @param ends up to where the archive was read; all that stood before is known
   */
  record View(List<Standing> standings, Map<TopicPartition, Long> ends) {}

  /** Ends any other replay, for good, and looks. */
  View takeOver();

  /** Looks, and waits for what others have begun and not committed. */
  View look();

  /**
   * Sends records again, in one transaction.
   *
   * @param since what was known when they were chosen
   * @return false if somebody else's record for one of their items came in between; then nothing
   *     was sent
   */
  boolean send(List<Letter> letters, View since);

  /** Records, in one transaction, that nothing more is to be done for letters. */
  void dismiss(List<Letter> letters, String because, Instant decided);
}
