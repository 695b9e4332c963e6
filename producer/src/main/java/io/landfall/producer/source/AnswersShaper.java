package io.landfall.producer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.schemas.AnswerOperation;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ArchivedAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Answers as rows of their own, each as it came: those in force, and those that are kept beside
 * them. By which address they were asked, when, and what became of the look does not count: only
 * what they say does.
 */
final class AnswersShaper implements RecordShaper {

  private static final String VERSION = "answers-1";
  private static final Pattern PAGE = Pattern.compile("(?:^|\\.)page-(\\d{1,9})$");

  private final AnswersConnector.Compared compared;

  AnswersShaper(AnswersConnector.Compared compared) {
    this.compared = compared;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public boolean concerns(Item item) {
    return true;
  }

  /** An answer that was given stays given. */
  @Override
  public Set<String> answersFor(Item item) {
    return Set.of();
  }

  @Override
  public boolean skipsOlder() {
    return false;
  }

  @Override
  public ShapedRecords shape(ItemAnswers answers) {
    List<ShapedRecords.Row> rows = new ArrayList<>();
    answers.getAnswers().forEach(answer -> rows.add(row(answers, answer, null)));
    answers
        .getNotInForce()
        .forEach(kept -> rows.add(row(answers, kept.getAnswer(), kept.getReason())));
    return new ShapedRecords(rows, List.of());
  }

  private ShapedRecords.Row row(ItemAnswers answers, ApiAnswer answer, @Nullable String whyNot) {
    byte[] body = AnswersConnector.bytes(answer);
    GenericRecord row = filled(answers, answer, whyNot);
    put(row, body, answer.getSha256());
    row.put("url", answer.getUrl());
    row.put("received_at", answer.getFetchedAt().toEpochMilli());
    Instant askedAt = answers.getAskedAt();
    row.put("asked_at", askedAt == null ? null : (Object) askedAt.toEpochMilli());
    GenericRecord counts = filled(answers, answer, whyNot);
    put(counts, compared.of(answers.getItem(), answer), "");
    counts.put("url", "");
    counts.put("received_at", 0L);
    counts.put("content_type", "");
    counts.put("why_not_in_force", null);
    counts.put("_coverage", "");
    return new ShapedRecords.Row(row, counts, false, Optional.empty());
  }

  private static GenericRecord filled(
      ItemAnswers answers, ApiAnswer answer, @Nullable String whyNot) {
    GenericRecord row = new GenericData.Record(ArchivedAnswer.getClassSchema());
    row.put("item", answers.getItem().getKey());
    row.put("request", answer.getEndpoint());
    row.put("in_force", whyNot == null);
    Matcher page = PAGE.matcher(answer.getEndpoint());
    row.put("page", page.find() ? (Object) Integer.valueOf(page.group(1)) : null);
    row.put("status", answer.getStatus());
    row.put("content_type", answer.getContentType());
    row.put("why_not_in_force", whyNot);
    row.put("_operation", AnswerOperation.UPSERT);
    row.put("_coverage", answers.getComplete() || whyNot != null ? "complete" : "cut short");
    return row;
  }

  private static void put(GenericRecord row, byte[] body, String sha256) {
    Optional<String> text = text(body);
    row.put("bytes", body.length);
    row.put("sha256", sha256);
    row.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
    row.put("body_encoding", text.isPresent() ? "text" : "base64");
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty(); // It is a picture, an archive, or of another encoding.
    }
  }
}
