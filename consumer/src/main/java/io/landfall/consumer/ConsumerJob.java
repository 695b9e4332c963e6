package io.landfall.consumer;

import io.landfall.cli.ExitCode;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * {@code landfall consumer} as a job of a platform that owns the process, as Databricks does: it
 * returns where all went well and throws where not, and the process goes on.
 */
public final class ConsumerJob {

  private ConsumerJob() {}

  /**
   * @throws IllegalStateException with what would have stood on standard error, and the exit code
   */
  public static void main(String[] args) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ExitCode code =
        ConsumerMain.program(NhlDatasets.PLAYER_GAME_STATS, Clock.systemUTC())
            .run(
                System.getenv(),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                args);
    String output = said.toString(StandardCharsets.UTF_8).strip();
    if (code != ExitCode.OK) {
      throw new IllegalStateException("%s (exit code %d)".formatted(output, code.code()));
    }
    if (!output.isEmpty()) {
      System.err.println(output);
    }
  }
}
