package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.SourceDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that describes a source. */
final class DefinitionFile {

  private DefinitionFile() {}

  /**
   * What it says.
   *
   * @throws LandfallException if it cannot be read, or with all that is wrong with it
   */
  static SourceDefinition read(Path file) {
    return Definitions.read(file.toString(), text(file));
  }

  static String text(Path file) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
    } catch (NoSuchFileException e) {
      throw LandfallException.usage("There is no file %s".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw LandfallException.usage("%s is not UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw LandfallException.usage("%s cannot be read: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
