package io.landfall.consumer.backup;

/**
 * A file of a table in a backup.
 *
 * @param path in the table's folder
 * @param stored in the folder of backups
 * @param sha256 of its content, 64 hexadecimal digits
 */
record StoredFile(String path, String stored, long bytes, String sha256) {}
