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
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.MeasuredTable;
import io.landfall.consumer.bronze.Quarantined;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.bronze.TableRows;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.damage.DamageCheck;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.watch.CommitFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** A table in a folder, read by Delta Kernel. For one thread. */
public final class KernelTable implements MeasuredTable {

  private final Folder folder;
  private final Configuration configuration;
  private final Engine engine;
  private Optional<TableState> last = Optional.empty();

  /** By column and file, as far as they were read. */
  private final Map<String, Map<String, OptionalLong>> greatest = new HashMap<>();

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
        id(snapshot),
        snapshot.getTableProperties(),
        snapshot.getPartitionColumnNames(),
        // Kernel has no other way to tell what a table has switched on.
        snapshot.getProtocol().getImplicitlyAndExplicitlySupportedFeatures().stream()
            .map(TableFeature::featureName)
            .collect(Collectors.toSet()),
        snapshot.getSchema().fields().stream().map(KernelTable::column).toList());
  }

  private static String id(Snapshot snapshot) {
    return snapshot instanceof SnapshotImpl known ? known.getMetadata().getId() : "";
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

  /** Its rows at the newest version. */
  public KernelCheckedRows allRows() {
    return new KernelCheckedRows(engine, snapshot(), configuration);
  }

  /** Where it stands at a version. */
  public TableState state(Snapshot snapshot) {
    return asked(() -> stateOf(snapshot));
  }

  private TableState stateOf(Snapshot snapshot) {
    TableState state = stateOf(snapshot, describe(snapshot), back(snapshot), last);
    last = Optional.of(state);
    return state;
  }

  private TableState stateOf(
      Snapshot snapshot,
      TableDescription described,
      CommitFiles history,
      Optional<TableState> known) {
    return new TablePosition(
            described, () -> new KernelRows(engine, snapshot).endsOfPartitions(described.topicId()))
        .at(snapshot.getVersion(), history, known)
        .withTransaction(transaction(snapshot, described.applicationId()));
  }

  private CommitFiles back(Snapshot snapshot) {
    return new CommitFiles(
        new Path(folder.toString()), configuration, snapshot.getVersion(), this::filesAt);
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
        .map(NamedFile::path)
        .collect(Collectors.toSet());
  }

  /**
   * What a copy of a version is made of.
   *
   * @throws LandfallException if the version is not all in the table's own folder
   */
  public TableContent content(Snapshot snapshot) {
    return asked(() -> contentOf(snapshot));
  }

  private TableContent contentOf(Snapshot snapshot) {
    TableDescription described = describe(snapshot);
    CommitFiles history = back(snapshot);
    // Whatever was read to find out where the table stands, a copy must have.
    Optional<TableState> state =
        described.hasOffsets()
            ? Optional.of(stateOf(snapshot, described, history, Optional.empty()))
            : Optional.empty();
    return new TableContent(
        snapshot.getVersion(),
        snapshot.getMetadata().getId(),
        described,
        state,
        new KernelRows(engine, snapshot).count(),
        SnapshotFiles.inFolder(SnapshotFiles.of(engine, snapshot), folder),
        new SnapshotLog(engine, snapshot).files(history.oldestRead(), history.checksumsRead()));
  }

  /** The commits down from a version. */
  public Iterator<Commit> history(Snapshot snapshot) {
    return back(snapshot);
  }

  @Override
  public Held held(String topicId) {
    return held(snapshot(), topicId);
  }

  /** What a quarantine table holds of a topic at a version. */
  public Held held(Snapshot snapshot, String topicId) {
    return asked(
        () ->
            TablePosition.held(topicId, history(snapshot))
                .orElseGet(() -> Quarantined.held(at(snapshot), topicId)));
  }

  /** The rows of a version. */
  public TableRows at(Snapshot snapshot) {
    return (columns, action) ->
        asked(
            () -> {
              new KernelRows(engine, snapshot).each(columns, action);
              return true;
            });
  }

  @Override
  public void each(List<String> columns, Consumer<@Nullable Object[]> action) {
    at(snapshot()).each(columns, action);
  }

  /**
   * Up to where the newest landing commit of a version went, whatever became of those rows; empty
   * where the log does not tell.
   */
  public Optional<Offsets> landed(Snapshot snapshot) {
    return asked(
        () -> new TablePosition(describe(snapshot), () -> Offsets.START).landed(back(snapshot)));
  }

  @Override
  public Unseen unseen(TableDescription described) {
    return asked(
        () -> {
          Snapshot snapshot = snapshot();
          return new Unseen(
              snapshot.getVersion(),
              TablePosition.unseen(described, snapshot.getVersion(), back(snapshot)));
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

  /** How large the files are that hold the rows of its newest version. */
  public List<Long> fileSizes() {
    return asked(
        () ->
            SnapshotFiles.of(engine, snapshot()).files().stream()
                .map(NamedFile::bytes)
                .filter(bytes -> bytes != NamedFile.ANY_SIZE)
                .toList());
  }

  @Override
  public Size size() {
    return asked(
        () -> {
          NamedFiles named = SnapshotFiles.of(engine, snapshot());
          List<NamedFile> files =
              named.files().stream().filter(file -> file.bytes() != NamedFile.ANY_SIZE).toList();
          return new Size(
              named.version(), files.size(), files.stream().mapToLong(NamedFile::bytes).sum());
        });
  }

  @Override
  public OptionalLong greatest(String column) {
    return asked(
        () -> {
          Map<String, OptionalLong> files =
              new KernelRows(engine, snapshot())
                  .greatest(column, greatest.getOrDefault(column, Map.of()));
          greatest.put(column, files);
          return files.values().stream().flatMapToLong(OptionalLong::stream).max();
        });
  }

  @Override
  public Offsets endsOfRows(String topicId) {
    return asked(() -> new KernelRows(engine, snapshot()).endsOfPartitions(topicId));
  }

  @Override
  public long rows() {
    return asked(() -> new KernelRows(engine, snapshot()).count());
  }
}
