package io.landfall.consumer.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.schemas.nhl.NhlDatasets;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;

class ParquetSchemaTest {

  @Test
  void columnsHaveTheTypesThatSparkGivesThem() {
    assertThat(ParquetSchema.of(Everything.SECOND)).isEqualTo(spark(Everything.SECOND));
    Schema skaters = NhlDatasets.PLAYER_GAME_STATS.schema();
    assertThat(ParquetSchema.of(skaters)).isEqualTo(spark(skaters));
  }

  @Test
  void decimalsOfEveryPrecisionHaveTheWidthThatSparkGivesThem() {
    var fields = SchemaBuilder.record("Decimals").fields();
    for (int precision = 1; precision <= 38; precision++) {
      Schema decimal =
          LogicalTypes.decimal(precision, 1).addToSchema(Schema.create(Schema.Type.BYTES));
      fields = fields.name("d" + precision).type(decimal).noDefault();
    }
    Schema decimals = fields.endRecord();

    assertThat(ParquetSchema.of(decimals)).isEqualTo(spark(decimals));
  }

  private static MessageType spark(Schema schema) {
    return new SparkToParquetSchemaConverter(
            false, SQLConf.ParquetOutputTimestampType$.MODULE$.TIMESTAMP_MICROS(), false, false)
        .convert(BronzeSchema.columns(schema));
  }
}
