package io.landfall.cli.metrics;

import io.landfall.cli.metrics.Metric.Kind;
import io.landfall.cli.metrics.Metric.Teller;

/** The page docs/metrics.md, made of the figures themselves. */
final class MetricsPage {

  private static final String INTRODUCTION =
      """
      # Metrics

      This page is generated from the code (`MetricsPage`); a test fails when it is stale.

      What the programs tell of themselves, in Prometheus' text format. Off unless one of two settings asks for it:

      - `metrics-address` (a port, or host:port): a command that goes on (`producer schedule`, `producer shape`, `consumer run`,
        `consumer watch`) answers over HTTP `/metrics`; `/healthz`, 200 while its thread lives and gives a sign of life at least
        every 10 minutes, else 503; and `/readyz`, 200 from `COMMAND: ready` to its end, else 503. There is neither TLS nor a
        password: whoever reaches the port reads it, so it is 127.0.0.1's unless a host is named. Two programs on one
        machine need two ports.
      - `metrics-file` (a file `….prom`): for [node_exporter's textfile collector](https://github.com/prometheus/node_exporter#textfile-collector).
        Written beside its place and renamed, at the start, every 15 seconds by a command that goes on, and when a command has ended, also when it
        failed. `producer run` and `fetch`, `consumer run --once`, `verify` and `backup create` have no port but this. Each command needs a file of its
        own; all of a machine may lie in one folder.

      Without either there is no thread and nothing is counted. What costs a look at Kafka or the table is looked at every 30 seconds at most (ledger, runs and
      dead letters: every 2 minutes), in a thread of its own and never because somebody asks; a command that ends by itself looks once more at its end, for
      5 seconds at most. A look that fails is logged once (`Figures are not known`), what was known before stays, and the command goes on.
      An address in use and a file that cannot be written end a command with exit code 2 before it has begun.
      `landfall_topic_bytes` and `landfall_broker_disk_…` need the right to describe the cluster; where it is missing, only they are.
      Where several processes tell the same (`schedule` and `shape` both tell lag, dead letters and disks), rules take `max by`.

      What stays true behind a run (column *kept*) is taken over from the file by the next command that writes it: a run that failed keeps the moment of
      the last one that did not. Ages (`…_seconds` beside a `…_timestamp_seconds`) are counted when they are told, so in a file they
      are as old as the file: rules over files use the moments. Counters begin at 0 with each process; in the file of a command that ends they are those of its last run.

      The position of each table is also published, whether metrics are on or not, as the offsets of the consumer group
      `[PREFIX]landfall-SOURCE-RESOURCE-bronze` after each commit of `consumer run`: for lag tools. Nobody is a member of it, and nothing reads it to go on; that
      it cannot be published is logged once and stops nothing.

      """;

  private static final String LIBRARIES =
      """
      ## Of Java, Kafka and Streams

      Over HTTP only, with the names that [Micrometer](https://docs.micrometer.io/micrometer/reference/reference/jvm.html) gives them: `jvm_…`, `process_…`,
      `system_…`; of the producer also `kafka_producer_…` (its transactional producer) and, in `shape`, `kafka_stream_…`.
      Each summary and histogram also has a gauge `…_max`: the greatest value of the last minutes.
      """;

  private MetricsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    table(page, "Both programs", Teller.BOTH);
    table(page, "Producer", Teller.PRODUCER);
    table(page, "Consumer", Teller.CONSUMER);
    page.append(LIBRARIES);
    return page.toString();
  }

  private static void table(StringBuilder page, String heading, Teller teller) {
    page.append("## %s\n\n".formatted(heading))
        .append("| name | type | unit | labels | kept | meaning |\n")
        .append("| --- | --- | --- | --- | --- | --- |\n");
    for (Metric metric : Metric.values()) {
      if (metric.teller() == teller) {
        page.append(
            "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                    metric.title(),
                    metric.kind() == Kind.INFO ? Kind.GAUGE.word() : metric.kind().word(),
                    metric.unit(),
                    String.join(", ", metric.labels()),
                    metric.isKept() ? "yes" : "",
                    metric.meaning()));
      }
    }
    page.append("\n");
  }
}
