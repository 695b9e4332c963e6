package io.landfall.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of server that is not the Kafka that was meant gets a sentence of its own. */
class KafkaFailureTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** What a server does with one connection. */
  private interface Answering {
    void to(Socket socket) throws IOException;
  }

  private String serve(ServerSocket server, Answering answering) {
    open.add(server);
    Thread acceptor =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  answering.to(socket);
                } catch (IOException e) {
                  // The client hung up, or the test is over: the next accept tells which.
                }
              }
            },
            "server");
    acceptor.setDaemon(true);
    acceptor.start();
    return "127.0.0.1:" + server.getLocalPort();
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static LandfallException asked(String servers, Map<String, Object> settings)
      throws Exception {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", servers);
    all.putIfAbsent("default.api.timeout.ms", 1_500);
    all.putIfAbsent("request.timeout.ms", 700);
    Throwable failure;
    try (Admin admin = Admin.create(all)) {
      failure =
          org.assertj.core.api.Assertions.catchThrowable(() -> admin.listTopics().names().get());
    } catch (KafkaException e) {
      failure = e;
    }
    return KafkaFailure.of(servers, all, failure);
  }

  private static void assertEnds(LandfallException stop, ExitCode code, String... words) {
    assertThat(stop).hasMessageContainingAll(words).message().doesNotContain("Exception", "ter2");
    assertThat(stop.exitCode()).isEqualTo(code);
  }

  @Test
  void aClosedPort() throws Exception {
    int port;
    try (ServerSocket socket = plain()) {
      port = socket.getLocalPort();
    }
    assertEnds(asked("127.0.0.1:" + port, Map.of()), ExitCode.UNAVAILABLE, "nothing listens there");
  }

  @Test
  void anUnknownHost() throws Exception {
    assertEnds(
        asked("nowhere.invalid:9092", Map.of()), ExitCode.UNAVAILABLE, "the host is not known");
  }

  @Test
  void anHttpServer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    String address = "127.0.0.1:" + server.getAddress().getPort();
    assertEnds(asked(address, Map.of()), ExitCode.UNAVAILABLE, "an HTTP server answers there");
    assertEnds(
        asked(address, Map.of("security.protocol", "SSL")),
        ExitCode.UNAVAILABLE,
        "an HTTP server answers there");
  }

  @Test
  void anHttpServerThatAnswersAnything() throws Exception {
    String address =
        serve(
            plain(),
            socket -> {
              socket.getInputStream().read();
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            });
    assertEnds(asked(address, Map.of()), ExitCode.UNAVAILABLE, "an HTTP server answers there");
  }

  @Test
  void aServerThatSaysNothing() throws Exception {
    String address = serve(plain(), socket -> socket.getInputStream().readAllBytes());
    assertEnds(
        asked(address, Map.of()), ExitCode.UNAVAILABLE, "does not answer in Kafka's protocol");
  }

  @Test
  void plaintextAgainstTls() throws Exception {
    String address = serve(tls(), socket -> socket.getInputStream().read());
    assertEnds(
        asked(address, Map.of()),
        ExitCode.UNAVAILABLE,
        "speaks TLS",
        "Set kafka.security.protocol to SSL");
  }

  @Test
  void tlsAgainstPlaintext() throws Exception {
    String address = serve(plain(), KafkaFailureTest::answerApiVersions);
    assertEnds(
        asked(address, Map.of("security.protocol", "SSL")),
        ExitCode.UNAVAILABLE,
        "speaks plainly there");
  }

  /** The client gives up by itself: it is the handshake that is to fail, however slow it is. */
  @Test
  void aCertificateThatIsNotTrusted() throws Exception {
    String address = serve(tls(), socket -> socket.getInputStream().read());
    assertEnds(
        asked(
            address,
            Map.of(
                "security.protocol",
                "SSL",
                "default.api.timeout.ms",
                60_000,
                "request.timeout.ms",
                30_000)),
        ExitCode.UNAVAILABLE,
        "do not agree on TLS",
        "kafka.ssl.truststore.location");
  }

  @Test
  void aBrokerThatDoesNotFinish() throws Exception {
    String address = serve(plain(), KafkaFailureTest::answerApiVersions);
    assertEnds(
        asked(address, Map.of()), ExitCode.UNAVAILABLE, "is there, but did not finish answering");
  }

  @Test
  void aWrongJaasText() throws Exception {
    for (String text :
        List.of(
            "nonsense",
            "org.apache.kafka.common.security.plain.PlainLoginModule required password='hunter2'",
            "org.apache.kafka.common.security.plain.PlainLoginModule 'hunter2' x;",
            "no.such.Module required password='hunter2';")) {
      assertEnds(
          asked(
              "127.0.0.1:1",
              Map.of(
                  "security.protocol",
                  "SASL_PLAINTEXT",
                  "sasl.mechanism",
                  "PLAIN",
                  "sasl.jaas.config",
                  text)),
          ExitCode.USAGE,
          "does not take kafka.sasl.jaas.config");
    }
  }

  @Test
  void aSettingThatTheClientCannotTake() throws Exception {
    assertEnds(
        asked("127.0.0.1:1", Map.of("security.protocol", "TLS")),
        ExitCode.USAGE,
        "kafka.security.protocol");
    assertEnds(asked("127.0.0.1:1", Map.of("retries", "many")), ExitCode.USAGE, "kafka.retries");
    assertEnds(
        asked(
            "127.0.0.1:1",
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.location",
                folder + "/none.jks",
                "ssl.truststore.password",
                "hunter2")),
        ExitCode.USAGE,
        "kafka.ssl.truststore.location");
  }

  @Test
  void refusedCredentialsAndRights() {
    assertEnds(
        KafkaFailure.of(
            "h:1",
            Map.of(),
            new ExecutionException(new SaslAuthenticationException("Authentication failed"))),
        ExitCode.USAGE,
        "refuses the credentials: Authentication failed");
    assertEnds(
        KafkaFailure.of("h:1", Map.of(), new ClusterAuthorizationException("not for you")),
        ExitCode.USAGE,
        "knows this user, and does not let it do this");
  }

  private static AclBinding right(
      ResourceType type, PatternType pattern, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:x", "*", operation, AclPermissionType.ALLOW));
  }

  /** Nobody answers, who could say what is missing: the error says what it is about. */
  @Test
  void whatIsMissingIsNamedByWhatTheErrorIsAbout() {
    Map<String, Object> settings = Map.of("bootstrap.servers", "nowhere.invalid:1");
    List<AclBinding> rights =
        List.of(
            right(ResourceType.TOPIC, PatternType.LITERAL, "t", AclOperation.WRITE),
            right(ResourceType.TOPIC, PatternType.LITERAL, "t", AclOperation.DESCRIBE_CONFIGS),
            right(ResourceType.GROUP, PatternType.PREFIXED, "g-", AclOperation.READ),
            right(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, "i-", AclOperation.WRITE));
    Map<KafkaException, String> told =
        Map.of(
            new TopicAuthorizationException(Set.of("t")),
            "WRITE and DESCRIBE_CONFIGS on topic t",
            new TopicAuthorizationException(Set.of("u")),
            "a right on topic u",
            new TopicAuthorizationException("Authorization failed."),
            "a right on a topic (Authorization failed)",
            GroupAuthorizationException.forGroupId("g-1"),
            "READ on group g-1",
            GroupAuthorizationException.forGroupId("h"),
            "a right on group h",
            new TransactionalIdAuthorizationException("no"),
            "WRITE on every transactional id that begins with i-",
            new ClusterAuthorizationException("no"),
            "a right on the cluster (no)");
    told.forEach(
        (failure, words) ->
            assertEnds(
                KafkaFailure.of("h:1", settings, rights, new ExecutionException(failure)),
                ExitCode.USAGE,
                "it lacks " + words + "."));
  }

  @Test
  void aRefusalIsToldWhateverWasMadeOfItOnTheWay() {
    Throwable made =
        LandfallException.unavailable(
            "Kafka went away", new KafkaException(new TopicAuthorizationException(Set.of("t"))));
    assertThat(KafkaFailure.isRefusal(made)).isTrue();
    assertEnds(
        KafkaFailure.of("h:1", Map.of(), made), ExitCode.USAGE, "it lacks a right on topic t");
    assertThat(KafkaFailure.isRefusal(LandfallException.unavailable("gone"))).isFalse();
  }

  private static void answerApiVersions(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int size = in.readInt();
    if (size < 12 || size > 1_000) {
      return;
    }
    byte[] request = in.readNBytes(size);
    if (request[1] != 18 || request[3] != 0) {
      return;
    }
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(10);
    out.write(request, 4, 4);
    out.writeShort(0);
    out.writeInt(0);
    out.flush();
  }

  private ServerSocket tls() throws Exception {
    Path keys = folder.resolve("keys.p12");
    if (!Files.exists(keys)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "RSA",
                  "-alias",
                  "server",
                  "-dname",
                  "CN=localhost",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  keys.toString())
              .redirectErrorStream(true)
              .start();
      keytool.getInputStream().readAllBytes();
      assertThat(keytool.waitFor()).isZero();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
