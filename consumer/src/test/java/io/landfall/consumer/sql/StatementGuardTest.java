package io.landfall.consumer.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.FolderState;
import io.landfall.consumer.testing.SharedSpark;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** The guard alone, in a session that is not locked: whatever it let through would be done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementGuardTest {

  /** Functions of Spark that the guard does not know, on purpose. */
  private static final Set<String> RUN_CODE_OR_OPEN_FILES =
      Set.of(
          "reflect",
          "java_method",
          "try_reflect",
          "from_avro",
          "to_avro",
          "schema_of_avro",
          "from_protobuf",
          "to_protobuf",
          "from_xml",
          "schema_of_xml",
          "xpath",
          "xpath_boolean",
          "xpath_double",
          "xpath_float",
          "xpath_int",
          "xpath_long",
          "xpath_number",
          "xpath_short",
          "xpath_string",
          "python_worker_logs");

  private static final SparkSession SPARK = SharedSpark.session().newSession();

  @TempDir private static Path folder;
  private Path table;
  private FolderState before;

  @BeforeAll
  void fill() throws Exception {
    table = SmallTable.in(folder);
    BronzeTables.views(SPARK, table);
    before = FolderState.of(folder);
  }

  @AfterAll
  void nothingWasTouched() {
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  Stream<String> letThrough() {
    return Corpus.letThrough(table).stream();
  }

  Stream<String> refused() {
    return Corpus.refused(table).stream();
  }

  @ParameterizedTest
  @MethodSource
  void letThrough(String statement) throws Exception {
    SparkSql.require(statement, Map.of());
    new SparkSql(SPARK).run(statement, result -> result.json().forEachRemaining(row -> {}));
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource
  void refused(String statement) {
    assertRefused(statement, () -> SparkSql.require(statement, Map.of()));
    assertRefused(
        statement,
        () ->
            new SparkSql(SPARK)
                .run(statement, result -> result.json().forEachRemaining(row -> {})));
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  private static void assertRefused(
      String statement, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .as(statement)
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE))
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void everyFunctionOfSparkIsKnownOrRefusedOnPurpose() {
    Set<String> sparks = new TreeSet<>();
    CollectionConverters.asJava(FunctionRegistry.builtin().listFunction())
        .forEach(function -> sparks.add(function.funcName()));
    CollectionConverters.asJava(TableFunctionRegistry.builtin().listFunction())
        .forEach(function -> sparks.add(function.funcName()));
    Set<String> ours = new TreeSet<>(AllowedFunctions.NAMES);
    assertThat(ours).doesNotContainAnyElementsOf(RUN_CODE_OR_OPEN_FILES);
    ours.addAll(RUN_CODE_OR_OPEN_FILES);
    assertThat(ours).isEqualTo(sparks);
  }
}
