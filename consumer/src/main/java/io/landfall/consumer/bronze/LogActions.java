package io.landfall.consumer.bronze;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Delta's log actions as Java makes them: Scala's default arguments do not reach here. */
final class LogActions {

  private LogActions() {}

  static <T> scala.collection.immutable.Seq<T> seq(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.copyOf(list)).toSeq();
  }

  static scala.collection.immutable.Map<String, String> map(Map<String, String> map) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
  }

  @SuppressWarnings("NullAway") // null is how a log action says "none"
  static AddFile addFile(WrittenFile file) {
    return new AddFile(
        file.name(),
        map(Map.of()),
        file.bytes(),
        file.modified(),
        true,
        file.statistics(),
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  static Metadata withSchema(Metadata metadata, StructType schema) {
    return new Metadata(
        metadata.id(),
        metadata.name(),
        metadata.description(),
        metadata.format(),
        schema.json(),
        metadata.partitionColumns(),
        metadata.configuration(),
        metadata.createdTime());
  }
}
