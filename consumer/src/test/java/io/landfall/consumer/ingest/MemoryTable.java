package io.landfall.consumer.ingest;

import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.Transaction;
import io.landfall.consumer.ingest.MemoryTopic.Place;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of readings in memory: which records it holds, and where it stands. */
final class MemoryTable implements ReadableTable {

  private static final List<Column> COLUMNS =
      Stream.of(BronzeSchema.columns(Readings.FIRST.schema()).fields()).map(Column::of).toList();

  private final List<Place> rows = new ArrayList<>();
  private final Set<Place> quarantine = new LinkedHashSet<>();
  private String topicId = "";
  private String id = UUID.randomUUID().toString();
  private TableState state = new TableState(0, Offsets.START, OptionalLong.empty(), "");
  private Runnable afterCommit = () -> {};

  /** What happens behind the next commit, before anybody hears of it. */
  void afterNextCommit(Runnable happens) {
    afterCommit = happens;
  }

  void create(String ofTopic) {
    topicId = ofTopic;
  }

  void commit(CommitNote note, List<Place> records) {
    Transaction transaction = Transaction.from(note.applicationId(), note.from());
    rows.addAll(records);
    state =
        new TableState(
            state.version() + 1,
            note.to(),
            OptionalLong.of(transaction.version()),
            note.writer(),
            note.quarantined(),
            List.of());
    Runnable happens = afterCommit;
    afterCommit = () -> {};
    happens.run();
  }

  /** A record that is no row, which may have been set aside before. */
  void setAside(Place record) {
    quarantine.add(record);
  }

  /** Whether a record was set aside. */
  boolean isSetAside(Place record) {
    return quarantine.contains(record);
  }

  /** Its rows of a partition, as they came. */
  List<Place> rows(int partition) {
    return rows.stream().filter(row -> row.partition() == partition).toList();
  }

  @Override
  public TableLocation location() {
    return Folder.of(Path.of("/memory/readings"));
  }

  @Override
  public boolean exists() {
    return !topicId.isEmpty();
  }

  @Override
  public long version() {
    return state.version();
  }

  @Override
  public TableDescription describe() {
    return new TableDescription(
        id, TableProperties.of(Readings.FIRST, topicId), List.of(), Set.of("appendOnly"), COLUMNS);
  }

  @Override
  public TableState state() {
    return state;
  }

  @Override
  public Held held(String ofTopic) {
    return new Held(state.position(), quarantine.size());
  }

  @Override
  public void each(List<String> columns, Consumer<@Nullable Object[]> action) {
    throw new UnsupportedOperationException("It knows places only");
  }

  @Override
  public Offsets endsOfRows(String ofTopic) {
    return Offsets.START;
  }

  @Override
  public Unseen unseen(TableDescription described) {
    return new Unseen(state.version(), List.of());
  }

  @Override
  public long rows() {
    return rows.size();
  }

  @Override
  public Optional<Damage> damage() {
    return Optional.empty();
  }
}
