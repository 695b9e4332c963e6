package io.landfall.consumer.storage;

import java.io.IOException;

/** The storage cannot keep two writers of a table apart; nothing was written to the table. */
public final class UnsafeStorageException extends IOException {

  private static final String CONSEQUENCE =
      " Two writers of one Delta table could replace each other's commits there, and neither would"
          + " notice. Nothing was written to the table. ";

  private UnsafeStorageException(String message) {
    super(message);
  }

  static UnsafeStorageException ignored(String place) {
    return new UnsafeStorageException(
        "The storage of "
            + place
            + " ignores If-None-Match: it let an object be created that was there already."
            + CONSEQUENCE
            + "Use a storage that honours conditional writes, as Amazon S3 does.");
  }

  static UnsafeStorageException unknown(String place, String hadoop, RuntimeException cause) {
    UnsafeStorageException unsafe =
        new UnsafeStorageException(
            "The file system of "
                + place
                + " has no conditional create (Hadoop "
                + hadoop
                + ": "
                + cause.getMessage()
                + ")."
                + CONSEQUENCE
                + "Use s3a of Hadoop 3.4.2 or later.");
    unsafe.initCause(cause);
    return unsafe;
  }
}
