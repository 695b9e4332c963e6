package io.landfall.consumer.door.fast;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.Places;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.Quarantined;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.NewerSchema;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Files from the tasks, committed through Kernel. */
public final class FastDoor implements Door, Supplying {

  private final SparkSession spark;
  private final Dataset dataset;
  private final FastTable bronze;
  private final FastTable quarantine;
  private final KernelTable table;
  private final Protocol protocol;
  private final Set<String> schemasAside;

  public FastDoor(SparkSession spark, Dataset dataset, Folder folder) {
    this(spark, dataset, folder, Set.of());
  }

  /**
   * A door that sets aside what would stop it.
   *
   * @param schemasAside fingerprints of unknown schemas, records of which go to quarantine
   */
  public FastDoor(SparkSession spark, Dataset dataset, Folder folder, Set<String> schemasAside) {
    this.spark = spark;
    this.dataset = dataset;
    this.bronze = new FastTable(spark, dataset, folder, false);
    this.quarantine =
        new FastTable(spark, QuarantineTable.of(dataset), QuarantineTable.beside(folder), true);
    this.table = bronze.table();
    this.protocol = bronze.protocol();
    this.schemasAside = Set.copyOf(schemasAside);
  }

  @Override
  public String name() {
    return "fast";
  }

  @Override
  public KernelTable table() {
    return table;
  }

  @Override
  public KernelTable quarantine() {
    return quarantine.table();
  }

  @Override
  public TableState open(String topicId) {
    return table.state(bronze.open(topicId, this::require));
  }

  private void require(Snapshot snapshot, TableDescription described, String topicId) {
    protocol.requireOurs(described);
    TableState unused = protocol.require(described, table.state(snapshot), topicId);
  }

  @Override
  public Outcome append(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    Aside aside = aside(batch);
    Slices slices = write(bronze, records, batch, aside);
    if (slices.newer().isPresent()) {
      discard(slices);
      SliceResult.Newer newer = slices.newer().get();
      throw NewerSchema.refusal(
          dataset, table.location(), newer.partition(), newer.offset(), newer.fault());
    }
    if (slices.isEmpty() && !batch.isWorthACommit()) {
      return new Outcome.Empty();
    }
    return commit(
        batch, slices.setAside().isEmpty() ? slices : setAside(slices, records, batch, aside));
  }

  private Aside aside(Batch batch) {
    return new Aside(
        quarantine.folder().toString(),
        RowLayout.of(quarantine.dataset(), batch.topicId(), batch.beganMicros()),
        Version.current(),
        Places.NONE);
  }

  private Slices write(
      FastTable to, org.apache.spark.sql.Dataset<Row> records, Batch batch, Aside aside) {
    SliceTask task =
        new SliceTask(
            to.folder().toString(),
            RowLayout.of(to.dataset(), batch.topicId(), batch.beganMicros(), schemasAside),
            aside,
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return Slices.of(
        records
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .coalesce(batch.tasks(spark.sparkContext().defaultParallelism()))
            .mapPartitions(task)
            .collect());
  }

  private void discard(Slices slices) {
    bronze.discard(slices.files());
    quarantine.discard(slices.quarantined());
  }

  /**
   * Puts the records that are no rows into the quarantine table, before the rows' own commit:
   * whoever dies between the two finds them there, and puts none there a second time.
   *
   * @return what is left to commit
   */
  private Slices setAside(
      Slices first, org.apache.spark.sql.Dataset<Row> records, Batch batch, Aside aside) {
    Slices slices = first;
    Places already = Places.NONE;
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      Snapshot snapshot = openQuarantine(batch.topicId());
      Held held = quarantine.table().held(snapshot, batch.topicId());
      Places there =
          held.end().isBeyond(batch.from())
              ? Quarantined.places(quarantine.table().at(snapshot), batch.topicId(), batch.from())
              : Places.NONE;
      if (!there.equals(already)) {
        discard(slices);
        already = there;
        slices = write(bronze, records, batch, aside.without(there));
      }
      if (slices.quarantined().isEmpty() || add(slices, snapshot, held, batch)) {
        return slices;
      }
    }
    discard(slices);
    throw quarantine.protocol().busy();
  }

  private Snapshot openQuarantine(String topicId) {
    Snapshot unused =
        quarantine.open(
            topicId, (found, described, id) -> quarantine.protocol().requireKind(described));
    return quarantine.snapshot();
  }

  private boolean add(Slices slices, Snapshot snapshot, Held held, Batch batch) {
    CommitNote note =
        quarantine
            .protocol()
            .setAside(batch, held, slices.ends(), Slices.rows(slices.quarantined()));
    boolean known = false;
    try {
      boolean added =
          quarantine.add(
              snapshot,
              Transaction.onTopOf(batch.topicId(), snapshot.getVersion()),
              note.json(),
              slices.quarantined());
      known = true;
      return added;
    } finally {
      if (!known) {
        // The records set aside may be named by a commit whose answer was lost; the rows are not.
        bronze.discard(slices.files());
      }
    }
  }

  private Outcome commit(Batch batch, Slices slices) {
    Optional<RuntimeException> lost = Optional.empty();
    for (int attempt = 0; attempt < Protocol.ATTEMPTS; attempt++) {
      Snapshot snapshot = snapshot(lost.isEmpty() ? slices.files() : List.of());
      TableDescription described = table.describe(snapshot);
      // A commit whose answer was lost may name the files, or may yet come to do so.
      List<WrittenFile> unnamed = lost.isEmpty() ? slices.files() : List.of();
      TableState before = table.state(snapshot);
      CommitNote note =
          protocol
              .note(
                  batch,
                  described.applicationId(),
                  slices.ends(),
                  slices.rows(),
                  before.quarantined() + slices.setAside().records())
              .seen(snapshot.getVersion());
      Optional<Outcome> decided = decided(described, before, note, slices, unnamed);
      if (decided.isPresent()) {
        return decided.get();
      }
      if (lost.isPresent()) {
        // The commit is not there, and nobody else's came first.
        throw lost.get();
      }
      Transaction identifier = Transaction.from(described.applicationId(), batch.from());
      try {
        long version = bronze.append(snapshot, identifier, note.json(), slices.files());
        TableState state =
            new TableState(
                version,
                note.to(),
                OptionalLong.of(identifier.version()),
                note.writer(),
                note.quarantined(),
                List.of());
        return new Outcome.Committed(state, slices.rows(), slices.setAside());
      } catch (KernelException | CommitStateUnknownException e) {
        // Another commit came first, or this one may be there. The table is looked at again.
        lost = FastTable.isConflict(e) ? Optional.empty() : Optional.of(e);
      }
    }
    throw protocol.busy();
  }

  private Snapshot snapshot(List<WrittenFile> unnamed) {
    try {
      return bronze.snapshot();
    } catch (TableNotFoundException e) {
      bronze.discard(unnamed);
      protocol.requireNotGone();
      throw e;
    }
  }

  private Optional<Outcome> decided(
      TableDescription described,
      TableState state,
      CommitNote note,
      Slices slices,
      List<WrittenFile> unnamed) {
    Optional<Outcome> decided;
    try {
      decided = protocol.decided(described, state, note, slices.setAside());
    } catch (LandfallException e) {
      bronze.discard(unnamed);
      throw e;
    }
    if (decided.isPresent() && decided.get() instanceof Outcome.Moved) {
      bronze.discard(unnamed);
    }
    return decided;
  }

  @Override
  public Supplied supply(
      org.apache.spark.sql.Dataset<Row> records,
      TableState at,
      String topicId,
      Instant began,
      boolean dry) {
    Snapshot snapshot = bronze.snapshot();
    if (snapshot.getVersion() != at.version()) {
      return new Supplied.Moved();
    }
    Batch batch = Batch.of(topicId, at.position(), began);
    Slices slices = write(bronze, records, batch, Aside.nowhere(aside(batch)));
    if (slices.files().isEmpty()) {
      return new Supplied.Rows(0, slices.setAside());
    }
    if (dry) {
      discard(slices);
    } else if (!added(bronze, snapshot, topicId, slices.files())) {
      return new Supplied.Moved();
    }
    return new Supplied.Rows(slices.rows(), slices.setAside());
  }

  @Override
  public boolean resolve(
      org.apache.spark.sql.Dataset<Row> records, long version, String topicId, Instant began) {
    Snapshot snapshot = openQuarantine(topicId);
    if (snapshot.getVersion() != version) {
      return false;
    }
    Batch batch = Batch.of(topicId, Offsets.START, began);
    Slices slices = write(quarantine, records, batch, Aside.nowhere(aside(batch)));
    if (!slices.setAside().isEmpty()) {
      throw new IllegalStateException(slices.setAside().toString());
    }
    return slices.files().isEmpty() || added(quarantine, snapshot, topicId, slices.files());
  }

  private static boolean added(
      FastTable to, Snapshot snapshot, String topicId, List<WrittenFile> files) {
    boolean added =
        to.add(
            snapshot,
            Transaction.onTopOf(topicId, snapshot.getVersion()),
            to.protocol().supply(topicId).json(),
            files);
    if (!added) {
      to.discard(files);
    }
    return added;
  }
}
