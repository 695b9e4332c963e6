/** Log lines as an appender writes them. */
@NullMarked
package io.landfall.cli.log;

import org.jspecify.annotations.NullMarked;
