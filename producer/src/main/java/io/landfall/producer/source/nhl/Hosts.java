package io.landfall.producer.source.nhl;

import java.util.stream.Stream;

/**
 * The league's hosts; several may be the same.
 *
 * @param web schedule, play-by-play, box score
 * @param stats shift charts
 * @param reports the official HTML reports, asked for when a shift chart is missing or partial
 */
public record Hosts(Host web, Host stats, Host reports) {

  long requests() {
    return Stream.of(web, stats, reports)
        .map(Host::api)
        .distinct()
        .mapToLong(api -> api.requests())
        .sum();
  }
}
