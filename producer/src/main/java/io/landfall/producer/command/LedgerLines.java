package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger in words: which days were listed, how many items are held, which wait for what. */
final class LedgerLines {

  private final Connector connector;

  LedgerLines(Connector connector) {
    this.connector = connector;
  }

  List<String> of(Known known) {
    return of(known, known.days());
  }

  /**
   * All of it.
   *
   * @param listed the days that were listed; empty where no item is of a day
   */
  List<String> of(Known known, Optional<ListedDays> listed) {
    List<LedgerEntry> entries =
        known.entries().values().stream()
            .sorted(
                Comparator.comparing((LedgerEntry entry) -> entry.getItem().getFirstDay())
                    .thenComparing(entry -> entry.getItem().getKey()))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add("%s in the ledger".formatted(Count.of(entries.size(), connector.itemName())));
    lines.addAll(counts(entries));
    if (known.days().isEmpty()) {
      lines.add("No day was listed yet");
    }
    listed.map(this::days).ifPresent(lines::addAll);
    Oldest.of(known, connector.zone()).map(LedgerLines::oldest).ifPresent(lines::add);
    lines.addAll(notAskedForYet(entries));
    lines.addAll(inProgress(entries));
    known.days().ifPresent(days -> lines.addAll(notFinished(entries, days)));
    entries.forEach(entry -> lines.addAll(waiting(entry)));
    entries.forEach(entry -> lines.addAll(notInForce(entry)));
    return lines;
  }

  private static List<String> counts(List<LedgerEntry> entries) {
    Map<ItemStatus, Long> counts =
        entries.stream()
            .collect(
                Collectors.groupingBy(LedgerEntry::getStatus, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            entry ->
                "  %-10s %6d"
                    .formatted(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue()))
        .toList();
  }

  private List<String> days(ListedDays days) {
    String through =
        days.getThrough().isBefore(days.getFrom())
            ? "No day was listed to its end yet; the next run lists from %s"
                .formatted(days.getFrom())
            : "Days listed through %s, from %s on; the next run goes on from there"
                .formatted(days.getThrough(), days.getFrom());
    return Stream.concat(Stream.of(through), Fetching.notListed(connector, days).stream()).toList();
  }

  private static String oldest(Oldest oldest) {
    return "Oldest waiting: %s, since %s: %s, %s"
        .formatted(
            name(oldest.entry()),
            oldest.since(),
            oldest.entry().getStatus().name().toLowerCase(Locale.ROOT),
            oldest.reason());
  }

  private static List<String> notAskedForYet(List<LedgerEntry> entries) {
    List<LedgerEntry> due = expected(entries, LedgerLines::finished);
    return due.isEmpty()
        ? List.of()
        : List.of(
            "Finished and not asked for yet: %d, from %s to %s; the next run does it"
                .formatted(
                    due.size(),
                    due.get(0).getItem().getFirstDay(),
                    due.get(due.size() - 1).getItem().getFirstDay()));
  }

  private static List<String> notFinished(List<LedgerEntry> entries, ListedDays days) {
    return expected(
            entries,
            entry -> !finished(entry) && !entry.getItem().getFirstDay().isAfter(days.getThrough()))
        .stream()
        .map(
            entry ->
                "%s  expected: %s when last listed; every run looks where it went"
                    .formatted(name(entry), asListed(entry.getItem())))
        .toList();
  }

  private static List<String> inProgress(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(Entries::isProvisional)
        .map(
            entry ->
                "%s  in progress, provisional as of %s: %s"
                    .formatted(name(entry), entry.getFetchedAt(), asListed(entry.getItem())))
        .toList();
  }

  private static List<LedgerEntry> expected(
      List<LedgerEntry> entries, Predicate<LedgerEntry> kind) {
    return entries.stream()
        .filter(entry -> Status.of(entry) instanceof Status.Expected)
        .filter(kind)
        .toList();
  }

  private static boolean finished(LedgerEntry entry) {
    return entry.getItem().getState() == ItemState.AVAILABLE;
  }

  private static List<String> notInForce(LedgerEntry entry) {
    return new TreeMap<>(entry.getNotInForce())
        .entrySet().stream()
            .map(
                one ->
                    "%s  not in force, %s of %s: %s"
                        .formatted(
                            name(entry),
                            one.getKey(),
                            one.getValue().getSince(),
                            one.getValue().getReason()))
            .toList();
  }

  private static List<String> waiting(LedgerEntry entry) {
    Status status = Status.of(entry);
    List<String> lines = new ArrayList<>();
    if (status instanceof Status.Cancelled cancelled) {
      cancelled
          .remark()
          .ifPresent(remark -> lines.add("%s  void: %s".formatted(name(entry), remark)));
    }
    if (status instanceof Status.Settled settled) {
      lines.add(
          "%s  settled, the same since %s: %s"
              .formatted(name(entry), entry.getChangedAt(), settled.remark()));
    }
    status
        .waiting()
        .ifPresent(
            attempts ->
                lines.add(
                    "%s  %s, attempt %d, next %s: %s"
                        .formatted(
                            name(entry),
                            entry.getStatus().name().toLowerCase(Locale.ROOT),
                            attempts.made(),
                            attempts.next(),
                            attempts.reason())));
    return lines;
  }

  /** By the source's own words where it has some. */
  private static String asListed(Item item) {
    return item.getAttributes().isEmpty()
        ? item.getState().name().toLowerCase(Locale.ROOT)
        : new TreeMap<>(item.getAttributes())
            .entrySet().stream()
                .map(attribute -> attribute.getKey() + " " + attribute.getValue())
                .collect(Collectors.joining(", "));
  }

  private static String name(LedgerEntry entry) {
    Item item = entry.getItem();
    String days =
        item.getFirstDay().equals(item.getLastDay())
            ? item.getFirstDay().toString()
            : "%s to %s".formatted(item.getFirstDay(), item.getLastDay());
    return "%s  %s  %s".formatted(item.getKey(), days, item.getLabel()).strip();
  }
}
