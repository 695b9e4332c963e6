/**
 * Stage 2: appends the landing topic to a bronze Delta table. This package only wires the commands.
 */
@NullMarked
package io.landfall.consumer;

import org.jspecify.annotations.NullMarked;
