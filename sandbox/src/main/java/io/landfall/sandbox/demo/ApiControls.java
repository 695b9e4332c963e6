package io.landfall.sandbox.demo;

import java.net.URI;
import java.util.Optional;

/** Steers the simulated API from outside, as anybody can with an HTTP client. */
final class ApiControls {

  private final ControlClient client = new ControlClient();
  private final URI root;

  /**
   * @param root of the API's paths, without a slash at the end
   */
  ApiControls(URI root) {
    this.root = root;
  }

  /**
   * How many games were served since the API started; one that was asked for twice counts twice.
   */
  long gamesServed() throws InterruptedException {
    return client.get(control("requests")).path("shift-chart").path("200").asLong();
  }

  /** Corrects a game; empty if there is nothing in it to correct in this way. */
  Optional<Correction> correct(int gameId, String kind) throws InterruptedException {
    return client
        .post(control("correct?gameId=%d&kind=%s".formatted(gameId, kind)))
        .map(answer -> Correction.of(answer.path("corrected").path(0)));
  }

  private URI control(String path) {
    return URI.create(root + "/sandbox/" + path);
  }
}
