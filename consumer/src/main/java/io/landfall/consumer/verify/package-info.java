/**
 * Whether the table holds what was landed, all of it and nothing else.
 *
 * <p>{@link io.landfall.consumer.verify.Verify} reads the manifests, the landing topic up to where
 * the table stands, and every row of the table from its files: each record is one row, each row is
 * what its content hash was made of, and of each item the rows in force are as many as its newest
 * manifest says and have its hash. Figures of the log are no proof and are not used. What cannot be
 * read is told with the items that it takes with it, and the rest is read all the same. {@link
 * io.landfall.consumer.verify.Deep} compares each row with its record, column by column.
 *
 * <p>Memory does not grow with the rows, but for one bit a record: what belongs to one item is
 * brought together through files in the scratch folder. Nothing here changes anything.
 */
@NullMarked
package io.landfall.consumer.verify;

import org.jspecify.annotations.NullMarked;
