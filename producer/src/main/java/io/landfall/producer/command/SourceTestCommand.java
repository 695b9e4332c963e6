package io.landfall.producer.command;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Printable;
import io.landfall.cli.Secrets;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.RowSchema;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.definition.SourceFile;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.infer.Undeclared;
import io.landfall.producer.record.ResourceShaper;
import io.landfall.producer.rest.Trial;
import io.landfall.producer.rest.ask.Asking;
import io.landfall.producer.rest.ask.CursorForm;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * {@code source test}: asks an API as a definition says and shows what a run would make of it,
 * twice. Needs no Kafka and writes nothing.
 */
public final class SourceTestCommand implements Command {

  private static final Setting<Path> FILE =
      Setting.argument("definition", "FILE", Parsers::path, "The file that describes the source.");

  private static final Setting<String> RESOURCE =
      Setting.optional(
          "resource", "NAME", Parsers::text, "Which of its resources. Without it: all.");

  private static final Setting<String> ITEM =
      Setting.optional(
          "item",
          "ITEM",
          Parsers::text,
          "What of it: a day or the name of a window, the day since when changes are asked for, or the id of a listed item. Without it: the latest window that is over, the changes of a day, the first item listed.");

  private static final Setting<Integer> ROWS =
      Setting.of(
          "rows", "NUMBER", Parsers.integer(0, 1000), "5", "How many rows are shown of a look.");

  private static final int WIDEST = 24;
  private static final int MOST_COLUMNS = 8;
  private static final int MOST_TOLD = 10;
  private static final int MOST_VALUES = 3;

  private final Clock clock;

  public SourceTestCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "source test";
  }

  @Override
  public String description() {
    return "Asks an API as a definition says, twice, and shows requests, pages, rows and what does not fit. Needs no Kafka.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.<Setting<?>>of(FILE, RESOURCE, ITEM, ROWS), HttpSettings.ALL.stream())
        .toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    SourceDefinition source =
        Definitions.read(settings.get(FILE).toString(), SourceFile.text(settings.get(FILE)));
    List<ResourceDefinition> resources =
        source.resources().stream()
            .filter(one -> settings.find(RESOURCE).map(one.name()::equals).orElse(true))
            .toList();
    if (resources.isEmpty()) {
      throw LandfallException.usage(
          "--resource %s: %s has %s"
              .formatted(
                  settings.get(RESOURCE),
                  source.name(),
                  String.join(
                      ", ", source.resources().stream().map(ResourceDefinition::name).toList())));
    }
    Asking asking =
        new Asking(
            source.api(),
            new Hosts(HttpSettings.of(settings), clock),
            new Secrets(System.getenv()),
            clock);
    Trial trial = new Trial(source, asking, clock);
    boolean fine = true;
    for (ResourceDefinition resource : resources) {
      List<Trial.Subject> subjects = trial.subjects(resource, settings.find(ITEM));
      if (subjects.isEmpty()) {
        out.printf("%s.%s: nothing to look at%n%n", source.name(), resource.name());
        fine = false;
      }
      for (Trial.Subject subject : subjects) {
        fine &= new OneTrial(source, resource, trial, subject, out).show(settings.get(ROWS));
      }
    }
    return fine ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  /** What does not fit one column. */
  private static final class Misfit {
    private final Set<String> values = new LinkedHashSet<>();
    private int rows;

    void add(String value) {
      rows++;
      if (values.size() < MOST_VALUES) {
        values.add(value);
      }
    }
  }

  /** Two looks at one thing. */
  private static final class OneTrial {
    private final ResourceDefinition resource;
    private final Trial trial;
    private final Trial.Subject subject;
    private final PrintStream out;
    private final SourceDefinition source;
    private final Dataset dataset;
    private final String title;

    OneTrial(
        SourceDefinition source,
        ResourceDefinition resource,
        Trial trial,
        Trial.Subject subject,
        PrintStream out) {
      this.source = source;
      this.resource = resource;
      this.trial = trial;
      this.subject = subject;
      this.out = out;
      this.dataset = RowSchema.dataset(source, resource);
      this.title = "%s.%s".formatted(source.name(), resource.name());
    }

    /** Whether both looks were whole and all of their records are rows. */
    boolean show(int most) throws InterruptedException {
      line("%s  %s".formatted(title, subject.item().getLabel()));
      List<Trial.Asked> first = trial.look(resource, subject);
      first.forEach(this::show);
      if (first.stream().anyMatch(asked -> isWithoutAnything(asked.look()))) {
        out.println();
        return false;
      }
      Map<String, Misfit> misfits = new TreeMap<>();
      ShapedRecords shaped =
          shaped(
              first,
              (column, value) ->
                  misfits.computeIfAbsent(column, unused -> new Misfit()).add(value));
      show(shaped, most);
      some("  does not fit: %s", told(misfits), "  %d more columns that something does not fit");
      undeclared(first);
      List<Trial.Asked> second = trial.look(resource, subject);
      compare(first, second, shaped);
      out.println();
      return Stream.concat(first.stream(), second.stream()).allMatch(asked -> isWhole(asked.look()))
          && shaped.problems().isEmpty();
    }

    /** Of rows nothing can be said then, nor would it help to ask again. */
    private static boolean isWithoutAnything(Look look) {
      return look.pages().isEmpty() && !isWhole(look);
    }

    private static boolean isWhole(Look look) {
      return look.ending() instanceof Look.Ending.Whole
          || look.ending() instanceof Look.Ending.Empty
          || look.ending() instanceof Look.Ending.Filled;
    }

    private void show(Trial.Asked asked) {
      Look look = asked.look();
      for (Look.Page page : look.pages()) {
        line(
            "  GET %s  status %d, %,d bytes, %s"
                .formatted(
                    page.url(),
                    page.status(),
                    page.body().length,
                    Count.of(page.records(), "record")));
      }
      line(
          "  ended: %s%s"
              .formatted(Endings.told(look.ending(), asked.ask().paging()), total(look)));
      look.highest()
          .ifPresent(
              highest ->
                  line(
                      "  highest cursor: %s"
                          .formatted(
                              subject
                                  .changes()
                                  .map(changes -> new CursorForm(changes.cursor()).kept(highest))
                                  .orElse(highest.number().toPlainString()))));
    }

    private static String total(Look look) {
      int records = look.pages().stream().mapToInt(Look.Page::records).sum();
      return look.total()
          .map(total -> "; %,d of the %,d that it says there are".formatted(records, total))
          .orElse("; %s".formatted(Count.of(records, "record")));
    }

    private void show(ShapedRecords shaped, int most) {
      List<ShapedRecords.Row> rows = shaped.rows();
      line(
          "  %s%s"
              .formatted(
                  Count.of(rows.size(), "row"), rows.isEmpty() ? "" : ", of which the first:"));
      if (!rows.isEmpty() && most > 0) {
        table(rows.subList(0, Math.min(most, rows.size())));
      }
      repeated(rows);
      long deleted = rows.stream().filter(ShapedRecords.Row::isDeleted).count();
      if (deleted > 0) {
        line("  %s deleted, as the API says".formatted(Count.of(deleted, "row")));
      }
      some("  no row: %s", shaped.problems(), "  %d more records that cannot be rows");
    }

    /**
     * Of rows with the same key one counts: that is usual where pages overlap, or the key is wrong.
     */
    private void repeated(List<ShapedRecords.Row> rows) {
      RowKey key = new RowKey(dataset);
      Map<String, Integer> times = new LinkedHashMap<>();
      rows.forEach(row -> times.merge(key.of(row.row()), 1, Integer::sum));
      if (times.size() < rows.size()) {
        line(
            "  of the same %s is more than one row, and the last counts: %s; %s in all"
                .formatted(
                    String.join(", ", resource.key()),
                    times.entrySet().stream()
                        .filter(one -> one.getValue() > 1)
                        .limit(MOST_VALUES)
                        .map(one -> "%s (%d times)".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", ")),
                    Count.of(times.size(), "row")));
      }
    }

    private ShapedRecords shaped(List<Trial.Asked> looks, BiConsumer<String, String> misfits) {
      return new ResourceShaper(source.api(), resource, dataset.schema(), "test", misfits)
          .shape(trial.answers(subject, looks));
    }

    private List<String> told(Map<String, Misfit> misfits) {
      List<String> told = new ArrayList<>();
      for (FieldDefinition field : resource.fields()) {
        Misfit misfit = misfits.get(field.name());
        // Without its key a record is no row, which is told.
        if (misfit != null && !resource.key().contains(field.name())) {
          told.add(
              "%s, which is null in %s, is no %s there: %s%s"
                  .formatted(
                      field.name(),
                      Count.of(misfit.rows, "row"),
                      field.type().kind().name().toLowerCase(Locale.ROOT),
                      String.join(", ", misfit.values),
                      misfit.values.size() < misfit.rows ? ", …" : ""));
        }
      }
      return told;
    }

    private void some(String format, List<String> all, String more) {
      all.stream().limit(MOST_TOLD).forEach(each -> line(format.formatted(each)));
      if (all.size() > MOST_TOLD) {
        line(more.formatted(all.size() - MOST_TOLD));
      }
    }

    private void table(List<ShapedRecords.Row> rows) {
      List<String> columns =
          dataset.schema().getFields().stream()
              .map(Schema.Field::name)
              .filter(name -> !name.startsWith("_"))
              .limit(MOST_COLUMNS)
              .toList();
      List<List<String>> lines = new ArrayList<>();
      lines.add(columns);
      for (ShapedRecords.Row row : rows) {
        lines.add(columns.stream().map(column -> cell(row.row(), column)).toList());
      }
      for (List<String> cells : lines) {
        StringBuilder text = new StringBuilder("   ");
        for (int each = 0; each < cells.size(); each++) {
          int column = each;
          int width = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
          text.append(' ')
              .append(cells.get(each))
              .append(" ".repeat(width - cells.get(each).length()));
        }
        line("%s".formatted(text.toString().stripTrailing()));
      }
      int left =
          (int)
                  dataset.schema().getFields().stream()
                      .filter(one -> !one.name().startsWith("_"))
                      .count()
              - columns.size();
      if (left > 0) {
        line("    and %s".formatted(Count.of(left, "column")));
      }
    }

    private static String cell(GenericRecord row, String column) {
      Object value = row.get(column);
      String text = Printable.line(Shown.of(value, row.getSchema().getField(column).schema()));
      return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private void undeclared(List<Trial.Asked> looks) {
      some(
          "  not declared: %s",
          new Undeclared(resource).in(bodies(looks)), "  %d more that are not declared");
    }

    private static List<byte[]> bodies(List<Trial.Asked> looks) {
      return looks.stream()
          .flatMap(asked -> asked.look().pages().stream())
          .map(Look.Page::body)
          .toList();
    }

    /** What the second look brought that the first did not. */
    private void compare(List<Trial.Asked> first, List<Trial.Asked> second, ShapedRecords shaped) {
      ShapedRecords again = shaped(second, (column, value) -> {});
      Map<String, GenericRecord> before = byKey(shaped);
      Map<String, GenericRecord> now = byKey(again);
      Set<String> changed = new LinkedHashSet<>();
      before.forEach(
          (key, row) -> {
            GenericRecord other = now.get(key);
            if (other != null && !other.equals(row)) {
              changed.add(key);
            }
          });
      long gone = before.keySet().stream().filter(key -> !now.containsKey(key)).count();
      long came = now.keySet().stream().filter(key -> !before.containsKey(key)).count();
      if (gone + came + changed.size() == 0) {
        line("  asked again: the same rows%s".formatted(sameButFor(first, second)));
        return;
      }
      line(
          "  asked again: %s changed, %d came, %d gone. What differs without a change at the source is noise: see keys ignore and same-but-for."
              .formatted(Count.of(changed.size(), "row"), came, gone));
    }

    private Map<String, GenericRecord> byKey(ShapedRecords shaped) {
      RowKey key = new RowKey(dataset);
      Map<String, GenericRecord> rows = new LinkedHashMap<>();
      shaped.rows().forEach(row -> rows.put(key.of(row.row()), withoutOrigin(row.compared())));
      return rows;
    }

    /** What says where a row came from differs in each look. */
    private static GenericRecord withoutOrigin(GenericRecord row) {
      GenericRecord copy = new GenericData.Record(row.getSchema());
      row.getSchema().getFields().stream()
          .filter(field -> !field.name().startsWith("_") || field.name().equals("_coverage"))
          .forEach(field -> copy.put(field.pos(), row.get(field.pos())));
      return copy;
    }

    /** Where the answers differ outside the records, as the key that says so. */
    private static String sameButFor(List<Trial.Asked> first, List<Trial.Asked> second) {
      Set<JsonPointer> places = new LinkedHashSet<>();
      List<byte[]> before = bodies(first);
      List<byte[]> now = bodies(second);
      for (int each = 0; each < Math.min(before.size(), now.size()); each++) {
        differences(json(before.get(each)), json(now.get(each)), JsonPointer.empty(), places);
      }
      Set<JsonPointer> declared = new LinkedHashSet<>();
      first.forEach(asked -> declared.addAll(asked.ask().sameButFor()));
      places.removeAll(declared);
      return places.isEmpty()
          ? ""
          : "; the answers differ at %s: with same-but-for: %s they count as the same, and are archived once"
              .formatted(places, places);
    }

    private static Optional<JsonNode> json(byte[] body) {
      try {
        return Optional.of(new JsonMapper().readTree(body));
      } catch (IOException e) {
        // How the look ended tells.
        return Optional.empty();
      }
    }

    private static void differences(
        Optional<JsonNode> one, Optional<JsonNode> other, JsonPointer at, Set<JsonPointer> places) {
      if (one.equals(other) || one.isEmpty() || other.isEmpty()) {
        return;
      }
      if (one.get().isObject() && other.get().isObject()) {
        one.get()
            .properties()
            .forEach(
                member ->
                    differences(
                        Optional.of(member.getValue()),
                        Optional.ofNullable(other.get().get(member.getKey())),
                        at.appendProperty(member.getKey()),
                        places));
      } else {
        places.add(at);
      }
    }

    private void line(String text) {
      out.println(Printable.line(text));
    }
  }
}
