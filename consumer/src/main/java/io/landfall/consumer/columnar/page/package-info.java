/** Columns, and their way into pages. */
@NullMarked
package io.landfall.consumer.columnar.page;

import org.jspecify.annotations.NullMarked;
