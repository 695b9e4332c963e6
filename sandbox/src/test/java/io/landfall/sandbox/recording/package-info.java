/**
 * Recorded answers of the real API, read by code that shares nothing with the product: what the box
 * score says of each skater.
 */
@NullMarked
package io.landfall.sandbox.recording;

import org.jspecify.annotations.NullMarked;
