package io.landfall.consumer.bronze;

import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What a task needs to know to write rows of one batch.
 *
 * @param schemaJson the schema of the rows
 * @param statistics the columns whose bounds are told
 * @param topicId the topic of the whole batch
 * @param ingestedAt when the batch began, microseconds since 1970
 */
public record RowLayout(String schemaJson, List<String> statistics, String topicId, long ingestedAt)
    implements Serializable {

  public RowLayout {
    statistics = List.copyOf(statistics);
  }

  public Schema schema() {
    return new Schema.Parser().parse(schemaJson);
  }
}
