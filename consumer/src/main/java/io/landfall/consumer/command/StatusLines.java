package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.landing.Offsets;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** What a status says, as soon as it is known to people, or as one JSON object at the end. */
interface StatusLines {

  /** How a status is printed. */
  static StatusLines of(OutputFormat format, PrintStream out, Instant now) {
    return format == OutputFormat.JSON ? new Json(out, now) : new Text(out, now);
  }

  void table(String location, long version, String topic, TableDescription described);

  void rows(long rows);

  /**
   * How far the table is behind the topic.
   *
   * @param committed the last stable offsets
   * @param open the oldest open transaction of each partition that has one
   */
  void lag(Offsets position, Offsets committed, Offsets ends, List<OpenTransaction> open);

  /** Why it says no more, and why a run would not go on. */
  void refused(LandfallException refusal);

  /** Behind the last of it. */
  void end();

  /** An open transaction in words. */
  static String behind(OpenTransaction open, Instant now) {
    return "behind an open transaction: partition %d, from offset %d, open for %,d s, transactional id %s. It ends with its program; where there is none: %s"
        .formatted(
            open.partition(),
            open.offset(),
            open.age(now).toSeconds(),
            open.transactionalId().orElse("unknown"),
            open.abort());
  }

  /** Lines for people. */
  record Text(PrintStream out, Instant now) implements StatusLines {

    @Override
    public void table(String location, long version, String topic, TableDescription described) {
      out.printf("table    %s%n", location);
      out.printf("version  %d%n", version);
      out.printf("topic    %s, id %s%n", topic, described.topicId());
      if (!described.earlierTopicIds().isEmpty()) {
        out.printf("before   ids %s%n", String.join(", ", described.earlierTopicIds()));
      }
      if (!described.begins().equals(Offsets.START)) {
        out.printf("begins   at %s: what the topic has before is not in it%n", described.begins());
      }
      out.flush();
    }

    @Override
    public void rows(long rows) {
      out.printf("rows     %,d%n", rows);
      out.flush();
    }

    @Override
    public void lag(Offsets position, Offsets committed, Offsets ends, List<OpenTransaction> open) {
      out.printf(
          "%n%9s  %12s  %12s  %12s  %14s  %10s%n",
          "partition", "in the table", "committed", "end", "lag committed", "lag end");
      for (int partition : ends.byPartition().keySet()) {
        long at = position.in(partition);
        out.printf(
            "%9d  %,12d  %,12d  %,12d  %,14d  %,10d%n",
            partition,
            at,
            committed.in(partition),
            ends.in(partition),
            committed.in(partition) - at,
            ends.in(partition) - at);
      }
      out.printf(
          "%9s  %12s  %12s  %12s  %,14d  %,10d%n%n",
          "all", "", "", "", committed.since(position), ends.since(position));
      open.forEach(each -> out.println(behind(each, now)));
      if (committed.isBeyond(position)) {
        out.println("behind what is committed: landfall consumer run --once");
      } else if (open.isEmpty()) {
        out.println("caught up");
      }
      out.flush();
    }

    @Override
    public void refused(LandfallException refusal) {
      // It is told where all refusals are.
    }

    @Override
    public void end() {
      out.flush();
    }
  }

  /** One object. */
  final class Json implements StatusLines {

    private final PrintStream out;
    private final Instant now;
    private final ObjectNode status = new JsonMapper().createObjectNode();

    Json(PrintStream out, Instant now) {
      this.out = out;
      this.now = now;
    }

    @Override
    public void table(String location, long version, String topic, TableDescription described) {
      status.put("table", location).put("version", version);
      status.put("topic", topic).put("topicId", described.topicId());
      ArrayNode earlier = status.putArray("earlierTopicIds");
      described.earlierTopicIds().forEach(earlier::add);
      status.put("begins", described.begins().toString());
    }

    @Override
    public void rows(long rows) {
      status.put("rows", rows);
    }

    @Override
    public void lag(Offsets position, Offsets committed, Offsets ends, List<OpenTransaction> open) {
      ArrayNode partitions = status.putArray("partitions");
      for (int partition : ends.byPartition().keySet()) {
        partitions
            .addObject()
            .put("partition", partition)
            .put("position", position.in(partition))
            .put("committed", committed.in(partition))
            .put("end", ends.in(partition));
      }
      status.put("lagCommitted", committed.since(position)).put("lagEnd", ends.since(position));
      ArrayNode transactions = status.putArray("openTransactions");
      for (OpenTransaction each : open) {
        transactions
            .addObject()
            .put("partition", each.partition())
            .put("offset", each.offset())
            .put("seconds", each.age(now).toSeconds())
            .put("transactionalId", each.transactionalId().orElse(null));
      }
      String state = open.isEmpty() ? "caught-up" : "behind-an-open-transaction";
      status.put("state", committed.isBeyond(position) ? "behind" : state);
    }

    @Override
    public void refused(LandfallException refusal) {
      status.put("state", "refused");
      status.put("reason", refusal.reason().map(RefusalReason::word).orElse(null));
      status.put("message", refusal.getMessage());
    }

    @Override
    public void end() {
      out.println(status);
      out.flush();
    }
  }
}
