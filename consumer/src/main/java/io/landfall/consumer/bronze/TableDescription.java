package io.landfall.consumer.bronze;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table says of itself.
 *
 * @param features what its protocol lets a writer meet, by Delta's names
 */
public record TableDescription(
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

  /** Under which application id the next rows are committed. */
  public String applicationId() {
    String epoch = property(TableProperties.EPOCH);
    return epoch.isEmpty() ? topicId() : topicId() + "/" + epoch;
  }
}
