package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Parsers;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.StorageFailure;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RecordHeader;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything of one dead letter. */
public final class DeadLettersShowCommand implements Command {

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);

  private static final Setting<Origin> ORIGIN =
      Setting.argument(
          "origin",
          "ORIGIN",
          Origin::parse,
          "Which dead letter: topic-partition@offset, as `dead-letters list` shows it.");

  private static final Setting<Path> BODY =
      Setting.optional(
          "body",
          "FILE",
          Parsers::path,
          "Write the record's value to this file, byte for byte. A file that is there is left as it is.");

  private final Connector connector;

  public DeadLettersShowCommand(Connector connector) {
    this.connector = connector;
  }

  @Override
  public String name() {
    return "dead-letters show";
  }

  @Override
  public String description() {
    return "Shows everything of one record that shape could not use.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Stream.of(ORIGIN, BODY), KafkaSettings.ALL.stream()).toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Origin origin = settings.get(ORIGIN);
    try (Cluster cluster = Cluster.look(settings, connector)) {
      DeadLetter letter =
          find(cluster, origin)
              .orElseThrow(
                  () ->
                      LandfallException.usage(
                          "There is no dead letter %s. `dead-letters list` shows all there are."
                              .formatted(origin)));
      Optional<Standing> standing =
          Letters.with(cluster, KafkaArchive::standings).stream()
              .filter(one -> one.letter().origin().equals(origin))
              .findFirst();
      settings.find(BODY).ifPresent(file -> write(letter, origin, file));
      lines(letter, origin, standing).forEach(out::println);
      settings.find(BODY).ifPresent(file -> out.println("Value written to " + file));
      return ExitCode.OK;
    }
  }

  private static Optional<DeadLetter> find(Cluster cluster, Origin origin) {
    return Letters.exist(cluster)
        ? Letters.with(cluster, archive -> archive.find(origin))
        : Optional.empty();
  }

  private static void write(DeadLetter letter, Origin origin, Path file) {
    byte @Nullable [] value = Letter.bytes(letter.getValue());
    if (value == null) {
      throw LandfallException.usage(
          letter.getComplete()
              ? "--body: record %s has no value".formatted(origin)
              : "--body: the value is too large for a dead letter; only its topic has it, at %s"
                  .formatted(origin));
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

  static List<String> lines(DeadLetter letter, Origin origin, Optional<Standing> standing) {
    List<String> lines = new ArrayList<>();
    lines.add("Dead letter " + origin);
    standing.ifPresent(one -> lines.add(line("state", state(one))));
    standing
        .flatMap(Standing::dismissal)
        .ifPresent(
            one ->
                lines.add(
                    line("dismissed", "%s: %s".formatted(one.getDecidedAt(), one.getBecause()))));
    Optional.ofNullable(letter.getKey()).ifPresent(key -> lines.add(line("item", text(key))));
    lines.add(line("reason", letter.getReason()));
    lines.add(line("detail", letter.getDetail()));
    lines.add(line("failed at", letter.getFailedAt().toString()));
    lines.add(line("code version", letter.getCodeVersion()));
    lines.add(line("timestamp", letter.getTimestamp().toString()));
    for (RecordHeader header : letter.getHeaders()) {
      ByteBuffer value = header.getValue();
      lines.add(line("header", header.getKey() + ": " + (value == null ? "" : text(value))));
    }
    byte @Nullable [] value = Letter.bytes(letter.getValue());
    if (value != null) {
      lines.add(line("value", "%,d bytes, SHA-256 %s".formatted(value.length, Letter.hash(value))));
      lines.addAll(answers(value));
    } else {
      lines.add(
          line(
              "value",
              letter.getComplete() ? "none" : "too large for a letter; only its topic has it"));
    }
    return lines;
  }

  private static String line(String name, String value) {
    return "  %-12s  %s".formatted(name, value);
  }

  private static String state(Standing standing) {
    if (standing.later().isEmpty()) {
      return standing.isInArchive()
          ? standing.state() + ", the archive has nothing later of its item"
          : standing.state() + ", the archive does not have this record (any more)";
    }
    return "%s, %s came later at offset %d"
        .formatted(
            standing.state(),
            standing.isLaterTheSame() ? "the same record" : "another record of its item",
            standing.later().getAsLong());
  }

  private static List<String> answers(byte[] value) {
    try {
      ItemAnswers answers = ANSWERS.decode(value);
      List<String> lines = new ArrayList<>();
      lines.add(line("fetched at", answers.getFetchedAt().toString()));
      for (ApiAnswer answer : answers.getAnswers()) {
        lines.add(
            line(
                "answer",
                "%s  %,d bytes  SHA-256 %s  %s"
                    .formatted(
                        answer.getEndpoint(),
                        answer.getBody().remaining(),
                        answer.getSha256(),
                        answer.getUrl())));
      }
      return lines;
    } catch (Undecodable e) {
      return List.of(line("", "not an item's answers: " + e.getMessage()));
    }
  }

  /** As text if it is some, else in hexadecimal digits. */
  private static String text(ByteBuffer bytes) {
    try {
      return UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      byte[] all = new byte[bytes.remaining()];
      bytes.duplicate().get(all);
      return "0x" + HexFormat.of().formatHex(all);
    }
  }
}
