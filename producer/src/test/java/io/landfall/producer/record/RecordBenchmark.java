package io.landfall.producer.record;

import static io.landfall.producer.record.Resources.field;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SchemaHistory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * How many records become encoded rows in a second of one thread's time: {@code RecordBenchmark
 * [PAGES]}.
 */
public final class RecordBenchmark {

  /** Other programs on the same machine do not count. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final int RECORDS_OF_A_PAGE = 1_000;

  private RecordBenchmark() {}

  /** An earthquake, as the first source has it. */
  private static String record(int id) {
    return "{\"type\":\"Feature\",\"properties\":{\"mag\":%d.%d,\"place\":\"%d km SE of Somewhere, Alaska\",\"time\":%d,\"updated\":%d,\"tz\":null,\"url\":\"https://earthquake.usgs.gov/earthquakes/eventpage/ak%d\",\"detail\":\"https://earthquake.usgs.gov/fdsnws/event/1/query?eventid=ak%d&format=geojson\",\"felt\":null,\"cdi\":null,\"mmi\":null,\"alert\":null,\"status\":\"reviewed\",\"tsunami\":0,\"sig\":%d,\"net\":\"ak\",\"code\":\"%d\",\"ids\":\",ak%d,us%d,\",\"sources\":\",ak,us,\",\"types\":\",origin,phase-data,\",\"nst\":null,\"dmin\":null,\"rms\":0.57,\"gap\":null,\"magType\":\"ml\",\"type\":\"earthquake\",\"title\":\"M 1.2 - Somewhere\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[-149.%d,61.%d,%d.1]},\"id\":\"ak%d\"}"
        .formatted(
            id % 7,
            id % 10,
            id % 90,
            1746316800000L + id,
            1746316900000L + id,
            id,
            id,
            id % 999,
            id,
            id,
            id,
            id % 9999,
            id % 9999,
            id % 40,
            id);
  }

  private static FieldDefinition at(String name, String at, Kind kind, As as) {
    return field(name, new Origin.OfRecord(JsonPointer.compile(at)), kind, as);
  }

  public static void main(String[] args) throws UnusableBody {
    int pages = args.length == 0 ? 1_000 : Integer.parseInt(args[0]);
    ResourceDefinition quakes =
        Resources.things(
            List.of("id"),
            at("id", "/id", Kind.TEXT, As.PLAIN),
            at("time", "/properties/time", Kind.TIMESTAMP, As.EPOCH_MILLIS),
            at("updated", "/properties/updated", Kind.TIMESTAMP, As.EPOCH_MILLIS),
            at("mag", "/properties/mag", Kind.DOUBLE, As.PLAIN),
            at("mag_type", "/properties/magType", Kind.TEXT, As.PLAIN),
            at("place", "/properties/place", Kind.TEXT, As.PLAIN),
            at("status", "/properties/status", Kind.TEXT, As.PLAIN),
            at("felt", "/properties/felt", Kind.INT, As.PLAIN),
            at("sig", "/properties/sig", Kind.INT, As.PLAIN),
            at("net", "/properties/net", Kind.TEXT, As.PLAIN),
            at("ids", "/properties/ids", Kind.TEXT, As.PLAIN),
            at("rms", "/properties/rms", Kind.DOUBLE, As.PLAIN),
            at("longitude", "/geometry/coordinates/0", Kind.DOUBLE, As.PLAIN),
            at("latitude", "/geometry/coordinates/1", Kind.DOUBLE, As.PLAIN),
            at("depth_km", "/geometry/coordinates/2", Kind.DOUBLE, As.PLAIN));
    Schema schema = Resources.schema(quakes);
    RowFormat format =
        new RowFormat(
            Dataset.defined(
                "test",
                "test",
                "things",
                SchemaHistory.of(List.of(schema)),
                quakes.key(),
                List.of(),
                List.of()));
    StringBuilder text = new StringBuilder("[");
    for (int id = 0; id < RECORDS_OF_A_PAGE; id++) {
      text.append(id == 0 ? "" : ",\n").append(record(id));
    }
    byte[] body = text.append("]").toString().getBytes(UTF_8);
    Item item =
        new Item(
            "things/whole",
            LocalDate.EPOCH,
            LocalDate.EPOCH,
            "things",
            ItemState.AVAILABLE,
            Map.of("resource", "things", "kind", "whole"));
    RecordReader reader = new RecordReader(quakes.records());
    RecordRows rows = new RecordRows(quakes, schema, (column, value) -> {});
    GenericData.EnumSymbol upsert =
        new GenericData.EnumSymbol(schema.getField("_operation").schema(), "UPSERT");
    long bytes = 0;
    long start = CPU.getCurrentThreadCpuTime();
    for (int page = 0; page < pages; page++) {
      if (page == pages / 10) {
        start = CPU.getCurrentThreadCpuTime();
      }
      RecordRows.Answer answer = rows.of(item, "page-1", "5ha", body);
      List<ShapedRecords.Row> made = new ArrayList<>(RECORDS_OF_A_PAGE);
      reader.read(body).forEach(record -> answer.add(record, made, new ArrayList<>()));
      for (ShapedRecords.Row row : made) {
        row.row().put("_revision", 1);
        row.row().put("_operation", upsert);
        row.row().put("_content_hash", "");
        row.row().put("_fetched_at", 0L);
        row.row().put("_shape_version", "");
        bytes += format.encode(row.row()).length;
      }
    }
    double seconds = (CPU.getCurrentThreadCpuTime() - start) / 1e9;
    System.out.printf(
        "%,d records/s (%,d of %,d bytes each; %,d bytes of rows)%n",
        Math.round((pages - pages / 10) * (double) RECORDS_OF_A_PAGE / seconds),
        (long) pages * RECORDS_OF_A_PAGE,
        body.length / RECORDS_OF_A_PAGE,
        bytes);
  }
}
