/**
 * The thin jar, which was compiled on today's Spark and Delta, with the oldest ones that it is
 * meant for and nothing else of ours.
 */
@NullMarked
package io.landfall.compat;

import org.jspecify.annotations.NullMarked;
