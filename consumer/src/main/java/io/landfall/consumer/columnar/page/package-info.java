/**
 * Columns into pages: values that lie in arrays, encoded and compressed a page of one column at a
 * time ({@link io.landfall.consumer.columnar.page.RowGroups}).
 *
 * <p>What is written is plain Parquet 1.0 that every reader knows: pages of version 1, dictionaries
 * with run lengths and bit packing, or plain values where a dictionary does not pay. Page headers,
 * checksums, column index, offset index and footer are parquet-java's ({@code ParquetFileWriter},
 * by its public methods). Bounds follow Parquet's rules: a zero is negative below and positive
 * above, and a chunk with a NaN has none.
 *
 * <p>Only flat files: a column is there once in a row, or not at all. Rejected: pages of version 2
 * with delta encodings (5 % smaller, and slower), byte-stream split (28 % larger here), no
 * dictionaries for numbers (15 % larger). Rejected too: one class of column for each type; two
 * widths of numbers, bytes and truth values are all that there are.
 */
@NullMarked
package io.landfall.consumer.columnar.page;

import org.jspecify.annotations.NullMarked;
