package io.landfall.producer.source;

import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;

/** What shaping the answers for one item came to. */
public sealed interface Shaped {

  /**
   * The item's rows.
   *
   * @param coverage what they were derived from, as in each row's {@code _coverage}
   * @param rows one for each key, of the dataset's newest schema: the content columns and {@code
   *     _coverage} are set, the other system fields are left to the topology
   */
  record Rows(String coverage, List<GenericRecord> rows) implements Shaped {
    public Rows {
      rows = List.copyOf(rows);
    }

    @Override
    public void match(
        Consumer<Rows> shaped, Consumer<Waiting> waiting, Consumer<Unusable> unusable) {
      shaped.accept(this);
    }
  }

  /**
   * Nothing can be derived yet, and nothing is wrong: a part that every row needs has not come.
   *
   * @param missing what has not come
   */
  record Waiting(String missing) implements Shaped {
    @Override
    public void match(Consumer<Rows> rows, Consumer<Waiting> waiting, Consumer<Unusable> unusable) {
      waiting.accept(this);
    }
  }

  /**
   * These answers can never be used as they are.
   *
   * @param reason what is wrong, with values
   */
  record Unusable(String reason) implements Shaped {
    @Override
    public void match(Consumer<Rows> rows, Consumer<Waiting> waiting, Consumer<Unusable> unusable) {
      unusable.accept(this);
    }
  }

  /** The one of three actions that is for this outcome, done with it. */
  void match(Consumer<Rows> rows, Consumer<Waiting> waiting, Consumer<Unusable> unusable);
}
