package io.landfall.producer.source;

import java.util.Map;

/**
 * What is held of an item.
 *
 * @param hashes for each endpoint in the archive, the SHA-256 of its latest body, 64 hexadecimal
 *     digits
 * @param complete whether these answers were found to be all that there is
 */
public record Held(Map<String, String> hashes, boolean complete) {

  public Held {
    hashes = Map.copyOf(hashes);
  }

  /** Whether this body is the one that is held. */
  public boolean has(String endpoint, String sha256) {
    return sha256.equals(hashes.get(endpoint));
  }
}
