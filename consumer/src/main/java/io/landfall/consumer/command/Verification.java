package io.landfall.consumer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Refusal;
import io.landfall.cli.Settings;
import io.landfall.cli.StorageFailure;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.StartCheck;
import io.landfall.consumer.kernel.KernelCheckedRows;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.verify.OffsetSet;
import io.landfall.consumer.verify.QuarantinedOffsets;
import io.landfall.consumer.verify.ScratchFailure;
import io.landfall.consumer.verify.Verify;
import io.landfall.consumer.verify.VerifyReport;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Verifies the table that the settings name; for whoever wants to know. */
final class Verification {

  private final Settings settings;
  private final Dataset dataset;
  private final boolean isDeep;
  private final Progress progress;

  Verification(Settings settings, Dataset dataset, boolean isDeep, Progress progress) {
    this.settings = settings;
    this.dataset = dataset;
    this.isDeep = isDeep;
    this.progress = progress;
  }

  /** Without Spark where the table can be read without it. */
  VerifyReport of(String name) throws InterruptedException {
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      return of(folder.get(), name);
    }
    try (SparkProcess process = SparkProcess.start(settings, name)) {
      return of(new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE)), process);
    }
  }

  /**
   * Of a table in a folder.
   *
   * @param name of the scratch folder
   */
  VerifyReport of(KernelTable table, String name) throws InterruptedException {
    requireReadable(table);
    KernelCheckedRows rows = table.allRows();
    Path scratchDir = settings.get(LandfallSettings.SCRATCH_DIR);
    StorageFailure.requireWritable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir);
    try (ScratchFolder scratch = ScratchFolder.in(scratchDir, name)) {
      return of(
          table,
          rows,
          () -> table.state(rows.snapshot()),
          table.landed(rows.snapshot()),
          (topicId, beginnings) -> quarantined(table, topicId, beginnings),
          scratch.path());
    } catch (IOException e) {
      throw StorageFailure.unusable(LandfallSettings.SCRATCH_DIR.flag(), scratchDir, e);
    }
  }

  /** Of a table that Spark reads. */
  VerifyReport of(SparkTable table, SparkProcess process) throws InterruptedException {
    requireReadable(table);
    TableState state = table.state();
    return of(
        table,
        table.allRows(state.version()),
        () -> state,
        table.landed(state.version()),
        (topicId, beginnings) -> quarantined(table, process, topicId, beginnings),
        process.scratch());
  }

  private interface Quarantine {
    OffsetSet now(String topicId, Offsets beginnings) throws InterruptedException;
  }

  private OffsetSet quarantined(KernelTable table, String topicId, Offsets beginnings)
      throws InterruptedException {
    KernelTable beside = Tables.besideWithoutSpark(table, settings);
    return beside.exists()
        ? QuarantinedOffsets.in(beside.allRows(), topicId, beginnings)
        : OffsetSet.from(beginnings.byPartition());
  }

  private static OffsetSet quarantined(
      SparkTable table, SparkProcess process, String topicId, Offsets beginnings)
      throws InterruptedException {
    SparkTable beside = new SparkTable(process.spark(), QuarantineTable.beside(table.location()));
    return beside.exists()
        ? QuarantinedOffsets.in(beside.allRows(beside.version()), topicId, beginnings)
        : OffsetSet.from(beginnings.byPartition());
  }

  private void requireReadable(BronzeTable table) {
    var unused = Tables.requireReadable(table, dataset);
  }

  private interface Question<T> {
    T answer();
  }

  private VerifyReport of(
      BronzeTable table,
      CheckedRows rows,
      Question<TableState> state,
      Optional<Offsets> told,
      Quarantine quarantined,
      Path scratch)
      throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    try (LandingTopic topic = KafkaLandingTopic.existing(dataset.landing(), kafka)) {
      TableDescription described = table.describe();
      Refusal.requireNone(
          new TableCheck(table.location(), dataset).otherTopic(described, topic.id()));
      Offsets ends = topic.committedEnds();
      StartCheck.requireNotShorter(topic, told.orElse(Offsets.START));
      // Rows that say that they come from behind the end of the topic, somebody made up.
      Offsets begins = described.begins();
      Offsets beginnings = topic.beginnings().furthest(begins);
      Offsets position = position(state, rows, topic.id()).furthest(begins).nearest(ends);
      Offsets landed = position.furthest(told.orElse(position));
      Verify.Subject subject =
          new Verify.Subject(
              dataset,
              topic.id(),
              described.earlierTopicIds(),
              beginnings,
              begins,
              described.hasBegunLate(),
              position,
              landed,
              rows,
              quarantined.now(topic.id(), beginnings),
              quarantinedEarlier(quarantined, described),
              scratch,
              isDeep);
      return new Verify(subject, kafka, progress).run();
    } catch (ScratchFailure e) {
      throw StorageFailure.unusable(
          LandfallSettings.SCRATCH_DIR.flag(), settings.get(LandfallSettings.SCRATCH_DIR), e.why());
    }
  }

  private static Map<Integer, Long> quarantinedEarlier(
      Quarantine quarantined, TableDescription described) throws InterruptedException {
    Map<Integer, Long> open = new HashMap<>();
    for (String topicId : described.earlierTopicIds()) {
      if (!topicId.equals(described.topicId())) {
        quarantined
            .now(topicId, Offsets.START)
            .bits()
            .forEach((in, offsets) -> open.merge(in, (long) offsets.cardinality(), Long::sum));
      }
    }
    return open;
  }

  /**
   * Where the table stands; by the rows that can be read, if they must be asked and some cannot.
   */
  private static Offsets position(Question<TableState> state, CheckedRows rows, String topicId)
      throws InterruptedException {
    try {
      return state.answer().position();
    } catch (LandfallException e) {
      throw e;
    } catch (RuntimeException e) {
      // The commits do not tell, and a file that holds rows is broken, which each reader says in
      // its own way. Where nothing is broken, the second reading fails as the first one did.
      return Verify.ends(rows, topicId);
    }
  }
}
