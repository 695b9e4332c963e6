package io.landfall.producer.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of the file itself. */
final class SourceKeys {

  /** What could be read of a file, of which not all needs to be right. */
  static final class Draft {

    private final Values values;

    Draft(Values values) {
      this.values = values;
    }

    Map<String, List<String>> forEach() {
      return values.get(FOR_EACH);
    }

    boolean isForEachRead() {
      return !values.isWritten(FOR_EACH) || values.find(FOR_EACH).isPresent();
    }

    Optional<ApiDefinition> api() {
      return values.find(API);
    }

    Optional<String> about() {
      return values.find(ABOUT);
    }

    String source() {
      return values.find(SOURCE).orElse("source");
    }

    List<ResourceDefinition> resources() {
      return values
          .find(RESOURCES)
          .map(resources -> List.copyOf(resources.values()))
          .orElse(List.of());
    }

    /** Only where no problem was found. */
    SourceDefinition definition(String text) {
      return new SourceDefinition(
          values.get(SOURCE),
          values.get(ABOUT),
          values.get(API),
          values.get(FOR_EACH),
          values.get(ANSWERS_TABLE),
          resources(),
          text);
    }
  }

  private static final Key<String> SOURCE =
      Key.required(
          "source",
          Scalars.SOURCE_NAME,
          "usgs",
          "The source's name, with which all of its topics begin.");

  private static final Key<String> ABOUT =
      Key.required(
          "about",
          Scalars.TEXT,
          "Earthquakes of the world. Public domain.",
          "For people: what it is, where it is documented, under which terms it may be used.");

  private static final Key<ApiDefinition> API =
      Key.required("api", ApiKeys.API, "{url: https://api.example.org/v1}", "How it is asked.");

  private static final Key<Map<String, List<String>>> FOR_EACH =
      Key.optional(
              "for-each",
              MapForm.of(Scalars.VALUE_NAME, new ListForm<>(Scalars.TEXT)),
              "{repo: [golang/go, apache/kafka]}",
              "Values by name, for each combination of which every resource is read.")
          .or(Map.of(), "once");

  private static final Key<Boolean> ANSWERS_TABLE =
      Key.optional(
              "answers-table",
              Scalars.BOOLEAN,
              "true",
              "Whether the API's answers are landed as they came, too: the dataset"
                  + " `SOURCE.answers`, a row for each answer that differs from the one before.")
          .or(false, "no");

  private static final Key<Map<String, ResourceDefinition>> RESOURCES =
      Key.required(
          "resources",
          new MapForm<>(Scalars.RESOURCE_NAME, ResourceKeys.RESOURCE, true, (name, held) -> {}),
          "{earthquakes: …}",
          "Its datasets by name, each one landing topic and one table.");

  static final Group<Draft> FILE =
      new Group<>(
          "source",
          "The file",
          "One API, and what is landed of it.",
          List.of(SOURCE, ABOUT, API, FOR_EACH, ANSWERS_TABLE, RESOURCES),
          values -> Optional.of(new Draft(values)));

  private SourceKeys() {}
}
