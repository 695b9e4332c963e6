package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.nhl.PlayerGameStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that old records or old readers cannot bear fails here, not in the night. */
class SchemaHistoryTest {

  static Stream<Schema> written() {
    return Stream.of(
        ItemAnswers.getClassSchema(),
        LedgerEntry.getClassSchema(),
        ListedDays.getClassSchema(),
        PlayerGameStats.getClassSchema(),
        Manifest.getClassSchema(),
        DeadLetter.getClassSchema(),
        Definition.getClassSchema(),
        Dismissal.getClassSchema(),
        QuarantinedRecord.getClassSchema(),
        RowsInForce.getClassSchema(),
        RecordInForce.getClassSchema(),
        RecordsOfItem.getClassSchema(),
        Owner.getClassSchema(),
        Run.getClassSchema(),
        PastRuns.getClassSchema(),
        ArchivedAnswer.getClassSchema());
  }

  @ParameterizedTest
  @MethodSource("written")
  void theSchemaInUseIsTheLastOfItsHistory(Schema schema) {
    assertThat(SchemaHistory.of(schema.getName()).latest())
        .as(
            "src/main/avro/%1$s.avsc is not the newest under schema-history/%1$s: copy it there "
                + "under the next number",
            schema.getName())
        .isEqualTo(source(schema));
  }

  /** As written by hand, without what the code generator adds. */
  private static Schema source(Schema schema) {
    try {
      Path folder = Path.of("src", "main", "avro");
      Schema.Parser parser = new Schema.Parser();
      parser.parse(folder.resolve("Item.avsc").toFile());
      return parser.parse(
          folder
              .resolve(
                  schema.getNamespace().substring("io.landfall.schemas".length()).replace(".", ""))
              .resolve(schema.getName() + ".avsc")
              .toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void theDocumentationIsTheSameInBothPlaces(Schema schema) {
    assertThat(SchemaHistory.of(schema.getName()).latest().toString())
        .isEqualTo(source(schema).toString());
  }

  @ParameterizedTest
  @MethodSource("written")
  void everyVersionReadsEveryOlderOne(Schema schema) {
    List<Schema> versions = SchemaHistory.of(schema.getName()).versions();
    for (int newer = 0; newer < versions.size(); newer++) {
      for (int older = 0; older <= newer; older++) {
        assertThat(
                isOfATable(schema)
                    ? SchemaEvolution.problemsOfRows(versions.get(older), versions.get(newer))
                    : SchemaEvolution.problemsOfRecords(versions.get(older), versions.get(newer)))
            .as("%s: version %d after version %d", schema.getName(), newer + 1, older + 1)
            .isEmpty();
      }
    }
  }

  private static boolean isOfATable(Schema schema) {
    return List.of(
            PlayerGameStats.getClassSchema(),
            QuarantinedRecord.getClassSchema(),
            ArchivedAnswer.getClassSchema())
        .contains(schema);
  }

  @Test
  void everyTypeWithAHistoryIsNamed() throws Exception {
    try (Stream<Path> folders = Files.list(Path.of("src", "main", "resources", "schema-history"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()).sorted())
          .containsExactlyElementsOf(SchemaHistory.NAMES);
    }
    assertThat(written().map(Schema::getName))
        .containsExactlyInAnyOrderElementsOf(SchemaHistory.NAMES);
    for (String name : SchemaHistory.NAMES) {
      for (Schema version : SchemaHistory.of(name).versions()) {
        assertThat(SchemaHistory.nameOf(SchemaNormalization.parsingFingerprint64(version)))
            .contains(name);
      }
    }
    assertThat(SchemaHistory.nameOf(1)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("written")
  void everyVersionIsFoundByItsFingerprint(Schema schema) {
    SchemaHistory history = SchemaHistory.of(schema.getName());
    for (Schema version : history.versions()) {
      assertThat(history.findByFingerprint(SchemaNormalization.parsingFingerprint64(version)))
          .isEqualTo(version);
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void everyFieldIsDocumented(Schema schema) {
    assertThat(schema.getDoc()).isNotBlank();
    assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
  }
}
