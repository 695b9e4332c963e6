package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.StorageFailure;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.quarantine.Body;
import io.landfall.consumer.quarantine.Entries;
import io.landfall.consumer.quarantine.Entry;
import io.landfall.consumer.quarantine.Place;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code quarantine show}: everything of one record that is no row. */
public final class QuarantineShowCommand implements Command {

  private static final Setting<Place> ORIGIN =
      Setting.argument(
          "origin",
          "ORIGIN",
          Place::parse,
          "Which record: topic-partition@offset, as `quarantine list` shows it.");

  private static final Setting<Path> BODY =
      Setting.optional(
          "body",
          "FILE",
          Parsers::path,
          "Write the record's value to this file, byte for byte. A file that is there is left as it is.");

  /** Bytes of a value that are shown: its header, and a little more. */
  private static final int SHOWN = 32;

  private final Dataset dataset;

  public QuarantineShowCommand(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "quarantine show";
  }

  @Override
  public String description() {
    return "Shows everything of one record that is no row of the table.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        ORIGIN,
        BODY,
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.TABLE,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    QuarantineTables.read(
        dataset, name(), settings, (bronze, beside) -> show(bronze, beside, settings, out));
    return ExitCode.OK;
  }

  private static void show(
      BronzeTable bronze, ReadableTable beside, Settings settings, PrintStream out) {
    Place place = settings.get(ORIGIN);
    int[] found = new int[1];
    if (beside.exists() && Tables.topic(bronze).equals(place.topic())) {
      Entries.of(beside)
          .at(
              place,
              (entry, body) -> {
                found[0]++;
                settings.find(BODY).ifPresent(file -> write(body, place, file));
                print(place, entry, body, out);
                settings.find(BODY).ifPresent(file -> out.println("Value written to " + file));
              });
    }
    if (found[0] == 0) {
      throw LandfallException.usage(
          "There is no record %s in the quarantine table at %s. `quarantine list` shows all there are."
              .formatted(place, beside.location()));
    }
  }

  private static void write(Body body, Place place, Path file) {
    byte @Nullable [] value = body.value();
    if (value == null) {
      throw LandfallException.usage("--body: record %s has no value".formatted(place));
    }
    try {
      Files.write(file, value, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw LandfallException.usage(
          "--body: %s is there already and is left as it is; name another file".formatted(file), e);
    } catch (IOException e) {
      throw StorageFailure.unusable("--body", file, e);
    }
  }

  private static void print(Place place, Entry entry, Body body, PrintStream out) {
    out.println("Record " + place);
    line(out, "state", entry.state());
    line(out, "reason", entry.reason());
    line(out, "detail", entry.detail());
    line(out, "schema", entry.fingerprint() == null ? "not told" : entry.fingerprint());
    line(out, "quarantined", entry.quarantinedAt().toString());
    line(out, "code version", entry.codeVersion());
    line(out, "timestamp", entry.timestamp().toString());
    line(out, "topic id", entry.topicId());
    line(out, "key", text(body.key()));
    Optional.ofNullable(body.headers()).ifPresent(headers -> line(out, "headers", headers));
    byte @Nullable [] value = body.value();
    line(
        out,
        "value",
        value == null ? "none" : "%,d bytes, %s".formatted(value.length, beginning(value)));
    out.flush();
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("  %-12s  %s%n", name, VisibleText.of(value).text());
  }

  private static String beginning(byte[] value) {
    int shown = Math.min(SHOWN, value.length);
    return "0x" + HexFormat.of().formatHex(value, 0, shown) + (shown < value.length ? "…" : "");
  }

  /** As text if it is some, else in hexadecimal digits. */
  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "none";
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
  }
}
