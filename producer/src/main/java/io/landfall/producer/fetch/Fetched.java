package io.landfall.producer.fetch;

import io.landfall.schemas.GameResponses;
import io.landfall.schemas.LedgerEntry;
import java.util.Optional;

/**
 * What one fetch adds to Kafka.
 *
 * @param responses the answers, if there are new ones
 * @param entry the ledger entry that speaks of them
 */
public record Fetched(Optional<GameResponses> responses, LedgerEntry entry) {}
