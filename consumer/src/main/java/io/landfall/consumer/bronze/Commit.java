package io.landfall.consumer.bronze;

import java.util.Optional;

/**
 * An entry of a table's history.
 *
 * @param operation by Delta's name
 * @param userMetadata what whoever committed it noted
 */
public record Commit(long version, String operation, Optional<String> userMetadata) {}
