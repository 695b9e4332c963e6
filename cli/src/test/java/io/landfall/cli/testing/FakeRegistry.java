package io.landfall.cli.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;

/**
 * A registry on this machine that speaks as much of Confluent's REST API as is used, checks what it
 * is sent, and fails when it is told to. Whether schemas are compatible it is told, too.
 */
public final class FakeRegistry implements AutoCloseable {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> failures = new ConcurrentLinkedDeque<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();
  private final Map<String, String> compatibilities = new HashMap<>();
  private final Map<Integer, String> schemas = new HashMap<>();
  private final Set<String> incompatible = new HashSet<>();
  private boolean wantsSubjectFirst;
  private String authorization = "";

  /** What is said of something that is not there, or not right. */
  private static final class Refused extends Exception {
    private final int status;
    private final int code;

    Refused(int status, int code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private FakeRegistry(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "fake-registry");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /** An empty one. */
  public static FakeRegistry start() throws IOException {
    return new FakeRegistry(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:%d/api".formatted(server.getAddress().getPort()));
  }

  /** Has a schema under this id. */
  public synchronized void has(int id, String schema) {
    schemas.put(id, schema);
  }

  /** Has a subject with these versions. */
  public synchronized void hasSubject(String subject, Integer... ids) {
    subjects.put(subject, new ArrayList<>(List.of(ids)));
  }

  /** An administrator has decided. */
  public synchronized void hasCompatibility(String subject, String compatibility) {
    compatibilities.put(subject, compatibility);
  }

  /** Takes no further version of it. */
  public synchronized void refuseVersionsOf(String subject) {
    incompatible.add(subject);
  }

  /** Does not take the compatibility of a subject that is not there, as some do. */
  public synchronized void wantSubjectFirst() {
    wantsSubjectFirst = true;
  }

  /** Lets in nobody else. */
  public synchronized void onlyLetIn(String user, String password) {
    authorization =
        "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** The next requests fail with these; 0 breaks the connection. */
  public void fail(Integer... statuses) {
    failures.addAll(List.of(statuses));
  }

  public synchronized String compatibility(String subject) {
    return compatibilities.getOrDefault(subject, "none");
  }

  public synchronized List<Integer> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, List.of()));
  }

  /** Method and path of each request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Integer failure = failures.poll();
      if (failure != null && failure == 0) {
        return;
      }
      if (failure != null) {
        send(exchange, failure, error(failure * 100 + 1, "told to fail"));
        return;
      }
      try {
        send(exchange, 200, answer(exchange, path, body).toString());
      } catch (Refused e) {
        send(
            exchange,
            e.status,
            e.code == 0 ? "<html>not found</html>" : error(e.code, String.valueOf(e.getMessage())));
      }
    }
  }

  private static String error(int code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message).toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private synchronized JsonNode answer(HttpExchange exchange, String path, String body)
      throws Refused, IOException {
    String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!authorization.isEmpty() && !authorization.equals(given)) {
      throw new Refused(401, 401, "Unauthorized");
    }
    if (!path.startsWith("/api/")) {
      throw new Refused(404, 0, "no such page");
    }
    String[] parts = path.substring("/api/".length()).split("/", -1);
    String subject = parts.length > 1 ? URLDecoder.decode(parts[1], UTF_8) : "";
    String last = parts.length > 2 ? parts[2] : "";
    return switch (exchange.getRequestMethod() + " " + parts[0] + "/" + last) {
      case "GET subjects/" -> JSON.valueToTree(subjects.keySet());
      case "GET subjects/versions" -> JSON.valueToTree(there(subject));
      case "POST subjects/" -> find(subject, schema(exchange, body));
      case "POST subjects/versions" -> register(subject, schema(exchange, body));
      case "GET config/" -> config(subject);
      case "PUT config/" -> configure(subject, JSON.readTree(body));
      default -> {
        if (parts[0].equals("schemas") && parts.length == 3 && parts[1].equals("ids")) {
          yield byId(Integer.parseUnsignedInt(last));
        }
        throw new Refused(404, 0, "no such page");
      }
    };
  }

  private JsonNode byId(int id) throws Refused {
    String schema = schemas.get(id);
    if (schema == null) {
      throw new Refused(404, 40403, "Schema not found");
    }
    return JSON.createObjectNode().put("schema", schema);
  }

  private List<Integer> there(String subject) throws Refused {
    List<Integer> versions = subjects.get(subject);
    if (versions == null) {
      throw new Refused(404, 40401, "Subject not found");
    }
    return versions;
  }

  private static String schema(HttpExchange exchange, String body) throws Refused, IOException {
    JsonNode schema = JSON.readTree(body).path("schema");
    if (!MEDIA_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
        || !schema.isTextual()
        || !JSON.readTree(schema.textValue()).isObject()) {
      throw new Refused(422, 42201, "Invalid schema: " + body);
    }
    return schema.textValue();
  }

  private JsonNode find(String subject, String schema) throws Refused {
    for (int id : there(subject)) {
      if (schema.equals(schemas.get(id))) {
        return JSON.createObjectNode().put("subject", subject).put("id", id).put("schema", schema);
      }
    }
    throw new Refused(404, 40403, "Schema not found");
  }

  private JsonNode register(String subject, String schema) throws Refused {
    if (incompatible.contains(subject)) {
      throw new Refused(409, 409, "Schema being registered is incompatible with an earlier schema");
    }
    int id = schemas.size() + 100;
    schemas.put(id, schema);
    subjects.computeIfAbsent(subject, any -> new ArrayList<>()).add(id);
    return JSON.createObjectNode().put("id", id);
  }

  private JsonNode config(String subject) throws Refused {
    String compatibility = compatibilities.get(subject);
    if (compatibility == null) {
      throw new Refused(404, 40408, "Subject does not have subject-level compatibility configured");
    }
    return JSON.createObjectNode().put("compatibilityLevel", compatibility);
  }

  private JsonNode configure(String subject, JsonNode body) throws Refused {
    if (wantsSubjectFirst && !subjects.containsKey(subject)) {
      throw new Refused(404, 40401, "Subject not found");
    }
    compatibilities.put(subject, body.path("compatibility").asText());
    return body;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
