package io.landfall.consumer.command;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.schemas.Dataset;
import java.util.Optional;

/** The tables that the commands on quarantine read. */
final class QuarantineTables {

  private QuarantineTables() {}

  /** What is to be known of them. */
  interface Question {

    /**
     * @param beside there, or not
     */
    void ask(BronzeTable bronze, ReadableTable beside);
  }

  /** Asks, without Spark where that can be. */
  static void read(Dataset dataset, String command, Settings settings, Question question)
      throws InterruptedException {
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      ask(folder.get(), Tables.besideWithoutSpark(folder.get(), settings), deployed, question);
      return;
    }
    try (SparkProcess process = SparkProcess.start(settings, command)) {
      SparkTable bronze = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
      ask(
          bronze,
          new SparkTable(process.spark(), QuarantineTable.beside(bronze.location())),
          deployed,
          question);
    }
  }

  private static void ask(
      BronzeTable bronze, ReadableTable beside, Dataset deployed, Question question) {
    Tables.requireReadable(bronze, deployed)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    question.ask(bronze, beside);
  }
}
