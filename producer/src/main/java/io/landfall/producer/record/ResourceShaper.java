package io.landfall.producer.record;

import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.StatusMeaning;
import io.landfall.producer.source.RecordShaper;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** Derives the rows of one resource of a source from what its definition says. */
public final class ResourceShaper implements RecordShaper {

  private final Map<Integer, StatusMeaning> meanings;
  private final ResourceDefinition resource;
  private final String version;
  private final RecordReader reader;
  private final RecordRows rows;

  /**
   * For one resource.
   *
   * @param api what a status of its answers means
   * @param schema that of the resource's rows
   * @param version of its definition, which changes whenever its rows do
   */
  public ResourceShaper(
      ApiDefinition api, ResourceDefinition resource, Schema schema, String version) {
    this(api, resource, schema, version, (column, value) -> {});
  }

  /**
   * For one resource of which is told what does not fit.
   *
   * @param misfits is told the column, and the value that it is without
   */
  public ResourceShaper(
      ApiDefinition api,
      ResourceDefinition resource,
      Schema schema,
      String version,
      BiConsumer<String, String> misfits) {
    this.meanings = api.answers();
    this.resource = resource;
    this.version = version;
    this.reader = new RecordReader(resource.records());
    this.rows = new RecordRows(resource, schema, misfits);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public boolean concerns(Item item) {
    return resource.name().equals(item.getAttributes().get("resource"));
  }

  @Override
  public Set<String> answersFor(Item item) {
    String kind = item.getAttributes().getOrDefault("kind", "");
    return switch (kind) {
      case "windows" -> own(item, resource.windows().map(windows -> windows.absence()));
      case "listed" -> own(item, resource.listed().map(listed -> listed.absence()));
      case "whole" ->
          resource.whole().filter(whole -> whole.absence().retracts()).isPresent()
              ? Set.of(item.getKey(), changes(item.getKey()))
              : Set.of();
      default -> Set.of();
    };
  }

  private static Set<String> own(Item item, Optional<Absence> absence) {
    return absence.filter(Absence::retracts).isPresent() ? Set.of(item.getKey()) : Set.of();
  }

  /** The item that reads what changed of the same whole. */
  private static String changes(String whole) {
    return whole.replaceFirst("^([^/]*)/whole(?=/|$)", "$1/changes");
  }

  @Override
  public boolean skipsOlder() {
    return resource.olderSkipped();
  }

  @Override
  public ShapedRecords shape(ItemAnswers answers) {
    List<ShapedRecords.Row> shaped = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ApiAnswer answer : answers.getAnswers()) {
      if (saysNothing(answer.getStatus())) {
        continue;
      }
      byte[] body = bytes(answer.getBody());
      try {
        List<ApiRecord> records = reader.read(body);
        RecordRows.Answer of =
            rows.of(answers.getItem(), answer.getEndpoint(), answer.getSha256(), body);
        records.forEach(record -> of.add(record, shaped, problems));
      } catch (UnusableBody e) {
        problems.add("the answer %s: %s".formatted(answer.getEndpoint(), e.reason()));
      }
    }
    return new ShapedRecords(shaped, problems);
  }

  /** Whether it means that there are no records, whatever its body says. */
  private boolean saysNothing(int status) {
    StatusMeaning meaning = meanings.getOrDefault(status, StatusMeaning.usual(status));
    return meaning == StatusMeaning.EMPTY || meaning == StatusMeaning.GONE;
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }
}
