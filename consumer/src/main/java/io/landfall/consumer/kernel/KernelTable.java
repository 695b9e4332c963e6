package io.landfall.consumer.kernel;

import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.tablefeatures.TableFeature;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.StructField;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.damage.DamageCheck;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.watch.CommitFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A table in a folder, read by Delta Kernel. For one thread. */
public final class KernelTable implements BronzeTable {

  private final Folder folder;
  private final Configuration configuration;
  private final Engine engine;
  private Optional<TableState> last = Optional.empty();

  private KernelTable(Folder folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
    this.engine = DefaultEngine.create(configuration);
  }

  /** A table that may not be there yet. */
  public static KernelTable in(Folder folder, Configuration configuration) {
    return new KernelTable(folder, configuration);
  }

  @Override
  public Folder location() {
    return folder;
  }

  /** What reads and writes files for Kernel. */
  public Engine engine() {
    return engine;
  }

  /** How Kernel opens the table's newest version. */
  public SnapshotBuilder load() {
    return TableManager.loadSnapshot(folder.toString());
  }

  @Override
  public boolean exists() {
    return find().isPresent();
  }

  @Override
  public long version() {
    return snapshot().getVersion();
  }

  /** Its newest version, if there is a table. */
  public Optional<Snapshot> find() {
    try {
      return Optional.of(asked(() -> load().build(engine)));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  private Snapshot snapshot() {
    return asked(() -> load().build(engine));
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (TableNotFoundException e) {
      throw e;
    } catch (KernelException e) {
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      throw LandfallException.refused(
          "Delta Kernel does not read the table at %s: %s `landfall consumer run --door spark` goes without it. Nothing was written."
              .formatted(folder, e.getMessage()),
          e);
    } catch (KernelEngineException | UncheckedIOException e) {
      throw LandfallException.unavailable(
          "The table at %s cannot be read: %s. Nothing was written."
              .formatted(folder, e.getCause() == null ? e.getMessage() : e.getCause()),
          e);
    }
  }

  @Override
  public TableDescription describe() {
    return describe(snapshot());
  }

  /** What it says of itself at a version. */
  public TableDescription describe(Snapshot snapshot) {
    return new TableDescription(
        // Nor what tells it from another one.
        ((SnapshotImpl) snapshot).getMetadata().getId(),
        snapshot.getTableProperties(),
        snapshot.getPartitionColumnNames(),
        // Kernel has no other way to tell what a table has switched on.
        snapshot.getProtocol().getImplicitlyAndExplicitlySupportedFeatures().stream()
            .map(TableFeature::featureName)
            .collect(Collectors.toSet()),
        snapshot.getSchema().fields().stream().map(KernelTable::column).toList());
  }

  private static Column column(StructField field) {
    String type =
        field.getDataType() instanceof DecimalType decimal
            ? "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale())
            : field.getDataType().toString().toLowerCase(Locale.ROOT);
    return new Column(field.getName(), type, field.isNullable());
  }

  @Override
  public TableState state() {
    return state(snapshot());
  }

  /** Where it stands at a version. */
  public TableState state(Snapshot snapshot) {
    return asked(() -> stateOf(snapshot));
  }

  private TableState stateOf(Snapshot snapshot) {
    TableDescription described = describe(snapshot);
    TableState state =
        new TablePosition(described, () -> new KernelRows(engine, snapshot).endsOfPartitions())
            .at(snapshot.getVersion(), history(snapshot.getVersion()), last)
            .withTransaction(transaction(snapshot, described.applicationId()));
    last = Optional.of(state);
    return state;
  }

  private CommitFiles history(long version) {
    return new CommitFiles(new Path(folder.toString()), configuration, version, this::filesAt);
  }

  private Set<String> filesAt(long version) {
    Snapshot snapshot;
    try {
      snapshot = load().atVersion(version).build(engine);
    } catch (KernelException e) {
      // The log does not reach back that far.
      return Set.of();
    }
    return SnapshotFiles.of(engine, snapshot).files().stream()
        .map(NamedFiles.NamedFile::path)
        .collect(Collectors.toSet());
  }

  @Override
  public Unseen unseen(TableDescription described) {
    return asked(
        () -> {
          long version = snapshot().getVersion();
          return new Unseen(version, TablePosition.unseen(described, version, history(version)));
        });
  }

  private OptionalLong transaction(Snapshot snapshot, String applicationId) {
    return snapshot
        .getLatestTransactionVersion(engine, applicationId)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<Damage> damage() {
    return new DamageCheck(folder, configuration)
        .of(() -> find().map(snapshot -> SnapshotFiles.of(engine, snapshot)));
  }

  @Override
  public long rows() {
    return asked(() -> new KernelRows(engine, snapshot()).count());
  }
}
