package io.landfall.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.HashSum;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows with revisions of their own: what all of them together come to. */
class DatasetCheckTest {

  private static final boolean AT_THE_END = false;

  private final DatasetCheck check = new DatasetCheck();

  @Test
  void whatOneItemHadAndAnotherBringsCountsOnce() {
    check.add(row(1, 1, false, 10), false);
    check.add(row(2, 1, false, 20), false);
    check.add(row(1, 2, false, 11), false);
    assertThat(finding(manifest("monday", 1, 20), manifest("tuesday", 1, 11))).isEmpty();
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    check.add(row(1, 2, false, 11), false);
    check.add(row(1, 1, false, 10), false);
    assertThat(finding(manifest("monday", 1, 11))).isEmpty();
  }

  @Test
  void whatWasTakenBackIsNotInForce() {
    check.add(row(1, 1, false, 10), false);
    check.add(row(1, 2, true, 10), false);
    assertThat(finding(manifest("monday", 0))).isEmpty();
    assertThat(finding(manifest("monday", 1, 10)))
        .hasValueSatisfying(
            found -> assertThat(found.description()).isEqualTo("0 in force, not 1"));
  }

  @Test
  void anotherContentIsFound() {
    check.add(row(1, 1, false, 12), false);
    assertThat(finding(manifest("monday", 1, 10)))
        .hasValueSatisfying(found -> assertThat(found.hash()).isFalse());
  }

  @Test
  void ofATableThatIsBehindNothingIsSaidButWhatItLacks() {
    check.add(row(1, 1, false, 12), false);
    List<Manifest> manifests = List.of(manifest("monday", 2, 12, 13));
    assertThat(check.finding("usgs.quakes", manifests, true, 0, 0, 0)).isEmpty();
    assertThat(check.finding("usgs.quakes", manifests, true, 3, 0, 0))
        .hasValueSatisfying(found -> assertThat(found.description()).isEqualTo("3 rows missing"));
  }

  private Optional<ItemFinding> finding(Manifest... manifests) {
    return check.finding("usgs.quakes", List.of(manifests), AT_THE_END, 0, 0, 0);
  }

  private static RowMark row(int key, int revision, boolean isRetraction, int content) {
    return new RowMark(
        0,
        0,
        0,
        revision,
        isRetraction,
        RowMark.Fault.NONE,
        hash(key),
        hash(content),
        0,
        0,
        0,
        hash(0),
        "");
  }

  private static byte[] hash(int value) {
    byte[] hash = new byte[RowMark.HASH_BYTES];
    hash[RowMark.HASH_BYTES - 1] = (byte) value;
    return hash;
  }

  private static Manifest manifest(String item, int rows, int... contents) {
    HashSum sum = new HashSum();
    for (int content : contents) {
      sum.add(hash(content));
    }
    return new Manifest(
        "quakes",
        item,
        1,
        contents.length,
        0,
        rows,
        sum.digits(),
        "complete",
        "1",
        Instant.EPOCH,
        RevisionCause.FETCHED,
        0);
  }
}
