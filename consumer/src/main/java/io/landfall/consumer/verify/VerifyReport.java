package io.landfall.consumer.verify;

import io.landfall.consumer.bronze.CheckedRows.Unreadable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.verify.Problem.Kind;
import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param version of the table
 * @param position up to where of the topic everything should be in the table
 * @param items whose newest manifest that the table should hold was compared with its rows
 * @param notLanded items of which the table does not have the newest revision yet
 * @param notComparable items of which topic or manifests have lost the beginning
 * @param records that the topic has before the position
 * @param rows that were read from the table
 * @param quarantined records among them that are in the quarantine table
 * @param leftOut records among them that a row from an earlier topic says already
 * @param expired rows whose records the topic no longer has: only looked at one by one
 * @param ofOtherTopics rows that were landed from an earlier topic
 * @param unreadable files, whose rows are missing for every reader
 * @param findings one for each item that is not as its manifests say
 * @param counts of rows by what is wrong with them
 * @param named the first ones of each kind
 * @param missing what the topic has and the table has not
 */
public record VerifyReport(
    long version,
    Offsets position,
    int items,
    int notLanded,
    int notComparable,
    long records,
    long rows,
    long quarantined,
    long leftOut,
    long expired,
    long ofOtherTopics,
    boolean isDeep,
    List<Unreadable> unreadable,
    List<ItemFinding> findings,
    Map<Kind, Long> counts,
    List<Problem> named,
    OffsetSet missing) {

  public VerifyReport {
    unreadable = List.copyOf(unreadable);
    findings = List.copyOf(findings);
    counts = Map.copyOf(counts);
    named = List.copyOf(named);
  }

  /** How much is wrong: rows, items and files. */
  public long differences() {
    return unreadable.size()
        + counts.values().stream().mapToLong(Long::longValue).sum()
        + findings.stream().filter(finding -> !finding.isQuarantinedOnly()).count();
  }

  /** Whether the table holds what it should. */
  public boolean isWhole() {
    return unreadable.isEmpty()
        && counts.isEmpty()
        && findings.stream().allMatch(ItemFinding::isQuarantinedOnly);
  }
}
