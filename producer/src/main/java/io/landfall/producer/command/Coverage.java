package io.landfall.producer.command;

import io.landfall.cli.OutputFormat;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.overview.Mark;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is held of each day: as a calendar in which holes are seen, and as one line a day. */
final class Coverage {

  static final String LEGEND =
      "each day: # complete or void, + with settled, ? waiting, ! failed, o not there to fetch yet, . nothing listed, - not listed";

  private final Map<LocalDate, List<LedgerEntry>> items;
  private final Known known;

  Coverage(Known known) {
    this.known = known;
    this.items =
        known.entries().values().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getItem().getFirstDay(), TreeMap::new, Collectors.toList()));
  }

  /** A line for each month that has an item: its days, and how many items stand where. */
  List<String> calendar() {
    return items.keySet().stream().map(YearMonth::from).distinct().map(this::month).toList();
  }

  private String month(YearMonth month) {
    String days =
        IntStream.rangeClosed(1, month.lengthOfMonth())
            .mapToObj(day -> Character.toString(sign(month.atDay(day))))
            .collect(Collectors.joining());
    Map<ItemStatus, Long> counts =
        counts(
            items.entrySet().stream()
                .filter(day -> YearMonth.from(day.getKey()).equals(month))
                .flatMap(day -> day.getValue().stream()));
    return "%s  %-31s  %s".formatted(month, days, told(counts));
  }

  /** How many items stand where, in words. */
  static String told(Map<ItemStatus, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> "%d %s".formatted(count.getValue(), name(count.getKey())))
        .collect(Collectors.joining(", "));
  }

  private char sign(LocalDate day) {
    return Mark.of(items.getOrDefault(day, List.of()), isListed(day)).sign();
  }

  private boolean isListed(LocalDate day) {
    return known
        .days()
        .filter(days -> !day.isBefore(days.getFrom()) && !day.isAfter(days.getThrough()))
        .isPresent();
  }

  static Map<ItemStatus, Long> counts(Stream<LedgerEntry> entries) {
    return entries.collect(
        Collectors.groupingBy(
            LedgerEntry::getStatus, () -> new EnumMap<>(ItemStatus.class), Collectors.counting()));
  }

  static String name(ItemStatus status) {
    return status == ItemStatus.FETCHED ? "complete" : status.name().toLowerCase(Locale.ROOT);
  }

  /** A line for each day that was listed or has an item: counts, and why something is not held. */
  void print(OutputFormat format, PrintStream out) {
    List<String> names = new ArrayList<>(List.of("day", "listed"));
    Stream.of(ItemStatus.values()).map(Coverage::name).forEach(names::add);
    names.add("remarks");
    Lines lines =
        new Lines(
            names,
            Arrays.stream(ItemStatus.values()).map(Coverage::name).collect(Collectors.toSet()));
    for (LocalDate day : days()) {
      List<LedgerEntry> here = items.getOrDefault(day, List.of());
      Map<ItemStatus, Long> counts = counts(here.stream());
      List<Object> line = new ArrayList<>(List.of(day.toString(), isListed(day)));
      Stream.of(ItemStatus.values()).forEach(status -> line.add(counts.getOrDefault(status, 0L)));
      line.add(here.stream().flatMap(Coverage::remarks).sorted().collect(Collectors.joining("; ")));
      lines.add(line.toArray());
    }
    lines.print(format, out);
  }

  private static Stream<String> remarks(LedgerEntry entry) {
    return Status.of(entry).remarks().stream()
        .map(remark -> entry.getItem().getKey() + ": " + remark);
  }

  private Set<LocalDate> days() {
    Map<LocalDate, List<LedgerEntry>> days = new TreeMap<>(items);
    known
        .days()
        .filter(listed -> !listed.getThrough().isBefore(listed.getFrom()))
        .ifPresent(listed -> addAll(listed, days));
    return days.keySet();
  }

  private static void addAll(ListedDays listed, Map<LocalDate, List<LedgerEntry>> days) {
    listed
        .getFrom()
        .datesUntil(listed.getThrough().plusDays(1))
        .forEach(day -> days.putIfAbsent(day, List.of()));
  }
}
