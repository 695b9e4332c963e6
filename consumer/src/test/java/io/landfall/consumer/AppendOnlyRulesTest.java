package io.landfall.consumer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No code of the consumer's can take a row out of a table, or change one. */
@AnalyzeClasses(
    packages = "io.landfall.consumer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class AppendOnlyRulesTest {

  /** Statements that take rows; text that tells a user how to go back is no statement. */
  private static final Pattern TAKES_ROWS =
      Pattern.compile(
          "\"\\s*(DELETE FROM|UPDATE \\S+ SET|MERGE INTO|TRUNCATE|INSERT OVERWRITE|DROP TABLE|CREATE OR REPLACE TABLE|REPLACE TABLE|REORG TABLE|VACUUM %)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OVERWRITES =
      Pattern.compile("\"overwrite\"|overwriteSchema|replaceWhere|partitionOverwriteMode");

  @ArchTest
  static final ArchRule noRowIsDeletedUpdatedMergedOrRestored =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "io.delta.tables.DeltaTable",
                  Set.of(
                      "delete",
                      "update",
                      "updateExpr",
                      "merge",
                      "restoreToVersion",
                      "restoreToTimestamp",
                      "vacuum",
                      "clone",
                      "cloneAtVersion",
                      "cloneAtTimestamp",
                      "replace",
                      "createOrReplace",
                      "dropFeatureSupport")));

  @ArchTest
  static final ArchRule noTableIsOverwritten =
      noClasses()
          .should()
          .callMethodWhere(
              call(
                  "org.apache.spark.sql.DataFrameWriter",
                  Set.of("insertInto", "partitionBy", "replaceWhere")))
          .orShould()
          .callMethodWhere(
              call(
                  "org.apache.spark.sql.DataFrameWriterV2",
                  Set.of("overwrite", "overwritePartitions", "replace", "createOrReplace")))
          .orShould()
          .callMethodWhere(call("org.apache.spark.sql.Dataset", Set.of("writeTo", "mergeInto")))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.SaveMode");

  /** Which mode it is, only the text tells. */
  @ArchTest
  static final ArchRule onlyTwoClassesWriteThroughSpark =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.door.spark.SparkAppender")
          .and()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.door.Decision")
          .should()
          .callMethodWhere(
              call("org.apache.spark.sql.DataFrameWriter", Set.of("mode", "save", "saveAsTable")));

  @ArchTest
  static final ArchRule kernelOnlyAppends =
      noClasses()
          .should()
          .callMethodWhere(
              call("io.delta.kernel.TableManager", Set.of("buildReplaceTableTransaction")))
          .orShould()
          .callMethodWhere(
              call(
                  "io.delta.kernel.Transaction",
                  Set.of("generateRemoveActions", "generateRemoveAction")))
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("RemoveFile");

  /**
   * Files that no commit names, the probe of a storage, the claim of a place to restore to, and the
   * scratch in which a table is created.
   */
  @ArchTest
  static final ArchRule onlyFilesThatAreNotOfATableAreDeleted =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.door.fast.TableFolder")
          .and()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.columnar.ColumnarFile")
          .and()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.backup.Restore")
          .and()
          .doNotHaveFullyQualifiedName("io.landfall.consumer.door.spark.NewTable")
          .and()
          .resideOutsideOfPackages("..consumer.storage..", "..consumer.sql..")
          .should()
          .callMethodWhere(call("org.apache.hadoop.fs.FileSystem", Set.of("delete", "rename")));

  private static DescribedPredicate<JavaCall<?>> call(String owner, Set<String> names) {
    return describe(
        "%s of %s".formatted(names, owner),
        call -> names.contains(call.getName()) && isA(call.getTargetOwner(), owner));
  }

  private static boolean isA(JavaClass type, String owner) {
    return type.getName().equals(owner)
        || type.getAllRawSuperclasses().stream().anyMatch(each -> each.getName().equals(owner));
  }

  @Test
  void noStatementInTheCodeTakesRows() throws IOException {
    List<String> found;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(AppendOnlyRulesTest::statements)
              .toList();
    }
    assertThat(found).isEmpty();
  }

  private static Stream<String> statements(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> TAKES_ROWS.matcher(line).find() || OVERWRITES.matcher(line).find())
          .map(line -> file + ": " + line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
