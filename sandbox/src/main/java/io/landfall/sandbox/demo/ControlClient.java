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

/** Asks and steers a server of the sandbox. */
final class ControlClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  JsonNode get(URI at) throws InterruptedException {
    return json(send(HttpRequest.newBuilder(at).build()));
  }

  /** Empty where the server says no. */
  Optional<JsonNode> post(URI at) throws InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(at).POST(HttpRequest.BodyPublishers.noBody()).build());
    return answer.statusCode() == 200 ? Optional.of(json(answer)) : Optional.empty();
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "The sandbox's server does not answer at %s: %s".formatted(request.uri(), Reason.of(e)),
          e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("The sandbox's servers answer with JSON", e);
    }
  }
}
