package io.landfall.producer.rest;

import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.rest.ask.Look;
import io.landfall.schemas.ApiAnswer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Pages of a look as answers of the archive. */
final class Came {

  private Came() {}

  /** In the order in which they came. */
  static List<ApiAnswer> answers(String prefix, Look look) {
    return look.pages().stream().map(page -> answer(prefix, page)).toList();
  }

  private static ApiAnswer answer(String prefix, Look.Page page) {
    return new ApiAnswer(
        prefix + page.endpoint(),
        page.url().toString(),
        page.status(),
        page.contentType(),
        page.receivedAt(),
        sha256(page.body()),
        ByteBuffer.wrap(page.body()));
  }

  /** What stands before the names of an ask's pages: nothing where an item has one ask alone. */
  static String prefix(Ask ask, boolean isListed) {
    return isListed && !ask.name().isEmpty() ? ask.name() + "." : "";
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java has SHA-256", e);
    }
  }

  /** Of names, whatever their order. */
  static String sha256(Collection<String> names) {
    return sha256(
        String.join("\n", names.stream().sorted().toList())
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
