/**
 * A second source, to see that the seam is true: a weather service whose items are the days of its
 * stations. It goes through fetch, ledger, shape and ingest, and nothing of these knows it.
 */
@NullMarked
package io.landfall.producer.weather;

import org.jspecify.annotations.NullMarked;
