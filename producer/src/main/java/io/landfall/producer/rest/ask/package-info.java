/**
 * One look at an API as its definition says: the requests, page after page, who asks, and why it
 * ended. Only the API ends a listing; whatever else ends it leaves a look that was cut short.
 *
 * <p>Nothing here knows what is due, what was held before, or Kafka. No secret leaves this room but
 * in requests to hosts that get it.
 */
@NullMarked
package io.landfall.producer.rest.ask;

import org.jspecify.annotations.NullMarked;
