/** Another source than the NHL, through every program, with every promise. */
@NullMarked
package io.landfall.sandbox.weather;

import org.jspecify.annotations.NullMarked;
