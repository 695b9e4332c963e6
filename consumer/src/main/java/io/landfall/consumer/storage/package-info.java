/**
 * Commits on any storage: of all who write one version of a table, one gets it.
 *
 * <p>A Delta commit is a file that only one writer may create. On S3 Delta looks whether the file
 * is there and then writes it, so that two writers can both be told that they committed, and one
 * commit is gone. {@link io.landfall.consumer.storage.ConditionalPutLogStore} lets the storage
 * decide, by a write with {@code If-None-Match}; {@link
 * io.landfall.consumer.storage.ConditionalCreateProbe} refuses storage that ignores it. In a local
 * folder Delta looks and then renames, with the same end; {@link
 * io.landfall.consumer.storage.LinkLogStore} makes a hard link, which the file system refuses where
 * the name is taken. Other schemes keep Delta's own log stores: Azure's and Google's create a file
 * only if it is not there. Which scheme has which is told to Hadoop by {@link
 * io.landfall.consumer.storage.LogStoreSettings}.
 *
 * <p>Written against Delta's public {@code LogStore} and Hadoop's public file system, so that
 * nothing of an object store's library is needed to build or to start without one. Nothing here
 * knows what is in a table.
 */
@NullMarked
package io.landfall.consumer.storage;

import org.jspecify.annotations.NullMarked;
