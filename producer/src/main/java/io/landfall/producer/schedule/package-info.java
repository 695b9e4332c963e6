/**
 * The built-in schedule: the same run as {@code producer run}, at the times of a cron expression,
 * for those who have no scheduler of their own.
 *
 * <p>A time that was missed is caught up once, runs never overlap, a failed run is tried again with
 * growing pauses and does not stop the schedule. What ran last is in Kafka, so a restarted schedule
 * knows what it has missed.
 */
@NullMarked
package io.landfall.producer.schedule;

import org.jspecify.annotations.NullMarked;
