package io.landfall.consumer.verify;

import io.landfall.schemas.HashSum;
import io.landfall.schemas.Manifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one item come to: revision by revision they are put in force and taken back, and
 * after each there must be as many in force as its manifest says, with its hash.
 */
final class ItemCheck {

  private final List<Revision> revisions;
  private final Map<Integer, List<RowMark>> rows = new HashMap<>();
  private long damaged;

  /**
   * @param revisions of the item that the table should hold whole, oldest first
   */
  ItemCheck(List<Revision> revisions) {
    this.revisions = List.copyOf(revisions);
  }

  void add(RowMark row, Revision revision, boolean isDamaged) {
    rows.computeIfAbsent(revision.manifest().getRevision(), any -> new ArrayList<>()).add(row);
    if (isDamaged) {
      damaged++;
    }
  }

  /**
   * What is wrong, if anything is.
   *
   * @param missing rows that the topic has and the table has not
   * @param quarantined those among the records that are no rows
   */
  Optional<ItemFinding> finding(long missing, long quarantined, long doubled) {
    HashSum sum = new HashSum();
    Map<ByteBuffer, byte[]> inForce = new HashMap<>();
    int earlier = 0;
    boolean isRight = true;
    for (Revision revision : revisions) {
      if (!isRight && earlier == 0) {
        earlier = revision.manifest().getRevision() - 1;
      }
      for (RowMark row : rows.getOrDefault(revision.manifest().getRevision(), List.of())) {
        apply(row, inForce, sum);
      }
      isRight = isRight(revision.manifest(), inForce.size(), sum);
    }
    if (isRight && earlier == 0 && missing + quarantined + doubled + damaged == 0) {
      return Optional.empty();
    }
    Manifest newest = revisions.get(revisions.size() - 1).manifest();
    return Optional.of(
        new ItemFinding(
            newest.getItem(),
            newest.getRevision(),
            newest.getRowsInForce(),
            inForce.size(),
            sum.digits().equals(newest.getHashInForce()),
            missing,
            quarantined,
            doubled,
            damaged,
            earlier));
  }

  private static void apply(RowMark row, Map<ByteBuffer, byte[]> inForce, HashSum sum) {
    ByteBuffer key = ByteBuffer.wrap(row.key());
    byte @Nullable [] before =
        row.isRetraction() ? inForce.remove(key) : inForce.put(key, row.content());
    if (before != null) {
      sum.subtract(before);
    }
    if (!row.isRetraction()) {
      sum.add(row.content());
    }
  }

  private static boolean isRight(Manifest manifest, int rows, HashSum sum) {
    return manifest.getRowsInForce() == rows && manifest.getHashInForce().equals(sum.digits());
  }
}
