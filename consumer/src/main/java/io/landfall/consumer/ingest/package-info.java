/**
 * Stage 2 as a Structured Streaming query. {@link io.landfall.consumer.ingest.Ingest} asks the
 * table where it stands and has a {@link io.landfall.consumer.ingest.LandingQuery} read from
 * exactly there; each batch goes through the {@link io.landfall.consumer.door.Door} in one commit.
 * When somebody else moved the table, the query ends and another begins where it stands now.
 *
 * <p>Nothing that is kept on disk counts: the query's checkpoint is new at each start and thrown
 * away behind it, and there is no consumer group. A crash at any moment leaves files that no commit
 * names, or a commit that is whole; the next start asks the table again. Ingest refuses to go on
 * where that would lose or double rows.
 */
@NullMarked
package io.landfall.consumer.ingest;

import org.jspecify.annotations.NullMarked;
