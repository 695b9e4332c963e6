/** Tables of a catalog that outlives the process, and Spark's public ways to append to them. */
@NullMarked
package io.landfall.storage.catalog;

import org.jspecify.annotations.NullMarked;
