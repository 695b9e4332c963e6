/**
 * Proof of the hockey derivation: recorded games against box scores, situation codes and a second
 * opinion; laws that must hold for any game; and hand-made cases for what no recording has.
 */
@NullMarked
package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.NullMarked;
