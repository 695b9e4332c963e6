package io.landfall.sandbox.demo;

import io.landfall.cli.LandfallException;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The story, chapter by chapter. What it claims is checked on the spot; where a claim does not
 * hold, the demo ends with what was seen instead.
 */
final class Demo {

  private static final int SEED = 7;
  private static final int GAMES = 120;

  /** Up to the day of this game belongs to the first load. */
  private static final int FIRST_LOAD = 100;

  /** The producer's default. */
  private static final int DAYS_LATER = 7;

  private static final Pattern EMITTED = Pattern.compile("; ([\\d,]+) rows? emitted");

  private final Stage stage;
  private final Screen screen;
  private final List<Fixture> fixtures = Season.of(SEED, GAMES).fixtures();
  private final LandedRows landed;
  private long emitted;

  Demo(Stage stage, Screen screen) {
    this.stage = stage;
    this.screen = screen;
    this.landed = new LandedRows(stage.table());
  }

  /** Tells it all. */
  void run(int kafkaPort, int apiPort) throws InterruptedException {
    screen.say(
        """

        Landfall demo: a real Kafka broker, a simulated NHL API, a Delta table; all on this machine.
        """);
    LocalDate first = fixtures.get(0).date();
    LocalDate middle = fixtures.get(FIRST_LOAD - 1).date();
    LocalDate last = fixtures.get(GAMES - 1).date();

    screen.chapter(1, "First load: from the API through Kafka into a table");
    ChildProcess kafka = stage.startBroker(kafkaPort);
    ChildProcess simulation = stage.startApi(apiPort, SEED, GAMES);
    String broker = Stage.brokerAddress(kafka);
    URI root = Stage.apiRoot(simulation);
    ApiControls api = new ApiControls(root);
    stage.writeSettings(broker, root);
    screen.say(
        "Broker at %s, API at %s. Every command below finds them by this variable:"
            .formatted(broker, root));
    screen.command("export LANDFALL_CONFIG=" + stage.settings());
    ChildProcess consumer = stage.show(Part.CONSUMER, "run");
    load(api, first, middle, days(first, middle));
    awaitLanded(consumer);

    screen.chapter(2, "The same run again adds nothing; meanwhile, a look at the table");
    ChildProcess again = stage.show(Part.PRODUCER, days(first, middle));
    query(
        """
        SELECT name, playerTeam AS team, count(*) AS games, sum(I_F_goals) AS goals,
          sum(I_F_points) AS points, round(sum(icetime) / count(*) / 60, 1) AS minutes_a_game
        FROM player_game_stats_current WHERE situation = 'all'
        GROUP BY playerId, name, playerTeam ORDER BY points DESC, goals DESC, name LIMIT 5""");
    expect(0, emittedBy(stage.finish(again, () -> {})), "rows of a run in which nothing is new");

    screen.chapter(3, "The API corrects two games: the changed rows come as a new revision");
    int changed = correct(api, middle);
    screen.say("By that, %d rows of two games say something else.".formatted(changed));
    screen.say(
        "Games are looked at again 1, 3, 7 and 30 days later. These days are asked for now:");
    expect(
        changed,
        load(api, middle.minusDays(DAYS_LATER), middle, days(middle.minusDays(DAYS_LATER), middle)),
        "rows of the run after the corrections");
    awaitLanded(consumer);
    screen.say("Nothing was overwritten: old and new value are both in the table.");
    query(
        """
        SELECT gameId, name, situation, old.I_F_points AS points_before,
          new.I_F_points AS points_now, new._revision AS revision
        FROM player_game_stats old JOIN player_game_stats new USING (gameId, name, playerId, situation)
        WHERE old._revision < new._revision ORDER BY 1, 2, 3""");

    screen.chapter(4, "The consumer dies and its scratch folder is lost; the table knows the way");
    screen.command("kill -9 " + consumer.pid());
    stage.kill(consumer);
    screen.command("rm -r " + stage.scratch());
    Stage.remove(stage.scratch());
    ChildProcess next = stage.show(Part.CONSUMER, "run");
    load(api, middle.plusDays(1), last, days(middle.plusDays(1), last));
    awaitLanded(next);
    next.terminate();
    query(
        """
        SELECT count(*) AS rows, count(DISTINCT gameId) AS games,
          count(DISTINCT (playerId, gameId, situation, _revision)) AS different_rows
        FROM player_game_stats""");
    screen.say(
        "%,d rows were emitted, %,d are in the table: none lost, none twice."
            .formatted(emitted, landed.count()));
    stage.stop(next);
  }

  private static String[] days(LocalDate from, LocalDate to) {
    return new String[] {"run", "--from", from.toString(), "--to", to.toString()};
  }

  /** Runs the producer, which will look at these days; gives how many rows it emitted. */
  private long load(ApiControls api, LocalDate from, LocalDate to, String... command)
      throws InterruptedException {
    long games =
        fixtures.stream()
            .filter(game -> !game.date().isBefore(from) && !game.date().isAfter(to))
            .count();
    long before = api.gamesServed();
    Screen.Progress fetched = screen.progress("fetched", "games", games);
    long rows =
        emittedBy(stage.run(Part.PRODUCER, () -> fetched.at(api.gamesServed() - before), command));
    emitted += rows;
    return rows;
  }

  private static long emittedBy(String run) {
    Matcher summary = EMITTED.matcher(run);
    if (!summary.find()) {
      throw new IllegalStateException("A run says how many rows it emitted, but: " + run);
    }
    return Long.parseLong(summary.group(1).replace(",", ""));
  }

  /** One goal goes to a team-mate, one second assist is taken away; gives how many rows change. */
  private int correct(ApiControls api, LocalDate until) throws InterruptedException {
    List<Integer> latestFirst = new ArrayList<>();
    fixtures.stream()
        .filter(game -> !game.date().isAfter(until))
        .forEach(game -> latestFirst.add(0, game.gameId()));
    int rows = 0;
    for (String kind : List.of("scorer", "assist")) {
      Correction correction = correct(api, latestFirst, kind);
      latestFirst.remove(Integer.valueOf(correction.gameId()));
      rows += correction.rows();
      screen.say(
          "Game %d: %s"
              .formatted(
                  correction.gameId(),
                  kind.equals("scorer")
                      ? "a goal was another player's."
                      : "a goal had one assist, not two."));
    }
    return rows;
  }

  private static Correction correct(ApiControls api, List<Integer> games, String kind)
      throws InterruptedException {
    for (int gameId : games) {
      var correction = api.correct(gameId, kind);
      if (correction.isPresent()) {
        return correction.get();
      }
    }
    throw new IllegalStateException("No game has anything to correct by " + kind);
  }

  private void awaitLanded(ChildProcess consumer) throws InterruptedException {
    Screen.Progress progress = screen.progress("landed", "rows", emitted);
    consumer.await(
        "all rows in the table",
        () -> {
          progress.at(landed.count());
          return landed.count() >= emitted;
        });
    expect(emitted, landed.count(), "rows in the table");
  }

  private void query(String sql) throws InterruptedException {
    stage.run(Part.CONSUMER, () -> {}, "sql", sql);
  }

  private static void expect(long expected, long seen, String what) {
    if (expected != seen) {
      throw LandfallException.refused(
          "The demo expected %,d %s and saw %,d.".formatted(expected, what, seen));
    }
  }
}
