package io.landfall.sandbox.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Apicurio Registry, from its published artifact, as a process that forgets all at its end.
 */
final class Apicurio implements AutoCloseable {

  private static final Duration UP_WITHIN = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port;

  /**
   * Starts it.
   *
   * @param program the folder that the artifact was unpacked to
   */
  Apicurio(Path program, Path folder) throws IOException, InterruptedException {
    this.port = freePort();
    this.log = folder.resolve("apicurio.log");
    Path runner;
    try (var files = Files.list(program)) {
      runner =
          files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    this.process = builder.start();
    long end = System.nanoTime() + UP_WITHIN.toNanos();
    while (!isUp()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        close();
        throw new IllegalStateException("It did not come up: " + Files.readString(log));
      }
      Thread.sleep(200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What a user gives as schema-registry-url. */
  URI url() {
    return URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(port));
  }

  private boolean isUp() throws InterruptedException {
    try {
      return get("/apis/ccompat/v7/subjects").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Asks whichever of its APIs. */
  HttpResponse<String> get(String path) throws InterruptedException {
    return send("GET", path, "");
  }

  HttpResponse<String> send(String method, String path, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments that name it. */
  List<String> named() {
    return List.of("--schema-registry-url", url().toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
