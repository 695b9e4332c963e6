package io.landfall.consumer.bronze;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit says of itself. Nobody checks it: what a commit did, its actions tell.
 *
 * @param operation by Delta's name; empty where it is not told
 * @param parameters of the operation, as texts
 * @param who made it, as far as the log tells: user, cluster, notebook, engine
 * @param userMetadata what whoever committed it noted
 */
public record CommitInfo(
    String operation,
    Map<String, String> parameters,
    String who,
    Optional<Instant> when,
    Optional<String> userMetadata) {

  public static final CommitInfo NONE =
      new CommitInfo("", Map.of(), "", Optional.empty(), Optional.empty());

  public CommitInfo {
    parameters = Map.copyOf(parameters);
  }
}
