/** Log lines as an appender writes them. */
@NullMarked
package io.landfall.program.log;

import org.jspecify.annotations.NullMarked;
