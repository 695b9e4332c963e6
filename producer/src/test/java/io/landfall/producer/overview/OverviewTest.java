package io.landfall.producer.overview;

import static io.landfall.producer.overview.Found.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.ItemState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One model, and the same in a terminal and as JSON. */
class OverviewTest {

  private static final LocalDate DAY = LocalDate.parse("2024-10-14");

  private static Overview overview() {
    return Found.well()
        .failed("C/1", DAY, "status 404")
        .incomplete("C/2", DAY.plusDays(1), "empty")
        .settled("C/3", DAY.plusDays(2), "never came")
        .item("C/4", DAY.plusDays(3), ItemState.CANCELLED)
        .revised("A/2024-10-18", 2)
        .revised("B/2024-10-18", 1)
        .notInForce("A/2024-10-12", "air", "", NOW.minus(Duration.ofDays(3)), "served no more")
        .letter(3, "A/1", "UNSHAPEABLE", "no hours", State.OPEN)
        .letter(4, "A/2", "UNSHAPEABLE", "no hours", State.DISMISSED)
        .run(NOW.minusSeconds(60), 3, "no connection")
        .told(Map.of(), Optional.empty())
        .overview();
  }

  @Test
  void aTerminalIsToldWhatNeedsSomebodyFirst() {
    assertThat(OverviewText.of(overview()))
        .startsWith(
            "3 things need you",
            "- The last run (run, ended 2024-10-20T14:59:00Z) ended with exit code 3: no connection",
            "  > landfall producer run",
            "- 1 station day waits for more than 12 hours, and nothing is held of it; the oldest since 2024-10-15T02:00:00Z, C/1 2024-10-14 Station C/1: status 404",
            "  > landfall producer run")
        .contains(
            "  2024-10  ---------..##!?+###o-----------  17 complete, 1 settled, 1 waiting, 1 failed, 1 expected, 1 void, 1 revised"
                .replace("17", "16"),
            "Waiting: 2 station days",
            "  C/1  2024-10-14  Station C/1  failed, for 5 days, next 2024-10-15T02:00:00Z: status 404",
            "Not in force: 1 answer",
            "Settled: 1 station day",
            "  the table at file:/data/bronze/station_hours: version 12, 384 rows, 0 records in quarantine (0 open)",
            "Dead letters: 1 open, 1 dismissed, 0 resolved",
            "  weather.answers.v1-0@3 (A/1)  UNSHAPEABLE, 2 hours ago: no hours",
            "  2024-10-20T14:58:18Z  run       42 s, exit code 3; 2 station days due, 2 not complete, 4 requests, 48 rows: no connection");
  }

  @Test
  void programsAreToldTheSame() throws Exception {
    JsonNode json = new JsonMapper().readTree(OverviewJson.of(overview()));
    assertThat(json.path("headline").asText()).isEqualTo("3 things need you");
    assertThat(json.path("exitCode").asInt()).isEqualTo(4);
    assertThat(json.path("needs")).hasSize(3);
    assertThat(json.path("items").toString())
        .isEqualTo(
            "{\"complete\":16,\"settled\":1,\"waiting\":1,\"failed\":1,\"expected\":1,\"void\":1,\"revised\":1}");
    assertThat(json.path("days")).hasSize(11);
    assertThat(json.path("days").path(8).toString())
        .isEqualTo(
            "{\"day\":\"2024-10-18\",\"mark\":\"complete\",\"complete\":2,\"settled\":0,\"waiting\":0,\"failed\":0,\"expected\":0,\"void\":0,\"revised\":1}");
    assertThat(json.path("waiting").path(0).path("reason").asText()).isEqualTo("status 404");
    assertThat(json.path("notInForce").path(0).path("kind").asText()).isEqualTo("air");
    assertThat(json.path("deadLetters").path("open")).hasSize(1);
    assertThat(json.path("runs").path(0).path("exitCode").asInt()).isEqualTo(3);
    assertThat(json.path("table").path("rows").asInt()).isEqualTo(384);
  }

  @Test
  void beforeTheFirstRunThereIsSomethingToShowToo() {
    assertThat(OverviewText.of(new Found().nothing().overview()))
        .contains("1 thing needs you", "  nothing was listed yet", "No run was noted yet");
  }

  @Test
  void oneItemFarOffDoesNotMakeAThousandYears() {
    Overview overview =
        Found.well().item("Z", LocalDate.parse("9999-12-31"), ItemState.PENDING).overview();
    assertThat(overview.days()).hasSize(12);
  }

  @Test
  void longListsAreCutForPeopleAndWholeForPrograms() throws Exception {
    Found found = Found.well();
    for (int i = 0; i < 300; i++) {
      found.failed("F/" + i, DAY, "status 404");
    }
    Overview overview = found.overview();
    assertThat(OverviewText.of(overview)).contains("  and 280 more: landfall status -o json");
    assertThat(OverviewPage.of(overview, Optional.empty())).contains("and 200 more: ");
    assertThat(new JsonMapper().readTree(OverviewJson.of(overview)).path("waiting")).hasSize(300);
  }
}
