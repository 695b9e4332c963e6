package io.landfall.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault does to a real client what its name says. */
class FaultTest {

  private static final String GAME = "/v1/gamecenter/2024020002/play-by-play";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static SimulatedApi api;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    api = SimulatedApi.serving(Season.of(7, 10)).start(0);
    client = new Client(api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @AfterEach
  void heal() {
    api.clearFaults();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTML_OK", "SERVER_ERROR", "BAD_GATEWAY", "HTML_UNAVAILABLE"})
  void htmlPagesAreHtmlWithTheirStatus(Fault fault) throws Exception {
    api.fault(fault);
    HttpResponse<byte[]> response = client.get(GAME);
    assertThat(Client.type(response)).startsWith("text/html");
    assertThat(Client.text(response)).startsWith("<!DOCTYPE html>");
    assertThat(response.statusCode())
        .isEqualTo(
            switch (fault) {
              case SERVER_ERROR -> 500;
              case BAD_GATEWAY -> 502;
              case HTML_UNAVAILABLE -> 503;
              default -> 200;
            });
  }

  @Test
  void truncatedJsonArrivesCompleteAndIsNotJson() throws Exception {
    byte[] whole = client.get(GAME).body();
    api.fault(Fault.TRUNCATED_JSON);
    HttpResponse<byte[]> response = client.get(GAME);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(whole.length / 2);
    assertThatThrownBy(() -> JSON.readTree(response.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void anUnknownEventTypeIsOnePlayMore() throws Exception {
    int plays = client.json(GAME).get("plays").size();
    api.fault(Fault.UNKNOWN_EVENT_TYPE);
    var with = client.json(GAME).get("plays");
    assertThat(with).hasSize(plays + 1);
    assertThat(with.get(plays).get("typeCode").asInt()).isEqualTo(599);
  }

  @Test
  void notFoundEmptyBodyAndWrongTypeAreWhatTheySay() throws Exception {
    api.fault(Fault.NOT_FOUND, OptionalInt.empty(), Optional.empty(), 1);
    assertThat(client.get(GAME).statusCode()).isEqualTo(404);
    api.fault(Fault.EMPTY_BODY, OptionalInt.empty(), Optional.empty(), 1);
    assertThat(client.get(GAME).body()).isEmpty();
    api.fault(Fault.WRONG_CONTENT_TYPE, OptionalInt.empty(), Optional.empty(), 1);
    HttpResponse<byte[]> response = client.get(GAME);
    assertThat(Client.type(response)).startsWith("text/html");
    assertThat(JSON.readTree(response.body()).get("id").asInt()).isEqualTo(2024020002);
  }

  @Test
  void tooManyRequestsTellsWhenToComeBackOrNot() throws Exception {
    api.fault(Fault.TOO_MANY_REQUESTS, OptionalInt.empty(), Optional.empty(), 1);
    HttpResponse<byte[]> refused = client.get(GAME);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    api.fault(Fault.TOO_MANY_REQUESTS_UNTOLD, OptionalInt.empty(), Optional.empty(), 1);
    HttpResponse<byte[]> untold = client.get(GAME);
    assertThat(untold.statusCode()).isEqualTo(429);
    assertThat(untold.headers().firstValue("Retry-After")).isEmpty();
    api.fault(Fault.TOO_MANY_REQUESTS_ABSURD, OptionalInt.empty(), Optional.empty(), 1);
    assertThat(client.get(GAME).headers().firstValue("Retry-After")).contains("999999");
  }

  @Test
  void aResetIsAResetAndTheNextRequestIsAnswered() throws Exception {
    api.fault(Fault.CONNECTION_RESET);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.baseUrl().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/schedule/2024-10-04 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThatThrownBy(() -> new Client(api).get(GAME)).isInstanceOf(IOException.class);
    api.clearFaults();
    assertThat(client.get(GAME).statusCode()).isEqualTo(200);
  }

  @Test
  void aCutBodyEndsBeforeThePromisedLength() {
    api.fault(Fault.CUT_BODY);
    assertThatThrownBy(() -> client.get(GAME)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENCE", "SLOW_DRIP"})
  void aSlowAnswerOutlastsThePatienceOfAClient(Fault fault) {
    api.fault(fault);
    HttpRequest request = HttpRequest.newBuilder(URI.create(api.baseUrl() + GAME)).build();
    HttpClient http = HttpClient.newHttpClient();
    var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThatThrownBy(() -> answer.get(1500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    answer.cancel(true);
  }

  @Test
  void silenceBreaksARequestTimeout() {
    api.fault(Fault.SILENCE);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.baseUrl() + GAME))
            .timeout(Duration.ofMillis(500))
            .build();
    assertThatThrownBy(
            () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aFaultActsOnlyWhereAndAsOftenAsAskedFor() throws Exception {
    api.fault(
        Fault.HTML_UNAVAILABLE, OptionalInt.of(2024020002), Optional.of(Resource.PLAY_BY_PLAY), 2);
    assertThat(client.get("/v1/gamecenter/2024020002/boxscore").statusCode()).isEqualTo(200);
    assertThat(client.get("/v1/gamecenter/2024020003/play-by-play").statusCode()).isEqualTo(200);
    assertThat(client.get(GAME).statusCode()).isEqualTo(503);
    assertThat(client.get(GAME).statusCode()).isEqualTo(503);
    assertThat(client.get(GAME).statusCode()).isEqualTo(200);
  }
}
