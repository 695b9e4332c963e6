package io.landfall.producer.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A browser without a window, driven through its own debugging protocol. */
final class Chromium {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> calls;
  private final AtomicInteger number = new AtomicInteger();

  /** What the page wrote to its console, and what the browser had against it. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  /** Every address that the page asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private Chromium(
      Process process, WebSocket socket, Map<Integer, CompletableFuture<JsonNode>> calls) {
    this.process = process;
    this.socket = socket;
    this.calls = calls;
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    boolean connected = false;
    try {
      Chromium chromium = connect(process, listening(process));
      connected = true;
      return chromium;
    } finally {
      if (!connected) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** What it says first, and where it listens. */
  private static URI listening(Process process) throws IOException {
    BufferedReader out = process.inputReader(UTF_8);
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.startsWith(LISTENING)) {
        Thread rest = new Thread(() -> out.lines().forEach(said::add), "chromium");
        rest.setDaemon(true);
        rest.start();
        return URI.create(line.substring(LISTENING.length()));
      }
    }
    throw new IllegalStateException("Chromium ended: " + String.join("\n", said));
  }

  private static Chromium connect(Process process, URI browser) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    URI list = URI.create("http://%s/json/list".formatted(browser.getAuthority()));
    JsonNode pages =
        JSON.readTree(
            http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body());
    String page = "";
    for (JsonNode one : pages) {
      if (one.path("type").asText().equals("page")) {
        page = one.path("webSocketDebuggerUrl").asText();
      }
    }
    Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    CompletableFuture<Chromium> owner = new CompletableFuture<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(page),
                new WebSocket.Listener() {
                  private final StringBuilder message = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence data, boolean last) {
                    message.append(data);
                    from.request(1);
                    if (last) {
                      String whole = message.toString();
                      message.setLength(0);
                      var unused = owner.thenAccept(chromium -> chromium.receive(whole));
                    }
                    return CompletableFuture.completedStage(null);
                  }
                })
            .get(30, TimeUnit.SECONDS);
    Chromium chromium = new Chromium(process, socket, calls);
    owner.complete(chromium);
    for (String domain : List.of("Page", "Runtime", "Network", "Log", "Audits")) {
      chromium.call(domain + ".enable", Map.of());
    }
    return chromium;
  }

  private void receive(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.has("id")) {
        Optional.ofNullable(calls.remove(message.path("id").asInt()))
            .ifPresent(call -> call.complete(message));
        return;
      }
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requests.add(parameters.path("request").path("url").asText());
        case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
            complaints.add(parameters.toString());
        case "Audits.issueAdded" -> {
          if (parameters.toString().contains("ContentSecurityPolicy")) {
            complaints.add(parameters.toString());
          }
        }
        default -> {
          // Nobody asked.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
    call.set("params", JSON.valueToTree(parameters));
    socket.sendText(call.toString(), true).get(30, TimeUnit.SECONDS);
    JsonNode message = answer.get(30, TimeUnit.SECONDS);
    if (message.has("error")) {
      throw new IllegalStateException(method + ": " + message);
    }
    return message.path("result");
  }

  /** What an expression gives on the page. */
  String eval(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result);
    }
    return result.path("result").path("value").asText();
  }

  void show(int width, int height, String theme) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
  }

  void open(String url) throws Exception {
    call("Page.navigate", Map.of("url", url));
    await(
        "the page",
        () -> is("document.readyState === 'complete' && location.href !== 'about:blank'"));
  }

  boolean is(String expression) {
    try {
      return eval(expression).equals("true");
    } catch (Exception e) {
      // Between two pages there is none to ask.
      return false;
    }
  }

  void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " was not seen; " + complaints);
      }
      Thread.sleep(50);
    }
  }

  /** The whole page, also what one would have to scroll for. */
  byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .path("data")
                .asText());
  }

  /** Its helpers may write into its folder a moment longer. */
  void end() throws InterruptedException {
    socket.abort();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
