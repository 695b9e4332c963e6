package io.landfall.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Steers the simulated API from outside, as anybody can with an HTTP client. */
final class ApiControls {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
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
    HttpResponse<String> counts = send(HttpRequest.newBuilder(control("requests")).build());
    return json(counts).path("shift-chart").path("200").asLong();
  }

  /** Corrects a game; empty if there is nothing in it to correct in this way. */
  Optional<Correction> correct(int gameId, String kind) throws InterruptedException {
    URI control = control("correct?gameId=%d&kind=%s".formatted(gameId, kind));
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(control).POST(HttpRequest.BodyPublishers.noBody()).build());
    return answer.statusCode() == 200
        ? Optional.of(Correction.of(json(answer).path("corrected").path(0)))
        : Optional.empty();
  }

  private URI control(String path) {
    return URI.create(root + "/sandbox/" + path);
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "The simulated API does not answer at %s: %s".formatted(root, Reason.of(e)), e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("The simulated API answers with JSON", e);
    }
  }
}
