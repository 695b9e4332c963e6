package io.landfall.producer.overview;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.Masked;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.PastRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An overview as one JSON object, whole: nothing is left out for its length. */
public final class OverviewJson {

  private OverviewJson() {}

  public static String of(Overview overview) {
    ObjectNode json = new JsonMapper().createObjectNode();
    put(json, "headline", overview.headline());
    json.put("well", overview.isWell());
    json.put("exitCode", overview.exitCode().code());
    time(json, "at", Optional.of(overview.facts().at()));
    put(json, "source", overview.names().source());
    put(json, "resource", overview.names().resource());
    put(json, "item", overview.names().item());
    ArrayNode needs = json.putArray("needs");
    for (Need need : overview.needs()) {
      ObjectNode one = needs.addObject().put("kind", need.kind().word());
      put(one, "what", need.what());
      put(one, "how", need.how());
    }
    overview
        .facts()
        .ledger()
        .days()
        .ifPresent(
            listed ->
                json.putObject("listed")
                    .put("from", listed.getFrom().toString())
                    .put("through", listed.getThrough().toString()));
    counts(json.putObject("items"), overview.total());
    ArrayNode days = json.putArray("days");
    for (Overview.Day day : overview.days()) {
      ObjectNode one =
          days.addObject()
              .put("day", day.day().toString())
              .put("mark", day.mark().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      counts(one, day);
    }
    notes(json.putArray("waiting"), overview.waiting());
    notes(json.putArray("notInForce"), overview.notInForce());
    notes(json.putArray("settled"), overview.settled());
    lag(json.putObject("shape"), overview.facts().shape());
    lag(json.putObject("consumer"), overview.facts().table());
    open(json.putArray("openTransactions"), overview);
    runs(json.putArray("runs"), overview.runs());
    overview
        .facts()
        .schedule()
        .ifPresent(
            run -> {
              ObjectNode schedule = json.putObject("schedule");
              put(schedule, "cron", run.getCron());
              put(schedule, "zone", run.getZone());
              time(schedule, "plannedAt", Optional.of(run.getPlannedAt()));
              time(schedule, "endedAt", Optional.of(run.getEndedAt()));
              schedule.put("exitCode", run.getExitCode());
              time(schedule, "nextAt", Optional.of(run.getNextAt()));
            });
    letters(json.putObject("deadLetters"), overview);
    table(json.putObject("table"), overview.facts().bronze());
    return json.toString();
  }

  /** In place of one: why nothing is known now. */
  static String trouble(String trouble) {
    ObjectNode json = new JsonMapper().createObjectNode();
    put(json, "headline", "Nothing is known now");
    json.put("well", false);
    put(json, "trouble", trouble);
    return json.toString();
  }

  private static void counts(ObjectNode json, Overview.Day day) {
    json.put("complete", day.complete())
        .put("settled", day.settled())
        .put("waiting", day.waiting())
        .put("failed", day.failed())
        .put("expected", day.pending())
        .put("void", day.canceled())
        .put("revised", day.revised());
  }

  private static void notes(ArrayNode json, List<Overview.Note> notes) {
    for (Overview.Note note : notes) {
      ObjectNode one = json.addObject();
      put(one, "item", note.key());
      one.put("firstDay", note.firstDay().toString()).put("lastDay", note.lastDay().toString());
      put(one, "label", note.label());
      put(one, "kind", note.kind());
      put(one, "reason", note.reason());
      time(one, "since", note.since());
      time(one, "next", note.next());
    }
  }

  private static void lag(ObjectNode json, Lag lag) {
    json.put("known", lag.isTold())
        .put("caughtUp", lag.isCaughtUp())
        .put("lagCommitted", lag.committed())
        .put("lagEnd", lag.end())
        .put("beyondEnd", lag.beyond());
    time(json, "oldestWaiting", lag.oldest());
  }

  private static void open(ArrayNode json, Overview overview) {
    for (OpenTransaction open : overview.facts().open()) {
      ObjectNode one =
          json.addObject()
              .put("topic", open.topic())
              .put("partition", open.partition())
              .put("offset", open.offset())
              .put("seconds", open.age(overview.facts().at()).toSeconds());
      put(one, "transactionalId", open.transactionalId().orElse(null));
    }
  }

  private static void runs(ArrayNode json, List<PastRun> runs) {
    for (PastRun run : runs) {
      ObjectNode one = json.addObject();
      put(one, "command", run.getCommand());
      time(one, "startedAt", Optional.of(run.getStartedAt()));
      time(one, "endedAt", Optional.ofNullable(run.getEndedAt()));
      if (run.getExitCode() != null) {
        one.put("exitCode", run.getExitCode());
      }
      put(one, "reason", run.getReason());
      one.put("due", run.getDue())
          .put("complete", run.getComplete())
          .put("settled", run.getSettled())
          .put("incomplete", run.getIncomplete())
          .put("failed", run.getFailed())
          .put("notAsked", run.getNotAsked())
          .put("requests", run.getRequests())
          .put("rows", run.getRows())
          .put("deadLetters", run.getDeadLetters());
      ArrayNode notes = one.putArray("notes");
      run.getNotes().forEach(note -> notes.add(Masked.text(note)));
    }
  }

  private static void letters(ObjectNode json, Overview overview) {
    json.put("dismissed", overview.letters(State.DISMISSED))
        .put("resolved", overview.letters(State.RESOLVED));
    ArrayNode open = json.putArray("open");
    for (Letter letter : overview.letters()) {
      ObjectNode one = open.addObject();
      put(one, "origin", letter.origin().toString());
      put(one, "item", letter.item().orElse(null));
      put(one, "reason", letter.reason());
      put(one, "detail", letter.detail());
      time(one, "failedAt", Optional.of(letter.failedAt()));
    }
  }

  private static void table(ObjectNode json, Bronze bronze) {
    ObjectNode unused =
        bronze.match(
            notAsked -> {
              put(json, "notAsked", notAsked.why());
              return json;
            },
            unanswered -> {
              put(json, "unanswered", unanswered.message());
              time(json, "at", Optional.of(unanswered.at()));
              return json;
            },
            told -> {
              time(json, "at", Optional.of(told.at()));
              put(json, "location", told.location());
              json.put("version", told.version()).put("rows", told.rows());
              ObjectNode quarantine =
                  json.putObject("quarantine").put("records", told.quarantined());
              ObjectNode open = quarantine.putObject("open");
              told.openInQuarantine()
                  .forEach((why, records) -> open.put(Masked.text(why), records));
              told.refusal()
                  .ifPresent(
                      refusal -> {
                        put(json, "reason", refusal.reason().orElse(null));
                        put(json, "refusal", refusal.message());
                      });
              return json;
            });
  }

  /** All text goes this way: no credential leaves with it. */
  private static void put(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, Masked.text(text));
    }
  }

  private static void time(ObjectNode json, String name, Optional<Instant> time) {
    time.ifPresent(at -> json.put(name, at.toString()));
  }
}
