package io.landfall.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What is landed: one resource of one source, its schema, and what its columns are for. Fetch,
 * shape and ingest know no more of it.
 *
 * @param origin who says what it is
 * @param source the API, as in the names of all of its topics
 * @param api what the table says that it came from
 * @param resource what is landed of it, as in the landing topic's name
 * @param partitions of the topics that hold its answers and its rows
 * @param name the table's name in SQL
 * @param schema the newest schema of a row
 * @param history every schema that a row was ever written with
 * @param key the columns that tell one row from another, without its revision
 * @param filters further columns that readers often filter by: the table keeps their bounds per
 *     file, as it does for the key
 * @param repeated further columns that a retraction repeats, since a row cannot be without them
 * @param topicPrefix stands in front of the name of every topic; empty where a deployment has the
 *     cluster for itself
 * @param encoding how a deployment writes and reads its rows
 */
public record Dataset(
    Origin origin,
    String source,
    String api,
    String resource,
    int partitions,
    String name,
    Schema schema,
    SchemaHistory history,
    List<String> key,
    List<String> filters,
    List<String> repeated,
    String topicPrefix,
    RowEncoding encoding) {

  /** The resource that a source's answers are, as they came. */
  public static final String ANSWERS = "answers";

  /** Who says what a dataset is. */
  public enum Origin {
    /** The program that it ships with. It is the only one of its source, but for its answers. */
    PROGRAM,
    /**
     * A definition, or of answers anybody. Its source may have others, with which it shares all
     * topics but its rows'.
     */
    DEFINITION
  }

  public Dataset {
    key = List.copyOf(key);
    filters = List.copyOf(filters);
    repeated = List.copyOf(repeated);
  }

  /** One that ships with a program, whose schema history is in the jar. */
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
        Origin.PROGRAM,
        source,
        api,
        resource,
        partitions,
        name,
        schema,
        SchemaHistory.of(schema.getName()),
        key,
        filters,
        repeated,
        topicPrefix,
        RowEncoding.SINGLE_OBJECT);
  }

  /**
   * One that a definition says, in the deployment without a prefix. Its topics have one partition,
   * and its table's name is made of source and resource: {@code usgs_earthquakes}.
   *
   * @param history every schema that a row was ever written with; the last is the newest
   */
  public static Dataset defined(
      String source,
      String api,
      String resource,
      SchemaHistory history,
      List<String> key,
      List<String> filters,
      List<String> repeated) {
    return new Dataset(
        Origin.DEFINITION,
        source,
        api,
        resource,
        1,
        nameOf(source, resource),
        history.latest(),
        history,
        key,
        filters,
        repeated,
        "",
        RowEncoding.SINGLE_OBJECT);
  }

  /**
   * The answers of its source as they came, as a dataset of their own, whoever says what this one
   * is: {@code usgs.answers}.
   */
  public Dataset answers() {
    return new Dataset(
        Origin.DEFINITION,
        source,
        api,
        ANSWERS,
        partitions,
        nameOf(source, ANSWERS),
        ArchivedAnswer.getClassSchema(),
        SchemaHistory.of(ArchivedAnswer.getClassSchema().getName()),
        List.of("item", "request", "in_force"),
        List.of("received_at"),
        List.of(),
        topicPrefix,
        encoding);
  }

  /** What the table of a resource is called in SQL, where a definition says what it is. */
  public static String nameOf(String source, String resource) {
    return (source + "_" + resource).replace('-', '_');
  }

  /**
   * What users call it: {@code usgs.earthquakes}, source and resource, where a definition says what
   * it is; the table's name for one that ships with a program.
   */
  public String title() {
    return origin == Origin.DEFINITION ? source + "." + resource : name;
  }

  /** The same in another deployment. */
  public Dataset withTopicPrefix(String prefix) {
    return new Dataset(
        origin,
        source,
        api,
        resource,
        partitions,
        name,
        schema,
        history,
        key,
        filters,
        repeated,
        prefix,
        encoding);
  }

  /** The same where rows are written or read in another way. */
  public Dataset withEncoding(RowEncoding other) {
    return new Dataset(
        origin,
        source,
        api,
        resource,
        partitions,
        name,
        schema,
        history,
        key,
        filters,
        repeated,
        topicPrefix,
        other);
  }

  /** The same with all schemas that its rows were ever written with. */
  public Dataset withHistory(SchemaHistory all) {
    return new Dataset(
        origin,
        source,
        api,
        resource,
        partitions,
        name,
        all.latest(),
        all,
        key,
        filters,
        repeated,
        topicPrefix,
        encoding);
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
