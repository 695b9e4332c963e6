/**
 * What several rooms' tests share: a dataset of no sport, one Spark session, an independent reader.
 */
@NullMarked
package io.landfall.consumer.testing;

import org.jspecify.annotations.NullMarked;
