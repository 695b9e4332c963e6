package io.landfall.sandbox.demo;

import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Games of hockey: a season, and what was corrected in it. */
final class GamesStory extends Story {

  private static final int SEED = 7;
  private static final int GAMES = 120;

  /** Up to the day of this game belongs to the first load. */
  private static final int FIRST_LOAD = 100;

  /** The producer's default. */
  private static final int DAYS_LATER = 7;

  private final List<Fixture> fixtures = Season.of(SEED, GAMES).fixtures();

  GamesStory(Stage stage, Screen screen) {
    super(stage, screen);
  }

  @Override
  void tell(int kafkaPort, int apiPort) throws InterruptedException {
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
    introduce(broker, root);
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

    loseConsumer(consumer);
    ChildProcess next = stage.show(Part.CONSUMER, "run");
    load(api, middle.plusDays(1), last, days(middle.plusDays(1), last));
    awaitLanded(next);
    next.terminate();
    query(
        """
        SELECT count(*) AS rows, count(DISTINCT gameId) AS games,
          count(DISTINCT (playerId, gameId, situation, _revision)) AS different_rows
        FROM player_game_stats""");
    sum();
    stage.stop(next);
  }

  @Override
  String flags() {
    return "";
  }

  @Override
  List<String> queries() {
    return List.of(
        Stage.script()
            + " consumer sql \"SELECT _revision, _coverage, count(*) FROM player_game_stats GROUP BY ALL\"",
        Stage.script()
            + " consumer sql -o csv \"SELECT * FROM player_game_stats_current WHERE gameId = 2024020001\"");
  }

  @Override
  boolean needsBroker() {
    return false;
  }

  @Override
  List<String> commands() {
    return Stream.of(
            "status",
            "status --serve",
            "producer status",
            "consumer status",
            "consumer replay --into %s-again".formatted(stage.table()))
        .map(command -> Stage.script() + " " + command)
        .toList();
  }

  @Override
  String wayOn() {
    return "The way to real data: README.md, \"Use it\".";
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
    return load(() -> fetched.at(api.gamesServed() - before), command);
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

  private void query(String sql) throws InterruptedException {
    stage.run(Part.CONSUMER, () -> {}, "sql", sql);
  }
}
