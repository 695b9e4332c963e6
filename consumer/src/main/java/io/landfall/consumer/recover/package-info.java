/**
 * Getting back what was lost, and proving that nothing is: so far the rebuilding of a table from
 * its topic. With positions in the table that is ingest into an empty one, so all that this room
 * adds is the comparison. Nothing here changes the table that is rebuilt.
 */
@NullMarked
package io.landfall.consumer.recover;

import org.jspecify.annotations.NullMarked;
