/**
 * The bronze table as a stranger sees it: read with Delta Kernel, which shares no code with the
 * Spark that wrote it.
 */
@NullMarked
package io.landfall.sandbox.bronze;

import org.jspecify.annotations.NullMarked;
