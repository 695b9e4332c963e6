package io.landfall.consumer.backup;

/** What stands under one id in a place for backups. */
public sealed interface Backup {

  /** VERSION-TIME. */
  String id();

  /** One that has its manifest. */
  record Complete(Manifest manifest) implements Backup {
    @Override
    public String id() {
      return manifest.id();
    }
  }

  /** One that is being made, or was killed. */
  record Unfinished(String id) implements Backup {}

  /**
   * One whose manifest is not what was written.
   *
   * @param problem with the file's name
   */
  record Damaged(String id, String problem) implements Backup {}
}
