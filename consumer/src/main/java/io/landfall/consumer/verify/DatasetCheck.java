package io.landfall.consumer.verify;

import io.landfall.schemas.HashSum;
import io.landfall.schemas.Manifest;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all rows of a dataset come to whose rows have revisions of their own: an item may bring a
 * row that another one had, so that only of all together it is known how many are in force. The
 * newest manifests of all items must come to as many, with the same hash.
 */
final class DatasetCheck {

  /** The row of the highest revision of a key; without content where that is taken back. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Newest(int revision, byte @Nullable [] content) {}

  private final Map<ByteBuffer, Newest> byKey = new HashMap<>();
  private long damaged;

  void add(RowMark row, boolean isDamaged) {
    byKey.merge(
        ByteBuffer.wrap(row.key()),
        new Newest(row.revision(), row.isRetraction() ? null : row.content()),
        (one, other) -> one.revision() > other.revision() ? one : other);
    if (isDamaged) {
      damaged++;
    }
  }

  /**
   * What is wrong, if anything is.
   *
   * @param dataset its name
   * @param newest manifest of each item
   * @param isBehind whether the table has not come to all of them yet, so that nothing can be said
   *     of what is in force
   * @param missing rows that the topic has and the table has not
   * @param quarantined those among the records that are no rows
   */
  Optional<ItemFinding> finding(
      String dataset,
      Collection<Manifest> newest,
      boolean isBehind,
      long missing,
      long quarantined,
      long doubled) {
    HashSum wantedSum = new HashSum();
    long wanted = 0;
    int revision = 0;
    for (Manifest manifest : newest) {
      wanted += manifest.getRowsInForce();
      wantedSum.add(HexFormat.of().parseHex(manifest.getHashInForce()));
      revision = Math.max(revision, manifest.getRevision());
    }
    HashSum foundSum = new HashSum();
    long found = 0;
    for (Newest row : byKey.values()) {
      byte @Nullable [] content = row.content();
      if (content != null) {
        found++;
        foundSum.add(content);
      }
    }
    boolean isSame = wantedSum.digits().equals(foundSum.digits());
    boolean isRight = isBehind || (wanted == found && isSame);
    if (isRight && missing + quarantined + doubled + damaged == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ItemFinding(
            dataset,
            revision,
            isBehind ? found : wanted,
            found,
            isBehind || isSame,
            missing,
            quarantined,
            doubled,
            damaged,
            0));
  }
}
