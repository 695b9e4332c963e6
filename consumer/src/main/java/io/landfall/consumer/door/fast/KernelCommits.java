package io.landfall.consumer.door.fast;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.transaction.CreateTableTransactionBuilder;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits to a table through Kernel's transactions. For one thread. */
final class KernelCommits {

  private static final Logger LOG = LoggerFactory.getLogger(KernelCommits.class);

  /** Who writes, in each commit's {@code engineInfo}. */
  private static final String ENGINE = "Landfall";

  private final KernelTable table;
  private final Engine engine;

  /** Of the commit that is made now. */
  private String note = "";

  KernelCommits(KernelTable table) {
    this.table = table;
    this.engine = table.engine();
  }

  /** Creates the table; whoever else creates it in this moment is an exception of Kernel's. */
  void create(Dataset dataset, String topicId) {
    Committer committer = creation(dataset, topicId).build(engine).getCommitter();
    creation(dataset, topicId)
        .withCommitter(new NotedCommitter(committer, () -> Map.of("metaData", described(dataset))))
        .build(engine)
        .commit(engine, CloseableIterable.emptyIterable());
  }

  private CreateTableTransactionBuilder creation(Dataset dataset, String topicId) {
    return TableManager.buildCreateTableTransaction(
            table.location().toString(),
            KernelSchema.of(BronzeSchema.columns(dataset.schema())),
            ENGINE)
        // Kernel takes every refusal of the storage for one that may pass, and tries 200 times.
        .withMaxRetries(0)
        .withTableProperties(TableProperties.of(dataset, topicId));
  }

  private static Map<String, String> described(Dataset dataset) {
    String doc = dataset.schema().getDoc();
    return doc == null
        ? Map.of("name", dataset.name())
        : Map.of("name", dataset.name(), "description", doc);
  }

  /**
   * The table's newest version, from which one commit may go on.
   *
   * @param committer the table's own
   */
  Snapshot snapshot(Committer committer) {
    return table
        .load()
        .withCommitter(
            new NotedCommitter(committer, () -> Map.of("commitInfo", Map.of("userMetadata", note))))
        .build(engine);
  }

  /**
   * Makes files part of the table, if nobody has committed anything since the snapshot.
   *
   * @param said the note that goes along
   * @return the version
   */
  long append(
      Snapshot snapshot,
      io.landfall.consumer.bronze.Transaction identifier,
      String said,
      List<WrittenFile> files) {
    note = said;
    Transaction transaction =
        snapshot
            .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
            .withTransactionId(identifier.applicationId(), identifier.version())
            .withMaxRetries(0)
            .build(engine);
    Row state = transaction.getTransactionState(engine);
    StructType schema = snapshot.getSchema();
    CloseableIterator<Row> actions =
        Transaction.generateAppendActions(
            engine,
            state,
            closeable(files.stream().map(file -> status(file, schema)).iterator()),
            Transaction.getWriteContext(engine, state, Map.of()));
    TransactionCommitResult result =
        transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
    result.getPostCommitHooks().forEach(this::invoke);
    return result.getVersion();
  }

  /** By its name alone, so that the log's path is relative to the table however that is spelt. */
  private static DataFileStatus status(WrittenFile file, StructType schema) {
    return new DataFileStatus(
        file.name(),
        file.bytes(),
        file.modified(),
        DataFileStatistics.deserializeFromJson(file.statistics(), schema));
  }

  /** Checksum and checkpoint spare readers work; the commit stands without them. */
  private void invoke(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the rows are in the table, and the next commit tries again.
      LOG.atWarn()
          .addKeyValue("table", table.location())
          .addKeyValue("hook", hook.getType())
          .addKeyValue("error", e.toString())
          .log("The log's own upkeep failed after a commit");
    }
  }

  private static <T> CloseableIterator<T> closeable(Iterator<T> iterator) {
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public T next() {
        return iterator.next();
      }

      @Override
      public void close() {}
    };
  }
}
