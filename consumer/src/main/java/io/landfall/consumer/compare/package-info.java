/**
 * How the rows in force of our table compare with those of another Delta table, whoever wrote it:
 * keys that only one of the two has, and cells that differ, by column ({@link
 * io.landfall.consumer.compare.Comparison}). For somebody who wants to know before he moves over.
 * Both tables are read by Spark, and neither is changed.
 */
@NullMarked
package io.landfall.consumer.compare;

import org.jspecify.annotations.NullMarked;
