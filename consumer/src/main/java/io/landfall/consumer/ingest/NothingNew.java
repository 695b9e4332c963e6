package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.schemas.Dataset;
import java.util.Optional;

/** Whether a run would find nothing to do: asked without Spark, which takes seconds to start. */
public final class NothingNew {

  private NothingNew() {}

  /**
   * Where the table stands, if everything that is committed in the topic is in it, and the table
   * has all its columns.
   *
   * @throws LandfallException if the table cannot be appended to, or the topic does not go on where
   *     it stands
   */
  public static Optional<TableState> in(LandingTopic topic, KernelTable table, Dataset dataset)
      throws InterruptedException {
    if (!table.exists()) {
      return Optional.empty();
    }
    TableState state = StartCheck.ask(topic, table, dataset).require();
    return new Protocol(table.location(), dataset).missing(table.describe()).isEmpty()
            && !topic.committedEnds().isBeyond(state.position())
        ? Optional.of(state)
        : Optional.empty();
  }
}
