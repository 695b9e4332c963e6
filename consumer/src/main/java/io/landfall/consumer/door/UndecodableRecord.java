package io.landfall.consumer.door;

/** A record of the topic that is no row; found by a task, and told with where it stands. */
public final class UndecodableRecord extends RuntimeException {

  private final int partition;
  private final long offset;

  /**
   * @param why without where
   */
  public UndecodableRecord(int partition, long offset, String why) {
    super(why);
    this.partition = partition;
    this.offset = offset;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }
}
