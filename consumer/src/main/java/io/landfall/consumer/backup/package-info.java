/**
 * Copies of a table from which it can be brought back: made ({@link
 * io.landfall.consumer.backup.BackupRun}), read again ({@link
 * io.landfall.consumer.backup.Verification}) and restored ({@link
 * io.landfall.consumer.backup.Restore}), on any file system of Hadoop's.
 *
 * <p>A backup is one version of a table: the files of its rows and as much of its log as opens it
 * and tells where it stands. A place for backups ({@link io.landfall.consumer.backup.BackupPlace})
 * looks like this:
 *
 * <pre>
 * backups/VERSION-TIME/begun.json      who began it
 * backups/VERSION-TIME/table/_delta_log/…
 * backups/VERSION-TIME/SHA256SUMS      as sha256sum -c takes it, from the place's own folder
 * backups/VERSION-TIME/manifest.json   which files; written last: without it there is no backup
 * files/VERSION-TIME/table/…           files that no backup before had
 * </pre>
 *
 * <p>Each file is written once, by one process, into a folder that is its own, and never changed or
 * deleted. So whatever kills a backup, and whoever makes another one at the same time, those that
 * are complete stay as they are. Nothing here deletes anything.
 */
@NullMarked
package io.landfall.consumer.backup;

import org.jspecify.annotations.NullMarked;
