package io.landfall.cli;

import java.util.Map;
import java.util.TreeMap;

/** The page docs/configuration.md, made of the settings themselves. */
final class SettingsPage {

  private static final String INTRODUCTION =
      """
      # Configuration

      This page is generated from the code (`SettingsPage`); a test fails when it is stale.

      Every setting can be given in four places. The first that has it wins:

      1. a flag: `--lookback-days 3`
      2. an environment variable: `LANDFALL_LOOKBACK_DAYS=3`
      3. a YAML file, named by `--config FILE` or `LANDFALL_CONFIG`: `lookback-days: 3`
      4. the default

      One file can serve all programs; [landfall.example.yaml](../landfall.example.yaml) is one to start from.
      Unknown keys and bad values are told all at once, with exit code 2, before anything is started.
      `landfall config show` tells each value and where it came from, also those that are wrong or not set.
      `landfall config check` looks for problems, warns of names that no Kafka client knows, and says what it did not
      look at; `--online` also asks broker, topics, API and storage, creates nothing, and exits with 2, 3 or 4 by what it finds.

      A path is one of this machine, plain or as `file:/…`; a relative one counts from the current folder. Another scheme
      (`s3a:`, `hdfs:`, …) is for tables only, and refused before anything starts where no jar opens it
      ([object stores](operations.md#object-stores)); a folder whose name has a colon is written `./a:b`. The address of an API carries no credentials and no query: it is logged, and kept with the answers.

      ## Settings

      | setting | default | meaning |
      | --- | --- | --- |
      """;

  private static final String PASSED_THROUGH =
      """

      ## Settings of Kafka, Kafka Streams and Spark

      | prefix | goes to | example |
      | --- | --- | --- |
      | `kafka.` | every Kafka client of a program, without the prefix | `kafka.security.protocol: SASL_SSL` |
      | `streams.` | Kafka Streams in shape, without the prefix | `streams.num.stream.threads: 4` |
      | `spark.` | the consumer's Spark session, with the prefix | `spark.sql.shuffle.partitions: 4` |

      As a flag: `--kafka.linger.ms=5`. As a variable: `LANDFALL_KAFKA_LINGER_MS=5` (a name with capitals in it needs
      the file or a flag). A value whose name contains `password`, `passphrase`, `secret`, `token`, `jaas` or `credential`, or ends with
      `.key` or `user.info`, or names an Azure `account.key` or `sas`, is masked wherever something is shown, and is refused on the command line, where
      others could read it. Any value may refer to a file or a variable instead: `${file:/path}`, `${file:/path:key}`,
      `${env:NAME}` ([security.md](security.md#secrets)).

      What is set here wins over what Landfall sets because it suits it (timeouts, batch sizes, compression), and one with a prefix of
      Kafka Streams (`streams.consumer.max.poll.records`) over one without.

      These are refused by name, whatever stands in front of them, because a promise rests on them:

      | setting | why |
      | --- | --- |
      """;

  private static final String EXIT_CODES =
      """

      ## Exit codes

      | code | meaning |
      | --- | --- |
      """;

  private SettingsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Setting<?> setting : LandfallSettings.ALL) {
      page.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  setting.key(),
                  setting.defaultText().map(text -> "`" + text + "`").orElse(""),
                  setting.description()));
    }
    page.append(PASSED_THROUGH);
    for (Map.Entry<String, String> refused : new TreeMap<>(PassThrough.refused()).entrySet()) {
      page.append("| `%s` | %s |%n".formatted(refused.getKey(), refused.getValue()));
    }
    page.append(EXIT_CODES);
    for (ExitCode code : ExitCode.values()) {
      page.append("| %d | %s |%n".formatted(code.code(), code.meaning()));
    }
    return page.toString();
  }
}
