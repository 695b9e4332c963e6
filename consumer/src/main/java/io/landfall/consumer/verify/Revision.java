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

  /** Of its first row; -1 where none was found. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }
}
