package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.definition.Definitions;
import io.landfall.producer.ledger.Known;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResourceLinesTest {

  private static final Instant NOW = Instant.parse("2026-11-27T06:00:00Z");
  private static final String SOURCE =
      """
      source: desk
      about: Tickets.
      api: {url: "http://localhost:1"}
      resources:
        tickets:
          reads:
            changes:
              every: 10m
              from: 2026-11-01T00:00:00Z
              cursor: {at: /updated, as: iso}
              order: ascending
              lag: 2m
              ask: {path: /t, query: {since: "{since}"}, paging: {by: cursor, ties: link-header}}
            WINDOWS
          records: ""
          key: [id]
          forgets-after: 30d
          fields: {id: {at: /id, type: int}}
        events:
          reads:
            listed:
              of: tickets
              for: {number: /id}
              ask: {path: "/t/{number}/events", paging: none}
          records: ""
          key: [id]
          fields: {id: {at: /id, type: int}}
      """;
  private static final String WINDOWS =
      "windows: {every: 1d, from: 2026-11-25, zone: UTC, look-again: [1h], ask: {path: /t, query: {from: \"{from}\"}, paging: none}}";

  private static ResourceLines lines(String windows) {
    return new ResourceLines(
        Definitions.read("desk.yaml", SOURCE.replace("      WINDOWS", "      " + windows)));
  }

  private static LedgerEntry entry(
      String key, String kind, ItemStatus status, Map<String, String> position) {
    Item item =
        new Item(
            key,
            LocalDate.parse("2026-11-25"),
            LocalDate.parse("2026-11-25"),
            key.replace('/', ' '),
            ItemState.AVAILABLE,
            Map.of("resource", key.replaceAll("/.*", ""), "kind", kind));
    return LedgerEntry.newBuilder()
        .setItem(item)
        .setStatus(status)
        .setAttempts(1)
        .setFetchedAt(NOW.minusSeconds(60))
        .setNextAttemptAt(status == ItemStatus.FETCHED ? NOW.plusSeconds(540) : null)
        .setArchived(new ArchivePosition(0, 7L))
        .setPosition(position)
        .build();
  }

  private static Known known(LedgerEntry... entries) {
    return new Known(
        Arrays.stream(entries)
            .collect(Collectors.toMap(entry -> entry.getItem().getKey(), entry -> entry)),
        Optional.empty());
  }

  private static LedgerEntry changes(String through) {
    return entry(
        "tickets/changes",
        "changes",
        ItemStatus.FETCHED,
        Map.of("since", "2026-11-02T00:00:00Z", "through", through));
  }

  @Test
  void howFarWhatChangedWasReadAndHowManyStandWhere() {
    assertThat(
            lines(WINDOWS)
                .lines(
                    known(
                        changes("2026-11-27T05:57:00Z"),
                        entry("tickets/2026-11-25/1d", "windows", ItemStatus.SETTLED, Map.of()),
                        entry("tickets/2026-11-26/1d", "windows", ItemStatus.FETCHED, Map.of()),
                        entry("events/1", "listed", ItemStatus.INCOMPLETE, Map.of())),
                    NOW))
        .containsExactly(
            "tickets changes: read through 2026-11-27T05:57:00Z, from 2026-11-02T00:00:00Z on, looked at 2026-11-27T05:59:00Z, next 2026-11-27T06:09:00Z",
            "tickets windows: 1 complete, 1 settled",
            "events listed: 1 incomplete");
  }

  /** From half of the time on; a position may be old because nothing changes. */
  @Test
  void whatTheApiWillForgetIsSaidInTime() {
    assertThat(lines("").lines(known(changes("2026-11-13T00:00:00Z")), NOW)).hasSize(1);
    assertThat(lines("").lines(known(changes("2026-11-10T00:00:00Z")), NOW).get(1))
        .isEqualTo(
            "tickets: the API serves what changed for 30 days: it has to be read before 2026-12-10T00:00:00Z, or it is lost");
    assertThat(
            lines("")
                .lines(
                    known(changes("2026-10-10T00:00:00Z")), Instant.parse("2026-12-10T00:00:00Z"))
                .get(1))
        .contains("that was over 2026-12-02T00:00:00Z: changes may be lost");
  }

  @Test
  void whatIsOfNoDayIsInNoCalendar() {
    Known known =
        known(
            changes("2026-11-27T05:57:00Z"),
            entry("tickets/2026-11-25/1d", "windows", ItemStatus.SETTLED, Map.of()),
            entry("events/1", "listed", ItemStatus.FETCHED, Map.of()));
    assertThat(lines(WINDOWS).ofDays(known).entries()).containsOnlyKeys("tickets/2026-11-25/1d");
    assertThat(lines("").ofDays(known)).isEqualTo(Known.NOTHING);
  }

  @Test
  void whatNoColumnTakesIsALineForTheDefinition() {
    ApiAnswer answer =
        new ApiAnswer(
            "page-1",
            "http://localhost:1/t",
            200,
            "",
            NOW,
            "",
            ByteBuffer.wrap(
                "[{\"id\":1,\"title\":\"a\",\"by\":{\"id\":7,\"+1\":2,\"-1\":3}},{\"id\":2}]"
                    .getBytes(UTF_8)));
    LedgerEntry entry = changes("2026-11-27T05:57:00Z");
    ItemAnswers answers =
        ItemAnswers.newBuilder()
            .setItem(entry.getItem())
            .setFetchedAt(NOW)
            .setAnswers(List.of(answer))
            .build();
    assertThat(
            lines("")
                .undeclared(
                    known(entry), entries -> entries.isEmpty() ? List.of() : List.of(answers)))
        .containsExactly(
            "tickets: 4 fields in the latest answers, not declared; each is in the archive and in _record, and a line of fields makes a column of it:",
            "    f_1: {at: \"/by/+1\", type: int}    # in 1 of 2 records",
            "    by_1: {at: /by/-1, type: int}    # in 1 of 2 records",
            "    by_id: {at: /by/id, type: long}    # in 1 of 2 records",
            "    title: {at: /title, type: text}    # in 1 of 2 records");
  }
}
