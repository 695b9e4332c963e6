package io.landfall.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.consumer.ConsumerMain;
import io.landfall.schemas.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * A command of the consumer as a user gives it, in this process and its Spark.
 *
 * @param said on standard output and on standard error
 */
public record ConsumerRun(ExitCode code, String said) {

  public static ConsumerRun of(Dataset dataset, String... arguments) {
    return of(Map.of(), dataset, arguments);
  }

  /** The same with variables of the environment. */
  public static ConsumerRun of(
      Map<String, String> environment, Dataset dataset, String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    ExitCode code =
        ConsumerMain.program(dataset, Clock.systemUTC()).run(environment, out, out, arguments);
    return new ConsumerRun(code, said.toString(StandardCharsets.UTF_8));
  }

  /** It ended so, and said all of that. */
  public ConsumerRun requires(ExitCode wanted, String... words) {
    assertThat(code).as(said).isEqualTo(wanted);
    for (String word : words) {
      assertThat(said).contains(word);
    }
    return this;
  }
}
