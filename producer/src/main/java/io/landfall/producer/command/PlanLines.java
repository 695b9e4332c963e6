package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.producer.fetch.Listed;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.producer.source.Connector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run would do, in words: how many items for which reason, and what they cost. */
final class PlanLines {

  /** More of one reason are only counted. */
  private static final int NAMED = 5;

  private final Connector connector;
  private final Optional<Double> requestsPerSecond;

  /**
   * @param requestsPerSecond to the slowest host; empty where nothing limits them
   */
  PlanLines(Connector connector, Optional<Double> requestsPerSecond) {
    this.connector = connector;
    this.requestsPerSecond = requestsPerSecond;
  }

  List<String> of(Listed listed) {
    List<String> lines = new ArrayList<>();
    listed.listing().problems().forEach(problem -> lines.add("listing: " + problem));
    lines.add(
        "Listed %s to %s%s: %s"
            .formatted(
                listed.first(),
                listed.window().last(),
                listed.isSweep() ? ", all there is" : "",
                Count.of(listed.listing().items().size(), connector.itemName())));
    for (Reason reason : Reason.values()) {
      lines.addAll(
          of(reason, listed.plan().due().stream().filter(due -> due.reason() == reason).toList()));
    }
    lines.add(cost(listed.plan().due().size()));
    return lines;
  }

  private List<String> of(Reason reason, List<Due> due) {
    List<String> lines = new ArrayList<>();
    if (!due.isEmpty()) {
      lines.add(
          "  %-10s %6d  %s to %s: %s"
              .formatted(
                  reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  due.size(),
                  due.get(0).item().getFirstDay(),
                  due.get(due.size() - 1).item().getFirstDay(),
                  why(reason)));
      if (reason == Reason.RETRY) {
        due.stream()
            .sorted(Comparator.comparing((Due one) -> attempts(one).made()).reversed())
            .limit(NAMED)
            .map(PlanLines::retry)
            .forEach(lines::add);
      }
    }
    return lines;
  }

  private static String why(Reason reason) {
    return switch (reason) {
      case NEW -> "there to fetch, and never fetched";
      case RETRY -> "not complete, or failed, and the pause is over";
      case LOOK_AGAIN -> "held; looked at again for corrections";
      case ASKED_FOR -> "of the days that are asked for";
      case IN_PROGRESS -> "in progress; what comes is provisional";
    };
  }

  private static String retry(Due due) {
    return "      %s  %s  %s, attempt %d: %s"
        .formatted(
            due.item().getKey(),
            due.item().getFirstDay(),
            due.item().getLabel(),
            attempts(due).made() + 1,
            attempts(due).reason());
  }

  /** Only what was tried is tried again. */
  private static Attempts attempts(Due due) {
    return Status.of(due.entry()).waiting().orElseThrow();
  }

  private String cost(int items) {
    long requests = (long) items * connector.requestsPerItem();
    return "%s due: about %s%s"
        .formatted(
            Count.of(items, connector.itemName()),
            Count.of(requests, "request"),
            requestsPerSecond.map(rate -> time(requests, rate)).orElse(""));
  }

  private static String time(long requests, double rate) {
    return String.format(
        Locale.ROOT,
        ", %,.0f s at %s a second to one host",
        requests / rate,
        BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString());
  }
}
