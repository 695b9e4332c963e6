/** What stands in the module's README, compiled. */
@NullMarked
package io.landfall.schemas.example;

import org.jspecify.annotations.NullMarked;
