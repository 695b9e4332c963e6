package io.landfall.consumer.door;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On folders of this machine. */
class DoorTest extends DoorContract {

  @TempDir private Path temporary;

  @Override
  protected SparkSession spark() {
    return SharedSpark.session();
  }

  @Override
  protected Folder folder() {
    return Folder.of(temporary);
  }

  /** An object of an object store is in nobody's way. */
  @ParameterizedTest
  @EnumSource
  void fileIsRefused(DoorKind kind) throws Exception {
    Files.writeString(Path.of(in("file").path()), "x");

    assertRefused(kind, in("file"), "is a file");
  }
}
