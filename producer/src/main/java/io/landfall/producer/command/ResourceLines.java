package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.Reading.Listing.OfWindows;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.infer.Undeclared;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.rest.Reached;
import io.landfall.producer.source.AnswersConnector;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The items of a described source by resource and by how it is read: how many stand where, how far
 * what changed was read, and what records say that no column takes.
 */
final class ResourceLines {

  /** So many of the latest answers of a resource are looked at for what is not declared. */
  private static final int LATEST = 3;

  private static final int MOST_UNDECLARED = 20;

  private final SourceDefinition source;

  ResourceLines(SourceDefinition source) {
    this.source = source;
  }

  /** Those of a source that a definition describes; nothing for another one. */
  static Optional<ResourceLines> of(Connector connector) {
    return connector
        .definition()
        .map(
            text ->
                new ResourceLines(
                    Definitions.read("the definition of " + connector.dataset().source(), text)));
  }

  /** What of the ledger is of days: windows, and what is listed by them. */
  Known ofDays(Known known) {
    Set<String> byDay =
        source.resources().stream()
            .filter(
                resource ->
                    resource
                        .listed()
                        .filter(listed -> listed.named() instanceof OfWindows)
                        .isPresent())
            .map(ResourceDefinition::name)
            .collect(Collectors.toSet());
    boolean isAny =
        !byDay.isEmpty()
            || source.resources().stream().anyMatch(resource -> resource.windows().isPresent());
    return isAny
        ? new Known(
            known.entries().entrySet().stream()
                .filter(
                    one ->
                        kind(one.getValue()).equals("windows")
                            || (kind(one.getValue()).equals("listed")
                                && byDay.contains(resource(one.getValue()))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            known.days())
        : Known.NOTHING;
  }

  /** A line for each resource and way of reading. */
  List<String> lines(Known known, Instant now) {
    List<String> lines = new ArrayList<>();
    for (ResourceDefinition resource : source.resources()) {
      Map<String, List<LedgerEntry>> kinds =
          entries(known, resource)
              .collect(
                  Collectors.groupingBy(ResourceLines::kind, TreeMap::new, Collectors.toList()));
      kinds.forEach(
          (kind, entries) -> {
            if (kind.equals("changes") || kind.equals("whole")) {
              entries.stream()
                  .sorted(Comparator.comparing(entry -> entry.getItem().getKey()))
                  .forEach(entry -> lines.addAll(standing(resource, entry, now)));
            } else {
              lines.add("%s %s: %s".formatted(resource.name(), kind, counts(entries)));
            }
          });
    }
    return lines;
  }

  private static String counts(List<LedgerEntry> entries) {
    return Coverage.told(Coverage.counts(entries.stream()));
  }

  private static List<String> standing(
      ResourceDefinition resource, LedgerEntry entry, Instant now) {
    List<String> lines = new ArrayList<>();
    Optional<Reached> reached = Reached.of(entry);
    lines.add(
        "%s: %s%s%s"
            .formatted(
                entry.getItem().getLabel(),
                reached.map(ResourceLines::told).orElseGet(() -> Coverage.name(entry.getStatus())),
                entry.getFetchedAt() == null ? "" : ", looked at " + entry.getFetchedAt(),
                entry.getNextAttemptAt() == null ? "" : ", next " + entry.getNextAttemptAt()));
    Optional<Duration> forgets = resource.forgetsAfter();
    if (reached.isPresent() && forgets.isPresent()) {
      reached
          .get()
          .deadline(forgets.get())
          .filter(
              deadline ->
                  Duration.between(now, deadline).multipliedBy(2).compareTo(forgets.get()) < 0)
          .ifPresent(
              deadline ->
                  lines.add(
                      deadline.isAfter(now)
                          ? "%s: the API serves what changed for %s: it has to be read before %s, or it is lost"
                              .formatted(resource.name(), days(forgets.get()), deadline)
                          : "%s: the API serves what changed for %s, and that was over %s: changes may be lost. The next run says what to do"
                              .formatted(resource.name(), days(forgets.get()), deadline)));
    }
    return lines;
  }

  private static String told(Reached reached) {
    return reached
        .through()
        .map(through -> "read through %s, from %s on".formatted(through, reached.since()))
        .orElseGet(() -> "read from %s on, not through yet".formatted(reached.since()));
  }

  private static String days(Duration duration) {
    return duration.toDays() > 0
        ? Count.of(duration.toDays(), "day")
        : Count.of(duration.toMinutes(), "minute");
  }

  /**
   * What the latest answers of each resource say and no column takes, as lines for its definition.
   *
   * @param archive the answers in force of some items
   */
  List<String> undeclared(
      Known known, Function<Collection<LedgerEntry>, List<ItemAnswers>> archive) {
    List<String> lines = new ArrayList<>();
    for (ResourceDefinition resource : source.resources()) {
      List<LedgerEntry> latest =
          entries(known, resource)
              .filter(entry -> entry.getArchived() != null && entry.getFetchedAt() != null)
              .sorted(Comparator.comparing(LedgerEntry::getFetchedAt).reversed())
              .limit(LATEST)
              .toList();
      List<String> found =
          new Undeclared(resource)
              .in(
                  archive.apply(latest).stream()
                      .flatMap(answers -> answers.getAnswers().stream())
                      .map(AnswersConnector::bytes)
                      .toList());
      if (!found.isEmpty()) {
        lines.add(
            "%s: %s in the latest answers, not declared; each is in the archive%s, and a line of fields makes a column of it:"
                .formatted(
                    resource.name(),
                    Count.of(found.size(), "field"),
                    resource.keepRecord() ? " and in _record" : ""));
        found.stream().limit(MOST_UNDECLARED).map("    "::concat).forEach(lines::add);
        if (found.size() > MOST_UNDECLARED) {
          lines.add("    and %,d more".formatted(found.size() - MOST_UNDECLARED));
        }
      }
    }
    return lines;
  }

  /** For programs: a line for each item that is never done. */
  void printJson(Known known, Lines lines) {
    source.resources().stream()
        .flatMap(resource -> entries(known, resource))
        .forEach(
            entry ->
                Reached.of(entry)
                    .ifPresent(
                        reached ->
                            lines.add(
                                entry.getItem().getKey(),
                                reached.since(),
                                reached.through().map(Instant::toString).orElse(null),
                                entry.getFetchedAt() == null
                                    ? null
                                    : entry.getFetchedAt().toString(),
                                entry.getNextAttemptAt() == null
                                    ? null
                                    : entry.getNextAttemptAt().toString())));
  }

  private static Stream<LedgerEntry> entries(Known known, ResourceDefinition resource) {
    return known.entries().values().stream()
        .filter(entry -> resource(entry).equals(resource.name()))
        .sorted(Comparator.comparing(entry -> entry.getItem().getKey()));
  }

  private static String resource(LedgerEntry entry) {
    return entry.getItem().getAttributes().getOrDefault("resource", "");
  }

  private static String kind(LedgerEntry entry) {
    return entry.getItem().getAttributes().getOrDefault("kind", "");
  }
}
