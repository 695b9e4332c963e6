/** The consumer with another dataset, to see that nothing in it knows hockey. */
@NullMarked
package io.landfall.consumer.weather;

import org.jspecify.annotations.NullMarked;
