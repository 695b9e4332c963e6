package io.landfall.consumer.bronze;

import java.util.Optional;

/**
 * What a commit made of the table's definition.
 *
 * @param before empty where the log does not tell any more
 */
public record Redefinition(Optional<TableDescription> before, TableDescription after) {}
