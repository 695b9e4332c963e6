package io.landfall.producer.rest.ask;

import io.landfall.producer.definition.ApiDefinition.GrantHeaders;
import io.landfall.producer.definition.ApiDefinition.HeaderTime;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** How much the API still grants, by its headers. Safe for use by several threads. */
final class Grants {

  /** The most that is waited for, as with {@code Retry-After}: a clock there may be wrong. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern NONE = Pattern.compile("-\\d+|0+(?:\\.\\d*)?");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,12})(?:\\.\\d*)?");

  private final Optional<GrantHeaders> names;
  private final Clock clock;
  private final AtomicReference<Instant> closed = new AtomicReference<>(Instant.EPOCH);

  Grants(Optional<GrantHeaders> names, Clock clock) {
    this.names = names;
    this.clock = clock;
  }

  /** When there will be more, if an answer says that nothing is left. */
  Optional<Instant> until(HttpHeaders headers) {
    return names
        .filter(
            name ->
                headers
                    .firstValue(name.remaining())
                    .map(String::strip)
                    .filter(left -> NONE.matcher(left).matches())
                    .isPresent())
        .flatMap(name -> headers.firstValue(name.until()).flatMap(text -> time(text, name.as())));
  }

  private Optional<Instant> time(String text, HeaderTime as) {
    var seconds = SECONDS.matcher(text.strip());
    if (!seconds.matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    long number = Long.parseLong(seconds.group(1));
    Instant said =
        as == HeaderTime.SECONDS ? now.plusSeconds(number) : Instant.ofEpochSecond(number);
    Instant last = now.plus(LONGEST);
    return Optional.of(said.isAfter(last) ? last : said).filter(now::isBefore);
  }

  /** What an answer said counts for all that is asked from now on. */
  void told(HttpHeaders headers) {
    until(headers)
        .ifPresent(until -> closed.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b));
  }

  /** Until when nothing is granted; empty if something is. */
  Optional<Instant> closedUntil() {
    return Optional.ofNullable(closed.get()).filter(until -> until.isAfter(clock.instant()));
  }
}
