package io.landfall.consumer.kernel;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.landfall.cli.Reason;
import io.landfall.consumer.bronze.CheckedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The rows of a table in a folder, one file after the other in each of a few threads. */
public final class KernelCheckedRows implements CheckedRows {

  /** How many rows go to the sink at once. */
  private static final int AT_ONCE = 512;

  private final Engine engine;
  private final Snapshot snapshot;
  private final Configuration configuration;

  KernelCheckedRows(Engine engine, Snapshot snapshot, Configuration configuration) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.configuration = configuration;
  }

  /**
   * Has the checksums of pages compared: without, readers decompress and decode whatever a page
   * holds. Kernel reads its files with the settings of the file system, which Hadoop opens once for
   * all in a process: whoever had it opened has said how.
   */
  private void compareChecksums() {
    try {
      new Path(snapshot.getPath())
          .getFileSystem(configuration)
          .getConf()
          .setBoolean("parquet.page.verify-checksum.enabled", true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version that is read. */
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long version() {
    return snapshot.getVersion();
  }

  @Override
  public List<String> columns() {
    return snapshot.getSchema().fieldNames();
  }

  @Override
  public long promised() {
    return new KernelRows(engine, snapshot).promised();
  }

  @Override
  public List<Unreadable> read(List<String> columns, Extract extract, Supplier<Sink> fresh)
      throws InterruptedException {
    compareChecksums();
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(snapshot.getSchema().get(column));
    }
    Scan scan = snapshot.getScanBuilder().withReadSchema(wanted).build();
    Queue<Row> files = new ConcurrentLinkedQueue<>();
    KernelRows.eachFile(scan.getScanFiles(engine), files::add);
    Sink sink = fresh.get();
    int threads = Math.max(1, Math.min(files.size(), Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(threads, KernelCheckedRows::daemon);
    try {
      List<Future<List<Unreadable>>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(new Share(configuration, scan, wanted, files, extract, sink)));
      }
      List<Unreadable> unreadable = new ArrayList<>();
      for (Future<List<Unreadable>> each : running) {
        unreadable.addAll(ended(each));
      }
      return unreadable;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "table-rows");
    thread.setDaemon(true);
    return thread;
  }

  private static List<Unreadable> ended(Future<List<Unreadable>> share)
      throws InterruptedException {
    try {
      return share.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** One thread's files. */
  private static final class Share implements Callable<List<Unreadable>> {
    private final Engine engine;
    private final Row state;
    private final Queue<Row> files;
    private final Value[] values;
    private final @Nullable Object[] row;
    private final Task task;
    private final Sink sink;
    private final List<byte[]> extracted = new ArrayList<>(AT_ONCE);

    Share(
        Configuration configuration,
        Scan scan,
        StructType wanted,
        Queue<Row> files,
        Extract extract,
        Sink sink) {
      this.engine = DefaultEngine.create(configuration);
      this.state = scan.getScanState(engine);
      this.files = files;
      this.values = wanted.fields().stream().map(Share::value).toArray(Value[]::new);
      this.row = new @Nullable Object[values.length];
      this.task = extract.begin();
      this.sink = sink;
    }

    @Override
    public List<Unreadable> call() {
      List<Unreadable> unreadable = new ArrayList<>();
      for (Row file = files.poll(); file != null; file = files.poll()) {
        try {
          read(file);
        } catch (Broken e) {
          unreadable.add(new Unreadable(name(file), Reason.of(innermost(e.why))));
        }
        hand();
        if (Thread.currentThread().isInterrupted()) {
          return unreadable;
        }
      }
      return unreadable;
    }

    /** Those around it say which file, in words of a library. */
    private static Throwable innermost(Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }

    private static String name(Row file) {
      return new Path(InternalScanFileUtils.getAddFileStatus(file).getPath()).getName();
    }

    private void read(Row file) throws Broken {
      try (CloseableIterator<FilteredColumnarBatch> batches =
          unbroken(() -> KernelRows.batches(engine, state, file))) {
        while (unbroken(batches::hasNext)) {
          take(unbroken(batches::next));
        }
      } catch (IOException e) {
        throw new Broken(e);
      }
    }

    private <T> T unbroken(Callable<T> step) throws Broken {
      try {
        return step.call();
      } catch (Exception | OutOfMemoryError | StackOverflowError | AssertionError e) {
        // Whatever a reader stumbles over in a file that holds something else than it should: a
        // length that one flipped bit has made gigabytes is among it.
        throw new Broken(e);
      }
    }

    private void take(FilteredColumnarBatch batch) {
      for (int at = 0; at < batch.getData().getSize(); at++) {
        if (KernelRows.isThere(batch, at)) {
          for (int i = 0; i < values.length; i++) {
            ColumnVector column = batch.getData().getColumnVector(i);
            row[i] = column.isNullAt(at) ? null : values[i].of(column, at);
          }
          byte @Nullable [] made = task.of(row);
          if (made != null) {
            extracted.add(made);
          }
        }
      }
      if (extracted.size() >= AT_ONCE) {
        hand();
      }
    }

    private void hand() {
      synchronized (sink) {
        extracted.forEach(sink::accept);
      }
      extracted.clear();
    }

    private interface Value {
      Object of(ColumnVector column, int row);
    }

    private static Value value(StructField field) {
      DataType type = field.getDataType();
      if (type instanceof StringType) {
        return ColumnVector::getString;
      } else if (type instanceof IntegerType || type instanceof DateType) {
        return ColumnVector::getInt;
      } else if (type instanceof LongType
          || type instanceof TimestampType
          || type instanceof TimestampNTZType) {
        return ColumnVector::getLong;
      } else if (type instanceof DoubleType) {
        return ColumnVector::getDouble;
      } else if (type instanceof FloatType) {
        return ColumnVector::getFloat;
      } else if (type instanceof BooleanType) {
        return ColumnVector::getBoolean;
      } else if (type instanceof ShortType) {
        return (column, row) -> (int) column.getShort(row);
      } else if (type instanceof ByteType) {
        return (column, row) -> (int) column.getByte(row);
      } else if (type instanceof DecimalType) {
        return ColumnVector::getDecimal;
      } else if (type instanceof BinaryType) {
        return ColumnVector::getBinary;
      }
      throw new IllegalArgumentException(
          "Column %s is of type %s, which no dataset has".formatted(field.getName(), type));
    }
  }

  private static final class Broken extends Exception {
    private final Throwable why;

    Broken(Throwable why) {
      super(why);
      this.why = why;
    }
  }
}
