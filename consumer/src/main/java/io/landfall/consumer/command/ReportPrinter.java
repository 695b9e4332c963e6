package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.Count;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.CheckedRows.Unreadable;
import io.landfall.consumer.sql.QueryResult.Column;
import io.landfall.consumer.verify.ItemFinding;
import io.landfall.consumer.verify.Problem;
import io.landfall.consumer.verify.Problem.Kind;
import io.landfall.consumer.verify.VerifyReport;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Prints what verification found: for people, or a JSON object for each finding and one for all.
 */
final class ReportPrinter {

  private static final JsonMapper JSON = new JsonMapper();

  /** As many items as help to see what happened; JSON has all. */
  private static final int ITEMS_SHOWN = 50;

  private ReportPrinter() {}

  /** What is wrong with how it is to be printed. */
  static List<String> problems(Settings settings) {
    return settings.find(LandfallSettings.OUTPUT).filter(OutputFormat.CSV::equals).isPresent()
        ? List.of("--output csv: what is found has no one set of columns; use table or json")
        : List.of();
  }

  /** What was done about it, as JSON. */
  static void repair(long missing, long appended, boolean isDryRun, PrintStream out) {
    out.println(
        object("repair").put("missing", missing).put("appended", appended).put("dryRun", isDryRun));
  }

  static void print(
      VerifyReport report,
      TableLocation table,
      Dataset dataset,
      OutputFormat format,
      PrintStream out) {
    if (format == OutputFormat.JSON) {
      json(report, table, dataset, out);
    } else {
      table(report, table, dataset, out);
    }
    out.flush();
  }

  private static void table(
      VerifyReport report, TableLocation table, Dataset dataset, PrintStream out) {
    out.printf("table      %s, version %d%n", table, report.version());
    out.printf("topic      %s, up to %s%n", dataset.landing().name(), report.position());
    out.printf(
        Locale.ROOT,
        "records    %,d in the topic%s%s%n",
        report.records(),
        some(report.quarantined(), ", %,d of them in quarantine"),
        some(report.leftOut(), ", %,d of them left out by adoption"));
    out.printf(
        Locale.ROOT,
        "rows       %,d read from the table%s%s%n",
        report.rows(),
        some(report.expired(), ", %,d of them no longer in the topic"),
        some(report.ofOtherTopics(), ", %,d of them from an earlier topic"));
    out.printf(
        Locale.ROOT,
        "items      %,d compared with their manifests%s%s%n",
        report.items(),
        some(report.notLanded(), ", %,d not landed yet"),
        some(report.notComparable(), ", %,d without their beginning not compared"));
    for (Unreadable file : report.unreadable()) {
      out.printf("unreadable %s: %s%n", file.file(), file.why().lines().findFirst().orElse(""));
    }
    report
        .counts()
        .forEach(
            (kind, count) ->
                out.printf(
                    "%-10s %s: %s%n", word(kind), Count.of(count, "row"), kind.description()));
    items(report.findings(), out);
    rows(report.named(), out);
    out.println();
    out.println(
        report.isWhole()
            ? "The table holds what was landed%s."
                .formatted(report.isDeep() ? ", column by column" : "")
            : "The table is not what was landed.");
  }

  private static String some(long count, String text) {
    return count == 0 ? "" : String.format(Locale.ROOT, text, count);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void items(List<ItemFinding> findings, PrintStream out) {
    if (findings.isEmpty()) {
      return;
    }
    out.println();
    TextTable.of(
            List.of(
                new Column("item", false), new Column("revision", true), new Column("what", false)),
            findings.stream()
                .limit(ITEMS_SHOWN)
                .map(
                    each ->
                        List.of(each.item(), Integer.toString(each.revision()), each.description()))
                .toList())
        .print(out);
    if (findings.size() > ITEMS_SHOWN) {
      out.printf(
          Locale.ROOT,
          "and %s; -o json names all%n",
          Count.of(findings.size() - ITEMS_SHOWN, "further item"));
    }
  }

  private static void rows(List<Problem> named, PrintStream out) {
    if (named.isEmpty()) {
      return;
    }
    out.println();
    TextTable.of(
            List.of(
                new Column("row", false),
                new Column("item", false),
                new Column("partition", true),
                new Column("offset", true),
                new Column("detail", false)),
            named.stream()
                .map(
                    each ->
                        List.of(
                            word(each.kind()),
                            each.item(),
                            Integer.toString(each.partition()),
                            Long.toString(each.offset()),
                            each.detail()))
                .toList())
        .print(out);
  }

  private static void json(
      VerifyReport report, TableLocation table, Dataset dataset, PrintStream out) {
    for (Unreadable file : report.unreadable()) {
      out.println(object("file").put("file", file.file()).put("why", file.why()));
    }
    for (ItemFinding each : report.findings()) {
      out.println(
          object("item")
              .put("item", each.item())
              .put("revision", each.revision())
              .put("wanted", each.wanted())
              .put("found", each.found())
              .put("hash", each.hash())
              .put("missing", each.missing())
              .put("doubled", each.doubled())
              .put("damaged", each.damaged())
              .put("quarantined", each.quarantined())
              .put("what", each.description()));
    }
    for (Problem each : report.named()) {
      out.println(
          object("row")
              .put("problem", word(each.kind()))
              .put("item", each.item())
              .put("partition", each.partition())
              .put("offset", each.offset())
              .put("detail", each.detail()));
    }
    ObjectNode summary =
        object("summary")
            .put("whole", report.isWhole())
            .put("deep", report.isDeep())
            .put("table", table.toString())
            .put("version", report.version())
            .put("topic", dataset.landing().name())
            .put("records", report.records())
            .put("rows", report.rows())
            .put("items", report.items())
            .put("itemsWrong", report.findings().size())
            .put("notLanded", report.notLanded())
            .put("notCompared", report.notComparable())
            .put("quarantined", report.quarantined())
            .put("leftOut", report.leftOut())
            .put("unreadableFiles", report.unreadable().size());
    ObjectNode position = summary.putObject("position");
    report
        .position()
        .byPartition()
        .forEach((p, offset) -> position.put(Integer.toString(p), offset));
    for (Kind kind : Kind.values()) {
      summary.put(word(kind), report.counts().getOrDefault(kind, 0L));
    }
    out.println(summary);
  }

  private static ObjectNode object(String of) {
    return JSON.createObjectNode().put("of", of);
  }
}
