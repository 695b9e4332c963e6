package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * How much a query takes at once, and where it keeps what may be deleted.
 *
 * @param recordsPerCommit about the most
 */
public record IngestSettings(int recordsPerCommit, Path scratch) {

  public static final List<Setting<?>> ALL =
      List.of(LandfallSettings.RECORDS_PER_COMMIT, LandfallSettings.SCRATCH_DIR);

  public static IngestSettings of(Settings settings) {
    return new IngestSettings(
        settings.get(LandfallSettings.RECORDS_PER_COMMIT),
        settings.get(LandfallSettings.SCRATCH_DIR));
  }

  /** The same with a folder of one process alone. */
  public IngestSettings in(Path folder) {
    return new IngestSettings(recordsPerCommit, folder);
  }
}
