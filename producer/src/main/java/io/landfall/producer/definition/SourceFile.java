package io.landfall.producer.definition;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a source. */
public final class SourceFile {

  private SourceFile() {}

  /**
   * What stands in it.
   *
   * @throws LandfallException if it cannot be read, or is no text
   */
  public static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlText.MOST_CHARACTERS + 1);
      if (bytes.length > YamlText.MOST_CHARACTERS) {
        throw LandfallException.usage(
            "%s is larger than %,d bytes; the file of a source is not"
                .formatted(file, YamlText.MOST_CHARACTERS));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw LandfallException.usage("%s is not text in UTF-8; save it as such".formatted(file), e);
    } catch (IOException e) {
      throw LandfallException.usage(
          "%s cannot be read: %s".formatted(file, Reason.of(e).replace(file + ": ", "")), e);
    }
  }
}
