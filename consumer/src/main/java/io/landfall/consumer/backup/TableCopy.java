package io.landfall.consumer.backup;

import io.landfall.consumer.landing.Offsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One table of a backup, at one version.
 *
 * @param suffix of its folder's name, behind that of the bronze table
 * @param tableId what Delta tells tables apart by
 * @param topicId the id of the topic that its rows came from; empty where it does not say
 * @param position where it stands; empty where its rows tell no offsets
 * @param rows how many it holds
 * @param data the files of its rows
 * @param log the files of its log, in the order in which they are to be restored
 */
public record TableCopy(
    String suffix,
    long version,
    String tableId,
    String topicId,
    Optional<Offsets> position,
    long rows,
    List<StoredFile> data,
    List<StoredFile> log) {

  public TableCopy {
    data = List.copyOf(data);
    log = List.copyOf(log);
  }

  /** Every file of it, in the order in which they are to be restored. */
  List<StoredFile> files() {
    List<StoredFile> files = new ArrayList<>(data);
    files.addAll(log);
    return files;
  }
}
