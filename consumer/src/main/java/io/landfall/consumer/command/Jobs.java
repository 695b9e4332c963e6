package io.landfall.consumer.command;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Settings;
import io.landfall.cli.lineage.DatasetName;
import io.landfall.cli.lineage.LineageDataset;
import io.landfall.cli.lineage.LineageDataset.Field;
import io.landfall.cli.lineage.LineageJob;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.schemas.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.types.StructType;

/** What the consumer does, for whoever is told of runs. */
final class Jobs {

  private Jobs() {}

  /**
   * From the landing topic to the bronze table.
   *
   * @param records read
   * @param rows appended
   */
  static LineageJob land(Dataset dataset, Settings settings, AtomicLong records, AtomicLong rows) {
    return new LineageJob(
        dataset.topics().positionGroup(),
        !settings.get(LandfallSettings.ONCE),
        List.of(
            LineageDataset.of(
                    DatasetName.topic(
                        settings.get(LandfallSettings.BOOTSTRAP_SERVERS), dataset.landing().name()))
                .counting(records::get)),
        List.of(
            LineageDataset.of(DatasetName.table(settings.get(LandfallSettings.TABLE)))
                .of(fields(BronzeSchema.columns(dataset.schema())))
                .counting(rows::get)));
  }

  private static List<Field> fields(StructType columns) {
    return Arrays.stream(columns.fields())
        .map(
            column ->
                new Field(
                    column.name(),
                    column.dataType().simpleString(),
                    column.getComment().getOrElse(() -> "")))
        .toList();
  }
}
