package io.landfall.cli.lineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A service that takes events where OpenLineage's own clients send them. Asked with the JDK's HTTP
 * client: theirs comes with a dozen jars, for a request a minute.
 */
final class HttpListener implements Listener {

  /** Unless the user's address has a path. */
  private static final String PATH = "/api/v1/lineage";

  private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIME_LIMIT)
          // The token is for nobody else.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI url;
  private final Optional<String> token;
  private final LineageJob job;
  private final RunEvents events;
  private long told;

  HttpListener(LineageSettings settings, LineageJob job) {
    URI given = settings.url().orElseThrow();
    this.url = given.getRawPath().isEmpty() ? given.resolve(PATH) : given;
    this.token = settings.token();
    this.job = job;
    this.events = new RunEvents(settings.namespace(), job);
  }

  @Override
  public String name() {
    return url.toString();
  }

  @Override
  public boolean isBehind() {
    return job.rows() > told;
  }

  @Override
  public void tell(Moment moment) throws IOException, InterruptedException {
    long rows = job.rows();
    send(events.of(moment));
    told = rows;
  }

  private void send(String event) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIME_LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    HttpResponse<Void> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("it answered with status " + answer.statusCode());
    }
  }
}
