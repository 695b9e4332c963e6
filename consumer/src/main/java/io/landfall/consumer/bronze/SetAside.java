package io.landfall.consumer.bronze;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a batch went to the quarantine table: how many records, and which is the first of them,
 * by partition and offset. However many there are, it takes no more memory.
 */
public record SetAside(long records, @Nullable First earliest) implements Serializable {

  /** Nothing. */
  public static final SetAside NONE = new SetAside(0, null);

  /** One of them. */
  public record First(int partition, long offset, Fault fault) implements Serializable {

    private boolean isBefore(First other) {
      return partition < other.partition || (partition == other.partition && offset < other.offset);
    }

    /** For people. */
    @Override
    public String toString() {
      return "partition %d, offset %d: %s".formatted(partition, offset, fault);
    }
  }

  /** One record. */
  public static SetAside of(int partition, long offset, Fault fault) {
    return new SetAside(1, new First(partition, offset, fault));
  }

  public boolean isEmpty() {
    return records == 0;
  }

  /** The first of them, if there is any. */
  public Optional<First> first() {
    return Optional.ofNullable(earliest);
  }

  /** Both together. */
  public SetAside and(SetAside other) {
    @Nullable First first =
        earliest == null || (other.earliest != null && other.earliest.isBefore(earliest))
            ? other.earliest
            : earliest;
    return new SetAside(records + other.records, first);
  }
}
