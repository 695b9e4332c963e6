package io.landfall.sandbox.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What some stations measured on some days, and what becomes of it later. */
final class WeatherService implements AutoCloseable {

  private final int stations;
  private final LocalDate first;
  private final int days;
  private final HttpServer server;
  private final Map<String, Map<Integer, Double>> corrections = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean rainIsRead;

  /** All of it is over, and no rain gauge was read yet. */
  WeatherService(int stations, LocalDate first, int days) throws IOException {
    this.stations = stations;
    this.first = first;
    this.days = days;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/days/", exchange -> answer(exchange, listed(last(exchange))));
    server.createContext("/air/", exchange -> answer(exchange, measured(exchange)));
    server.createContext(
        "/rain/", exchange -> answer(exchange, rainIsRead ? measured(exchange) : "{\"hours\":{}}"));
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers given so far. */
  int answers() {
    return answers.get();
  }

  void readTheRain() {
    rainIsRead = true;
  }

  /** The air of one hour was another; null: it was not measured at all. */
  void correct(String station, LocalDate day, int hour, @Nullable Double value) {
    corrections
        .computeIfAbsent("/air/" + station + "/" + day, path -> new ConcurrentHashMap<>())
        .put(hour, value == null ? Double.NaN : value);
  }

  /** Every item, with its day. */
  Map<String, LocalDate> items() {
    Map<String, LocalDate> items = new TreeMap<>();
    for (int day = 0; day < days; day++) {
      for (int station = 0; station < stations; station++) {
        items.put("S%d/%s".formatted(station, first.plusDays(day)), first.plusDays(day));
      }
    }
    return items;
  }

  private String listed(String day) {
    LocalDate date = LocalDate.parse(day);
    boolean over = !date.isBefore(first) && date.isBefore(first.plusDays(days));
    return IntStream.range(0, over ? stations : 0)
        .mapToObj(
            station ->
                "{\"id\":\"S%1$d\",\"name\":\"Station %1$d\",\"country\":\"CH\",\"state\":\"over\"}"
                    .formatted(station))
        .collect(Collectors.joining(",", "{\"stations\":[", "]}"));
  }

  private String measured(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    Map<Integer, Double> hours = new TreeMap<>();
    for (int hour = 0; hour < 24; hour++) {
      hours.put(hour, Math.floorMod((path + hour).hashCode(), 400) / 10.0);
    }
    hours.putAll(corrections.getOrDefault(path, Map.of()));
    return hours.entrySet().stream()
        .filter(hour -> !hour.getValue().isNaN())
        .map(hour -> "\"%d\":%s".formatted(hour.getKey(), hour.getValue()))
        .collect(Collectors.joining(",", "{\"hours\":{", "}}"));
  }

  private static String last(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      answers.incrementAndGet();
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
