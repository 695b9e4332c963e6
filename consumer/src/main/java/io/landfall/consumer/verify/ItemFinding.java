package io.landfall.consumer.verify;

import io.landfall.cli.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * What the table lacks of one item, or has wrong.
 *
 * @param revision the newest that the table should hold
 * @param wanted rows in force, as the manifest has it
 * @param found rows in force, as the table has it
 * @param hash whether the hash of those in force is the manifest's
 * @param quarantined rows that could not be decoded, and wait in the quarantine table
 * @param earlier the first older revision that was not as its manifest says; 0 for none
 */
public record ItemFinding(
    String item,
    int revision,
    long wanted,
    long found,
    boolean hash,
    long missing,
    long quarantined,
    long doubled,
    long damaged,
    int earlier) {

  /** Whether nothing more is wrong than that rows wait in quarantine. */
  public boolean isQuarantinedOnly() {
    return quarantined > 0 && missing == 0 && doubled == 0 && damaged == 0;
  }

  /** In words. */
  public String description() {
    List<String> parts = new ArrayList<>();
    add(parts, missing, "missing");
    add(parts, doubled, "doubled");
    add(parts, damaged, "damaged");
    add(parts, quarantined, "in quarantine");
    if (wanted != found) {
      parts.add("%,d in force, not %,d".formatted(found, wanted));
    } else if (!hash) {
      parts.add("rows in force have another hash than the manifest");
    }
    if (earlier > 0) {
      parts.add("revision %d is not as its manifest says".formatted(earlier));
    }
    return String.join("; ", parts);
  }

  private static void add(List<String> parts, long rows, String what) {
    if (rows > 0) {
      parts.add("%s %s".formatted(Count.of(rows, "row"), what));
    }
  }
}
