package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table says of itself.
 *
 * @param id of the table, which another table at its place does not have
 * @param features what its protocol lets a writer meet, by Delta's names
 */
public record TableDescription(
    String id,
    Map<String, String> properties,
    List<String> partitionColumns,
    Set<String> features,
    List<Column> columns) {

  public TableDescription {
    properties = Map.copyOf(properties);
    partitionColumns = List.copyOf(partitionColumns);
    features = Set.copyOf(features);
    columns = List.copyOf(columns);
  }

  /** A property's value; empty if the table has no such property. */
  public String property(String key) {
    return properties.getOrDefault(key, "");
  }

  /** The id of the topic that the rows came from. */
  public String topicId() {
    return property(TableProperties.TOPIC_ID);
  }

  /** Whether its rows tell which offsets of a topic they came from. */
  public boolean hasOffsets() {
    return !topicId().isEmpty()
        && columns.stream()
            .map(Column::name)
            .toList()
            .containsAll(List.of(SystemColumn.PARTITION.column(), SystemColumn.OFFSET.column()));
  }

  /** The ids of topics that rows came from before this one was adopted, the oldest first. */
  public List<String> earlierTopicIds() {
    String ids = property(TableProperties.EARLIER_TOPIC_IDS);
    return ids.isEmpty() ? List.of() : List.of(ids.split(","));
  }

  /**
   * Up to where records of the topic may be rows that the table holds from an earlier one; the
   * beginning where it never had another.
   */
  public Offsets overlap() {
    return Offsets.parse(property(TableProperties.OVERLAP));
  }

  /** From where on it has the topic's records; the beginning unless it was rebuilt in part. */
  public Offsets begins() {
    return Offsets.parse(property(TableProperties.BEGINS));
  }

  /** The version up to which somebody has looked at what others did; -1 where nobody has. */
  public long accepted() {
    String accepted = property(TableProperties.ACCEPTED);
    return TableProperties.isNumber(accepted) ? Long.parseLong(accepted) : -1;
  }

  /** Whether it had only a part of a topic that came before this one. */
  public boolean hasBegunLate() {
    return !property(TableProperties.EARLIER_BEGINS).isEmpty();
  }

  /** Under which application id the next rows are committed. */
  public String applicationId() {
    String epoch = property(TableProperties.EPOCH);
    return epoch.isEmpty() ? topicId() : topicId() + "/" + epoch;
  }
}
