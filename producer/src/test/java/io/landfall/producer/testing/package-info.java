/**
 * What several rooms' tests share: a real broker, and a producer on it that has an API in memory.
 */
@NullMarked
package io.landfall.producer.testing;

import org.jspecify.annotations.NullMarked;
