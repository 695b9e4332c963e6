package io.landfall.consumer.verify;

import io.landfall.schemas.Manifest;

/**
 * What one revision of an item should have brought, and where its rows lie in the landing topic.
 * For one thread while it is filled.
 */
final class Revision {

  private final Manifest manifest;
  private final int partition;
  private long first = -1;
  private long last = -1;
  private int found;
  private int toCome;
  private boolean isDoubtful;

  Revision(Manifest manifest, int partition) {
    this.manifest = manifest;
    this.partition = partition;
  }

  Manifest manifest() {
    return manifest;
  }

  String item() {
    return manifest.getItem();
  }

  int partition() {
    return partition;
  }

  /** The next of its rows is this record. */
  void take(long offset) {
    if (found == 0) {
      first = offset;
    }
    last = offset;
    found++;
  }

  boolean isFull() {
    return found >= manifest.getRowsEmitted();
  }

  /** How many of its rows the topic has, up to where it was read. */
  int found() {
    return found;
  }

  /** A record behind what the table has come to may be a row of it. */
  void willGet() {
    toCome++;
  }

  /** How many of its rows may still come. */
  int toCome() {
    return toCome;
  }

  /** Which rows are its own cannot be told for certain. */
  void doubt() {
    isDoubtful = true;
  }

  boolean isDoubtful() {
    return isDoubtful;
  }

  /** Of its first row; -1 where none was found. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }
}
