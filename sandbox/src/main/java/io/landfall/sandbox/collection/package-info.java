/**
 * A simulated REST collection, made from a seed: records that are created, edited and deleted while
 * they are read, behind every kind of paging, and every misbehaviour that was met in real APIs.
 *
 * <p>A request goes through the web server to {@code SimulatedCollection}; {@code Query} reads what
 * is asked, {@code Shown} has the records in each order, {@code Page} writes the answer. Between
 * two answers {@code Script} lets the collection change or spoils an answer, as often as it was
 * told to; then the collection is still, and what it holds can be compared with what was read.
 */
@NullMarked
package io.landfall.sandbox.collection;

import org.jspecify.annotations.NullMarked;
