package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.Count;
import io.landfall.cli.OutputFormat;
import io.landfall.consumer.quarantine.Entry;
import io.landfall.consumer.quarantine.Place;
import io.landfall.consumer.sql.QueryResult.Column;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints records that were set aside: as CSV or JSON each of them as it comes, as a table the
 * newest ones, in their order.
 */
final class EntryPrinter {

  private static final List<String> NAMES =
      List.of("state", "origin", "quarantined_at", "reason", "code_version", "schema", "detail");

  /** More than these are no use on a screen. */
  private static final int MOST_IN_TABLE = 1_000;

  private static final int MOST_OF_A_DETAIL = 60;
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Comparator<Entry> NEWEST_LAST =
      Comparator.comparing(Entry::quarantinedAt)
          .thenComparing(Entry::partition)
          .thenComparing(Entry::offset);

  private final String topic;
  private final OutputFormat format;
  private final PrintStream out;
  private final PriorityQueue<Entry> newest = new PriorityQueue<>(NEWEST_LAST);
  private long entries;
  private long open;

  EntryPrinter(String topic, OutputFormat format, PrintStream out) {
    this.topic = topic;
    this.format = format;
    this.out = out;
    if (format == OutputFormat.CSV) {
      out.println(csv(NAMES));
    }
  }

  void add(Entry entry) {
    entries++;
    open += entry.open() ? 1 : 0;
    switch (format) {
      case TABLE -> {
        newest.add(entry);
        if (newest.size() > MOST_IN_TABLE) {
          newest.remove();
        }
      }
      case CSV -> out.println(csv(cells(entry)));
      case JSON -> out.println(json(entry));
    }
  }

  void finish() {
    if (format == OutputFormat.TABLE) {
      List<List<String>> rows = new ArrayList<>();
      for (Entry entry = newest.poll(); entry != null; entry = newest.poll()) {
        List<String> cells = new ArrayList<>(cells(entry));
        cells.set(cells.size() - 1, shortened(entry.detail()));
        rows.add(cells);
      }
      TextTable.of(NAMES.stream().map(name -> new Column(name, false)).toList(), rows).print(out);
      out.printf(
          "(%s, %,d open%s)%n",
          Count.of(entries, "record"),
          open,
          entries > rows.size()
              ? "; the newest %,d are shown, -o json prints all".formatted(rows.size())
              : "");
    }
    out.flush();
  }

  private List<String> cells(Entry entry) {
    return List.of(
        entry.state(),
        origin(entry),
        entry.quarantinedAt().toString(),
        entry.reason(),
        entry.codeVersion(),
        entry.fingerprint() == null ? "" : entry.fingerprint(),
        entry.detail());
  }

  private String origin(Entry entry) {
    return new Place(topic, entry.partition(), entry.offset()).toString();
  }

  private String json(Entry entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("state", entry.state()).put("origin", origin(entry));
    json.put("topic_id", entry.topicId()).put("partition", entry.partition());
    json.put("offset", entry.offset()).put("timestamp", entry.timestamp().toString());
    json.put("quarantined_at", entry.quarantinedAt().toString()).put("reason", entry.reason());
    json.put("code_version", entry.codeVersion());
    if (entry.fingerprint() != null) {
      json.put("schema", entry.fingerprint());
    }
    return json.put("detail", entry.detail()).toString();
  }

  private static String csv(List<String> cells) {
    return cells.stream()
        .map(cell -> QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
        .collect(Collectors.joining(","));
  }

  private static String shortened(String detail) {
    return detail.length() > MOST_OF_A_DETAIL
        ? detail.substring(0, MOST_OF_A_DETAIL - 1) + "…"
        : detail;
  }
}
