package io.landfall.consumer.ingest;

import io.delta.kernel.Snapshot;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.program.Stop;
import io.landfall.schemas.Dataset;
import java.util.Optional;

/** Whether a run would find nothing to do: asked without Spark, which takes seconds to start. */
public final class NothingNew {

  private NothingNew() {}

  /**
   * Where the table stands, if everything that is committed in the topic is in it, and the table
   * has all its columns.
   *
   * @throws Stop if the table cannot be appended to, or the topic does not go on where it stands
   */
  public static Optional<TableState> in(LandingTopic topic, KernelTable table, Dataset dataset)
      throws InterruptedException {
    Optional<Snapshot> snapshot = table.find();
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    Protocol protocol = new Protocol(table.location(), dataset);
    TableDescription described = table.describe(snapshot.get());
    protocol.requireOurs(described, topic.id());
    TableState state = protocol.requireWhole(described, table.state(snapshot.get()));
    StartCheck.require(topic, state);
    return protocol.missing(described).isEmpty()
            && !topic.committedEnds().isBeyond(state.position())
        ? Optional.of(state)
        : Optional.empty();
  }
}
