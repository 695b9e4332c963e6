/**
 * Few large files in place of many small ones: Delta's own OPTIMIZE, a commit that brings and takes
 * no row. The table says the same position before and after, and whoever appends meanwhile is
 * neither kept out nor undone.
 */
@NullMarked
package io.landfall.consumer.optimize;

import org.jspecify.annotations.NullMarked;
