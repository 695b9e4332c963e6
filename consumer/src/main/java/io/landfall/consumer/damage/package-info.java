/**
 * Whether the files of a table are all there ({@link io.landfall.consumer.damage.DamageCheck}), by
 * listings of its folder and of its log. Readers do not look that closely: an empty commit is read
 * as one that brought nothing, and a missing newest one makes the table an older one. What the
 * newest version names is told by whoever reads the log. Nothing here changes a file.
 */
@NullMarked
package io.landfall.consumer.damage;

import org.jspecify.annotations.NullMarked;
