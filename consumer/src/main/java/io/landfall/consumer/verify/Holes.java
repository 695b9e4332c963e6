package io.landfall.consumer.verify;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Records of the topic without a row of their own, by their keys. For one thread. */
final class Holes implements AutoCloseable {

  private final Buckets byKey;

  /**
   * A record.
   *
   * @param number of its revision; -1 where that is not known
   */
  record Hole(int number, RowMark record) {

    private static Hole of(byte[] piece) {
      ByteBuffer from = ByteBuffer.wrap(piece);
      int number = from.getInt();
      byte[] mark = new byte[from.remaining()];
      from.get(mark);
      return new Hole(number, RowMark.of(mark));
    }
  }

  Holes(Path scratch) {
    this.byKey = new Buckets(scratch, "holes", RowsTaken.BUCKETS);
  }

  void add(int number, RowMark record) {
    byte[] mark = record.bytes();
    byKey.add(
        RowsTaken.bucket(record),
        ByteBuffer.allocate(Integer.BYTES + mark.length).putInt(number).put(mark).array());
  }

  /** Those of one bucket, in the order in which they came. */
  List<Hole> in(int bucket) {
    return byKey.read(bucket).stream().map(Hole::of).toList();
  }

  @Override
  public void close() {
    byKey.close();
  }
}
