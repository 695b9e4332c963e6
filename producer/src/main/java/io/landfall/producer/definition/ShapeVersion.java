package io.landfall.producer.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A name for how rows are made of records: it changes with whatever in a resource's definition may
 * change a row, and with nothing else.
 */
public final class ShapeVersion {

  private static final int BYTES = 6;

  /** Changed by hand where the same definition comes to make other rows. */
  private static final String DERIVATION = "1";

  private ShapeVersion() {}

  /** Twelve hexadecimal digits. */
  public static String of(ResourceDefinition resource) {
    byte[] hash = sha256().digest(String.join("\n", lines(resource)).getBytes(UTF_8));
    return HexFormat.of().formatHex(hash, 0, BYTES);
  }

  private static List<String> lines(ResourceDefinition resource) {
    List<String> lines = new ArrayList<>();
    lines.add("derivation " + DERIVATION);
    lines.add("records " + resource.records());
    lines.add("each " + resource.each());
    lines.add("key " + resource.key());
    lines.add(
        "deleted "
            + resource
                .deleted()
                .map(deleted -> deleted.at() + " " + new TreeSet<>(deleted.in()))
                .orElse("never"));
    lines.add("version " + resource.sourceVersion());
    lines.add("older skipped " + resource.olderSkipped());
    lines.add("ignore " + resource.ignore());
    lines.add("keep record " + resource.keepRecord());
    for (FieldDefinition field : resource.fields()) {
      lines.add(
          "field %s %s %s %s %s"
              .formatted(field.name(), field.origin(), field.type(), field.as(), field.retired()));
    }
    return lines;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
