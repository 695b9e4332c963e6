package io.landfall.consumer.damage;

import java.util.List;

/** The files that a version of a table names. */
public record NamedFiles(long version, List<NamedFile> files) {

  public NamedFiles {
    files = List.copyOf(files);
  }

  /**
   * A file as the log names it.
   *
   * @param path encoded as in a URI; relative to the table's folder, or absolute
   * @param bytes its length, or {@link #ANY_SIZE}
   */
  public record NamedFile(String path, long bytes) {

    /** How much a file must have, if nobody tells. */
    public static final long ANY_SIZE = -1;
  }
}
