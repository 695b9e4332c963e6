package io.landfall.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What is landed: one resource of one source, its schema, and what its columns are for. Fetch,
 * shape and ingest know no more of it.
 *
 * @param source the API, as in the names of all of its topics
 * @param api what the table says that it came from
 * @param resource what is landed of it, as in the landing topic's name
 * @param partitions of the topics that hold its answers and its rows
 * @param name the table's name in SQL
 * @param schema the newest schema of a row
 * @param key the columns that tell one row from another, without its revision
 * @param filters further columns that readers often filter by: the table keeps their bounds per
 *     file, as it does for the key
 * @param repeated further columns that a retraction repeats, since a row cannot be without them
 * @param topicPrefix stands in front of the name of every topic; empty where a deployment has the
 *     cluster for itself
 * @param encoding how a deployment writes and reads its rows
 */
public record Dataset(
    String source,
    String api,
    String resource,
    int partitions,
    String name,
    Schema schema,
    List<String> key,
    List<String> filters,
    List<String> repeated,
    String topicPrefix,
    RowEncoding encoding) {

  public Dataset {
    key = List.copyOf(key);
    filters = List.copyOf(filters);
    repeated = List.copyOf(repeated);
  }

  /** One that needs no registry. */
  public Dataset(
      String source,
      String api,
      String resource,
      int partitions,
      String name,
      Schema schema,
      List<String> key,
      List<String> filters,
      List<String> repeated,
      String topicPrefix) {
    this(
        source,
        api,
        resource,
        partitions,
        name,
        schema,
        key,
        filters,
        repeated,
        topicPrefix,
        RowEncoding.SINGLE_OBJECT);
  }

  /** The same in another deployment. */
  public Dataset withTopicPrefix(String prefix) {
    return new Dataset(
        source, api, resource, partitions, name, schema, key, filters, repeated, prefix, encoding);
  }

  /** The same where rows are written or read in another way. */
  public Dataset withEncoding(RowEncoding other) {
    return new Dataset(
        source,
        api,
        resource,
        partitions,
        name,
        schema,
        key,
        filters,
        repeated,
        topicPrefix,
        other);
  }

  public Topics topics() {
    return new Topics(this);
  }

  /** The topic that its rows are read from. */
  public Topic landing() {
    return topics().landing();
  }

  /** The columns of a retraction: its key, then what else it repeats. */
  public List<String> retractionColumns() {
    return Stream.concat(key.stream(), repeated.stream()).toList();
  }
}
