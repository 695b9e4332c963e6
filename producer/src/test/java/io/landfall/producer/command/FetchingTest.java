package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.Tally;
import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.schemas.ListedDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchingTest {

  private static ListedDays from(String day) {
    return new ListedDays(LocalDate.parse(day), LocalDate.parse("2024-10-29"), null);
  }

  private static Fetching.Outcome outcome(Tally tally, Optional<String> unreachable) {
    return outcome(tally, List.of(), List.of(), unreachable);
  }

  private static Fetching.Outcome outcome(List<String> problems, List<String> notes) {
    return outcome(new Tally(6, 0, 0, 0, 0, 6, 0), problems, notes, Optional.empty());
  }

  private static Fetching.Outcome outcome(
      Tally tally, List<String> problems, List<String> notes, Optional<String> unreachable) {
    return new Fetching.Outcome(
        new NhlConnector(),
        new FetchReport(
            Map.of(Reason.NEW, 6L), tally, problems, notes, unreachable, from("2024-10-04"), false),
        20);
  }

  @Test
  void fiveOfSixThatFailedAreNoSuccess() {
    Fetching.Outcome outcome = outcome(new Tally(1, 0, 0, 5, 0, 1, 0), Optional.empty());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.with("fetch: " + outcome.summary()))
        .isEqualTo(
            """
            5 of 6 games could not be fetched, or not all of it; `producer status` tells why. What is missing stays due.
            fetch: 6 games due: 1 complete (1 with new answers), 0 incomplete, 5 failed; 20 requests""");
  }

  @Test
  void whatOnlyWaitsIsASuccess() {
    assertThat(outcome(new Tally(4, 0, 2, 0, 0, 1, 0), Optional.empty()).exitCode())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void anApiThatCannotBeReachedIsToldWithWhatWasNotDone() {
    Fetching.Outcome outcome =
        outcome(new Tally(1, 0, 0, 1, 4, 1, 0), Optional.of("nothing answered"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.with(outcome.summary()))
        .contains("The API cannot be reached: nothing answered", "5 of 6 games were not fetched")
        .contains("1 failed, 4 not asked for; 20 requests");
  }

  @Test
  void whatCouldNotBeListedIsNoSuccessAndWhatIsOnlyOddIs() {
    assertThat(outcome(List.of("week"), List.of()).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    Fetching.Outcome odd = outcome(List.of(), List.of("1", "2", "3", "4", "5", "6", "7"));
    assertThat(odd.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(odd.with("end").lines())
        .containsExactly(
            "note: 1",
            "note: 2",
            "note: 3",
            "note: 4",
            "note: 5",
            "note: 2 more like these",
            "end");
  }

  @Test
  void whatWasNeverListedIsToldWithTheCommandThatGetsIt() {
    assertThat(Fetching.notListed(new NhlConnector(), from("2024-10-04")).orElseThrow())
        .contains("before 2024-10-04")
        .endsWith("The next run without --from and --to gets them, from 2023-10-01 on");
    assertThat(Fetching.notListed(new NhlConnector(), from("2023-10-01"))).isEmpty();
  }

  @Test
  void whatSettledAndWhatIsNotInForceIsTold() {
    assertThat(outcome(new Tally(3, 2, 1, 0, 0, 4, 1), Optional.empty()).summary())
        .isEqualTo(
            "6 games due: 3 complete (4 with new answers), 2 settled, 1 incomplete, 0 failed; of 1 an answer is not in force, as status tells; 20 requests");
  }
}
