package io.landfall.storage.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** s3proxy over a folder, with one bucket. */
public final class S3Server implements AutoCloseable {

  public static final String BUCKET = "bronze";

  private static final int SECONDS_TO_START = 120;

  private final JavaProcess process;
  private final URI endpoint;

  private S3Server(JavaProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  public static S3Server start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
    URI endpoint = URI.create("http://127.0.0.1:" + freePort());
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=%s
            s3proxy.authorization=none
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(endpoint, folder.resolve("objects")));
    JavaProcess process =
        JavaProcess.start(
            S3ServerMain.class,
            folder.resolve("s3proxy.log"),
            List.of("-Xmx256m"),
            List.of("--properties", settings.toString()));
    S3Server server = new S3Server(process, endpoint);
    server.awaitAnswer();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/" + BUCKET)).build();
    for (int tenth = 0; tenth < SECONDS_TO_START * 10 && process.isAlive(); tenth++) {
      try {
        if (HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
            == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      Thread.sleep(100);
    }
    String printed = process.printed();
    close();
    throw new IllegalStateException("The S3 server does not answer: " + printed);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Hadoop settings for a client that talks to this server, or to a proxy in front of it. */
  public static Map<String, String> clientOf(URI endpoint, Path scratch) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.s3a.endpoint", endpoint.toString());
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.connection.ssl.enabled", "false");
    settings.put("fs.s3a.access.key", "anybody");
    settings.put("fs.s3a.secret.key", "anything");
    // By default a request whose answers are all lost is tried for two minutes.
    settings.put("fs.s3a.attempts.maximum", "2");
    settings.put("fs.s3a.retry.limit", "2");
    settings.put("fs.s3a.retry.interval", "50ms");
    settings.put("fs.s3a.buffer.dir", scratch.resolve("s3a").toString());
    return settings;
  }

  @Override
  public void close() {
    process.close();
  }
}
