/**
 * The spark door: records become rows of Spark's, and Spark's own writer appends them to a table of
 * any kind, by its folder or by its name in a catalog.
 *
 * <p>Only the public API of Spark and Delta is used here, so that it runs wherever they run, with
 * the Delta that the place brings. It takes three to four times as long as the fast door. Delta
 * passes over a transaction that it has seen without an error, so after each commit the table is
 * asked whether it stands where it should.
 */
@NullMarked
package io.landfall.consumer.door.spark;

import org.jspecify.annotations.NullMarked;
