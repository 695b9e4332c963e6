package io.landfall.producer.http;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which answers pass, so that it is worth asking again. */
public interface Passing {

  /** Request timeout, too early, too many requests: the only refusals that usually pass. */
  Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);

  /** What is usual. */
  Passing USUAL =
      new Passing() {
        @Override
        public boolean passes(int status, HttpHeaders headers) {
          return status >= 500 || WORTH_ANOTHER_TRY.contains(status);
        }

        @Override
        public Optional<Instant> until(HttpHeaders headers) {
          return Optional.empty();
        }
      };

  boolean passes(int status, HttpHeaders headers);

  /** When it will have passed, if a header other than {@code Retry-After} says so. */
  Optional<Instant> until(HttpHeaders headers);
}
