package io.landfall.consumer.watch;

import java.util.ArrayList;
import java.util.List;

/** Who made a commit, as far as a log tells: Delta notes no user by itself, Databricks does. */
public final class CommitAuthor {

  private CommitAuthor() {}

  /** In words; each part is empty where it is not told. */
  public static String of(
      String userName, String userId, String cluster, String notebook, String job, String engine) {
    List<String> parts = new ArrayList<>();
    if (!userName.isEmpty() || !userId.isEmpty()) {
      parts.add("user " + (userName.isEmpty() ? userId : userName));
    }
    add(parts, "cluster ", cluster);
    add(parts, "notebook ", notebook);
    add(parts, "job ", job);
    add(parts, "", engine);
    return parts.isEmpty() ? "somebody unnamed" : String.join(", ", parts);
  }

  private static void add(List<String> parts, String kind, String name) {
    if (!name.isEmpty()) {
      parts.add(kind + name);
    }
  }
}
