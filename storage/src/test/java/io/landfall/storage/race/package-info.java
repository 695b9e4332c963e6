/** Processes that are let go together at the last moment before a commit is written. */
@NullMarked
package io.landfall.storage.race;

import org.jspecify.annotations.NullMarked;
