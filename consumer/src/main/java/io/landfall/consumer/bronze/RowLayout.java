package io.landfall.consumer.bronze;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What a task needs to know to write rows of one batch.
 *
 * @param schemaJson the schema of the rows
 * @param history every schema that a row may have been written with
 * @param statistics the columns whose bounds are told
 * @param key the columns of the key, in each of which a row has a value, as its record has a key;
 *     empty where rows have none
 * @param topicId the topic of the whole batch
 * @param ingestedAt when the batch began, microseconds since 1970
 * @param ids who knows the schemas of records in Confluent's wire format
 * @param schemasAside fingerprints, or ids, of schemas that this release does not know, of which
 *     somebody has said that their records are to be set aside
 */
public record RowLayout(
    String schemaJson,
    SchemaHistory history,
    List<String> statistics,
    List<String> key,
    String topicId,
    long ingestedAt,
    SchemaIds ids,
    Set<String> schemasAside)
    implements Serializable {

  public RowLayout {
    statistics = List.copyOf(statistics);
    key = List.copyOf(key);
    schemasAside = Set.copyOf(schemasAside);
  }

  /** For the rows of a dataset. */
  public static RowLayout of(Dataset dataset, String topicId, long ingestedAt) {
    return of(dataset, topicId, ingestedAt, Set.of());
  }

  /** The same where records of some unknown schemas are to be set aside. */
  public static RowLayout of(
      Dataset dataset, String topicId, long ingestedAt, Set<String> schemasAside) {
    return new RowLayout(
        dataset.schema().toString(),
        dataset.history(),
        BronzeSchema.statisticsColumns(dataset),
        dataset.key(),
        topicId,
        ingestedAt,
        dataset.encoding().ids(),
        schemasAside);
  }

  /** What a record's fault is, by what somebody has said of its schema. */
  public Fault judged(Fault fault) {
    return fault.where(schemasAside);
  }

  public Schema schema() {
    return new Schema.Parser().parse(schemaJson);
  }
}
