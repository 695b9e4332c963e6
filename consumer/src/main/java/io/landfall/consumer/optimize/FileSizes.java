package io.landfall.consumer.optimize;

import java.util.List;

/**
 * How large the files of a table are.
 *
 * @param small how many of them a compaction would take, with {@code smallBytes}
 */
public record FileSizes(long files, long bytes, long small, long smallBytes) {

  /**
   * @param below how large a file must be to be left as it is
   */
  public static FileSizes of(List<Long> sizes, long below) {
    return new FileSizes(
        sizes.size(),
        sum(sizes),
        sizes.stream().filter(size -> size < below).count(),
        sum(sizes.stream().filter(size -> size < below).toList()));
  }

  private static long sum(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** Whether there is anything to do: one small file alone is as good as it gets. */
  public boolean isCompact() {
    return small < 2;
  }
}
