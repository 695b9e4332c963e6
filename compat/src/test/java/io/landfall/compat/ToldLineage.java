package io.landfall.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.lineage.DatasetName;
import io.landfall.cli.lineage.Lineage;
import io.landfall.cli.lineage.LineageDataset;
import io.landfall.cli.lineage.LineageJob;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.lineage.RunEnd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A run that a service is told of, with the libraries that an old Spark has; prints the events. */
public final class ToldLineage {

  private ToldLineage() {}

  public static void main(String[] args) throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          System.out.println(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    service.start();
    LineageSettings settings =
        new LineageSettings(
            Optional.of(URI.create("http://127.0.0.1:" + service.getAddress().getPort())),
            "landfall",
            Optional.empty());
    LineageJob job =
        new LineageJob(
            "job",
            false,
            List.of(),
            List.of(
                LineageDataset.of(new DatasetName("file", "/data/bronze")).counting(() -> 180)));
    String result =
        new Lineage(settings, Clock.systemUTC())
            .of(job, () -> "ran to its end", done -> RunEnd.COMPLETE);
    System.out.println(result);
    service.stop(0);
  }
}
