package io.landfall.producer.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has come and is not committed yet. */
final class Batch {

  /** A slow API must not keep what has come out of Kafka for longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Archive archive;
  private final int most;
  private final Clock clock;
  private final List<Fetched> came = new ArrayList<>();
  private final List<Fetched> failures = new ArrayList<>();
  private Instant end;

  /**
   * An empty one.
   *
   * @param most games in it
   */
  Batch(Archive archive, int most, Clock clock) {
    this.archive = archive;
    this.most = most;
    this.clock = clock;
    this.end = clock.instant().plus(LONGEST);
  }

  /** Something usable came: the API is there, and what failed before has failed by itself. */
  void came(Optional<Fetched> one) {
    came.addAll(failures);
    failures.clear();
    one.ifPresent(came::add);
    if (came.size() >= most || clock.instant().isAfter(end)) {
      commit();
    }
  }

  /** Nothing usable came. Whether that says anything of the game, what comes next will tell. */
  void failed(Fetched one) {
    failures.add(one);
  }

  /** The API is not there at all: what failed last says nothing of the games. */
  void forgetFailures() {
    failures.clear();
  }

  /** Commits all. */
  void commit() {
    came.addAll(failures);
    failures.clear();
    archive.publish(List.copyOf(came), Optional.empty());
    came.clear();
    end = clock.instant().plus(LONGEST);
  }
}
