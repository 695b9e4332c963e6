package io.landfall.producer.source;

import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is held of an item.
 *
 * @param hashes for each endpoint of which an answer is in force, the SHA-256 of its body, 64
 *     hexadecimal digits
 * @param complete whether these answers were found to be all that there is
 * @param quality how much they say, by measures of the source's own; more is better
 * @param notInForce for each endpoint whose latest answer was not put in force, why
 * @param answers reads the answers in force from the archive, which takes a while; empty where
 *     nothing is held, or the archive has lost it
 * @param position where the next look goes on, by names of the source's own
 * @param changedAt since when what is in force is the same; empty while nothing is held
 */
public record Held(
    Map<String, String> hashes,
    boolean complete,
    Map<String, Integer> quality,
    Map<String, Refusal> notInForce,
    Supplier<Optional<ItemAnswers>> answers,
    Map<String, String> position,
    Optional<Instant> changedAt) {

  public Held {
    hashes = Map.copyOf(hashes);
    quality = Map.copyOf(quality);
    notInForce = Map.copyOf(notInForce);
    position = Map.copyOf(position);
  }

  /** The same where no look goes on from another. */
  public Held(
      Map<String, String> hashes,
      boolean complete,
      Map<String, Integer> quality,
      Map<String, Refusal> notInForce,
      Supplier<Optional<ItemAnswers>> answers) {
    this(hashes, complete, quality, notInForce, answers, Map.of(), Optional.empty());
  }

  /** Whether this body is the one that is in force. */
  public boolean has(String endpoint, String sha256) {
    return sha256.equals(hashes.get(endpoint));
  }

  /** The same, of which the archive has lost the answers: only how good they were is known. */
  public Held lost() {
    return new Held(Map.of(), false, quality, notInForce, Optional::empty, position, changedAt);
  }

  /** The same, to be judged anew. */
  public Held toBeJudged() {
    return new Held(hashes, false, quality, notInForce, answers, position, changedAt);
  }
}
