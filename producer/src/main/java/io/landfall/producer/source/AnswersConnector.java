package io.landfall.producer.source;

import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** The answers of an API as one more dataset of its source. */
public final class AnswersConnector extends OfConnector {

  private final Dataset dataset;
  private final Derivation shaper;

  /** What counts of an answer's body. */
  @FunctionalInterface
  public interface Compared {
    /** Bytes that are the same where the answers say the same. */
    byte[] of(Item item, ApiAnswer answer);
  }

  /** The answers of a source. */
  public AnswersConnector(Connector source, Compared compared) {
    super(source);
    this.dataset = source.dataset().answers();
    this.shaper = new AnswersShaper(compared);
  }

  /** A source whose answers are landed too, each that differs in a byte from the one before. */
  public static Connector beside(Connector source) {
    return new OfConnector(source) {
      @Override
      public List<Connector> resources() {
        return Stream.concat(
                source.resources().stream(),
                Stream.of(new AnswersConnector(source, (item, answer) -> bytes(answer))))
            .toList();
      }
    };
  }

  /** The body of an answer. */
  public static byte[] bytes(ApiAnswer answer) {
    ByteBuffer body = answer.getBody();
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<Connector> resources() {
    return List.of(this);
  }

  @Override
  public Derivation shaper() {
    return shaper;
  }
}
