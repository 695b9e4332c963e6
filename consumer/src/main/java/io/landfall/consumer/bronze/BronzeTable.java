package io.landfall.consumer.bronze;

import io.landfall.cli.TableLocation;
import io.landfall.consumer.landing.Offsets;
import java.util.List;
import java.util.Optional;

/**
 * A table as its log tells it, asked anew each time. Others may do what they like with it
 * meanwhile.
 */
public interface BronzeTable {

  TableLocation location();

  /** Whether there is a table. */
  boolean exists();

  /** The newest version. */
  long version();

  /** What it says of itself now. */
  TableDescription describe();

  /** Where it stands now. */
  TableState state();

  /** The offset behind the last row of each partition of a topic, by the rows themselves. */
  Offsets endsOfRows(String topicId);

  /**
   * What happened to it that nobody has answered for.
   *
   * @param commits the oldest first, with those of ours between them
   */
  record Unseen(long version, List<Commit> commits) {}

  /** What happened to it unseen; unlike {@link #state} it never asks the rows. */
  Unseen unseen(TableDescription described);

  /** How many rows it holds. */
  long rows();

  /**
   * What is damaged of it, if anything is; to be asked before the rest. Where there is no table
   * nothing is.
   */
  Optional<Damage> damage();
}
