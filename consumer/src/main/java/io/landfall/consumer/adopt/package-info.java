/**
 * Going on with a topic that was made anew. {@link io.landfall.consumer.adopt.Adoption} is the act
 * by which a table takes another topic, recorded in the table in one commit. From then on {@link
 * io.landfall.consumer.adopt.OverlapDoor} leaves out what the table already holds (the same key,
 * revision and content hash), for as far as the new topic reached when it was adopted; behind that
 * every record is a row again, at no further cost.
 *
 * <p>No row of the table is changed, none stands in it twice, and none of the new topic is lost: a
 * row that has the table's key and revision and other content is refused, because it could neither
 * be appended nor left out.
 */
@NullMarked
package io.landfall.consumer.adopt;

import org.jspecify.annotations.NullMarked;
