package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One dataset of a source.
 *
 * @param name as in the name of its landing topic
 * @param version of the dataset; from 2 on part of the names of topic and table
 * @param windows how it is read by stretches of time, if it is
 * @param changes how it is read by what changed since, if it is
 * @param listed how it is read item by item, if it is
 * @param whole how it is read all at once, if it is
 * @param records where they are in an answer
 * @param each where the parts of a record are, of which each makes a row; empty for one row each
 * @param key the fields that tell one row from another
 * @param filters further fields that readers often filter by
 * @param deleted how a record tells that it is deleted, if it does
 * @param sourceVersion where a record has the version that the API claims for it
 * @param ignore what a record may differ in without counting as changed
 * @param keepRecord whether a row keeps the record that it was made of
 * @param olderSkipped whether a record whose version is older than the one in force is passed over
 * @param forgetsAfter how long the API serves what changed
 * @param fields at least one, in the order of the columns
 */
public record ResourceDefinition(
    String name,
    int version,
    Optional<Reading.Windows> windows,
    Optional<Reading.Changes> changes,
    Optional<Reading.Listed> listed,
    Optional<Reading.Whole> whole,
    RecordForm records,
    Optional<JsonPointer> each,
    List<String> key,
    List<String> filters,
    Optional<Condition> deleted,
    Optional<JsonPointer> sourceVersion,
    List<JsonPointer> ignore,
    boolean keepRecord,
    boolean olderSkipped,
    Optional<Duration> forgetsAfter,
    List<FieldDefinition> fields) {

  public ResourceDefinition {
    key = List.copyOf(key);
    filters = List.copyOf(filters);
    ignore = List.copyOf(ignore);
    fields = List.copyOf(fields);
  }
}
