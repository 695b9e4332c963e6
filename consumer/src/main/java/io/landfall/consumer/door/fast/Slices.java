package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.Offsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What all tasks together made of a batch. */
record Slices(
    List<WrittenFile> files,
    List<WrittenFile> quarantined,
    SetAside setAside,
    Offsets ends,
    Optional<SliceResult.Newer> newer) {

  static Slices of(List<SliceResult> results) {
    List<WrittenFile> files = new ArrayList<>();
    List<WrittenFile> quarantined = new ArrayList<>();
    SetAside setAside = SetAside.NONE;
    TreeMap<Integer, Long> ends = new TreeMap<>();
    Optional<SliceResult.Newer> newer = Optional.empty();
    for (SliceResult result : results) {
      files.addAll(result.files());
      quarantined.addAll(result.quarantined());
      setAside = setAside.and(result.setAside());
      result.ends().forEach((partition, end) -> ends.merge(partition, end, Math::max));
      newer = newer.or(() -> result.newer().stream().findFirst());
    }
    return new Slices(files, quarantined, setAside, new Offsets(ends), newer);
  }

  boolean isEmpty() {
    return ends.byPartition().isEmpty();
  }

  long rows() {
    return rows(files);
  }

  /** Of the files. */
  static long rows(List<WrittenFile> files) {
    return files.stream().mapToLong(WrittenFile::rows).sum();
  }
}
