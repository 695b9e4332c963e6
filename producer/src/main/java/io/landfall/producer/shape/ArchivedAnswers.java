package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.producer.shape.NotUsable.Reason;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Record;

/** A record of the archive as what it holds. */
final class ArchivedAnswers {

  private static final SingleObjectFormat<ItemAnswers> FORMAT =
      SingleObjectFormat.of(ItemAnswers.class);

  private ArchivedAnswers() {}

  /**
   * The answers.
   *
   * @throws NotUsable if it holds no answers of the item that it is of
   */
  static ItemAnswers decode(Record<byte[], byte[]> input) {
    try {
      if (input.key() == null || input.value() == null) {
        throw new Undecodable("A record of the archive has a key and a value");
      }
      ItemAnswers answers = FORMAT.decode(input.value());
      if (!Arrays.equals(input.key(), answers.getItem().getKey().getBytes(UTF_8))) {
        throw new Undecodable(
            "The record's key is %s, and its item %s"
                .formatted(new String(input.key(), UTF_8), answers.getItem().getKey()));
      }
      return answers;
    } catch (Undecodable e) {
      throw new NotUsable(Reason.UNDECODABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** A part of a derivation. Nothing of it is written before all of it is there. */
  static <T> T derived(Supplier<T> part) {
    try {
      return part.get();
    } catch (NotUsable e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A pure function of this one record: it would fail again after each start, and no record
      // behind this one would ever be shaped.
      throw new NotUsable(Reason.UNSHAPEABLE, e.toString(), e);
    }
  }
}
