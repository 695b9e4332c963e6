package io.landfall.consumer.bronze;

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

  /** Of a place where no table is. */
  public static final TableDescription NONE =
      new TableDescription("", Map.of(), List.of(), Set.of(), List.of());

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

  /** The version up to which somebody has looked at what others did; -1 where nobody has. */
  public long accepted() {
    String accepted = property(TableProperties.ACCEPTED);
    return TableProperties.isNumber(accepted) ? Long.parseLong(accepted) : -1;
  }

  /** Under which application id the next rows are committed. */
  public String applicationId() {
    String epoch = property(TableProperties.EPOCH);
    return epoch.isEmpty() ? topicId() : topicId() + "/" + epoch;
  }
}
