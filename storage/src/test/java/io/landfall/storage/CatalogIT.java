package io.landfall.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.storage.catalog.PersistentCatalog;
import io.landfall.storage.catalog.TransactionalWrites;
import io.landfall.storage.s3.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogIT {

  @TempDir private Path folder;

  @Test
  void everyPublicWayHonoursTheTransactionInThisProcessAndTheNext() throws Exception {
    for (int process = 1; process <= 2; process++) {
      try (JavaProcess writes =
          JavaProcess.start(
              TransactionalWrites.class,
              folder.resolve("process-%d.log".formatted(process)),
              PersistentCatalog.JVM_OPTIONS,
              List.of(folder.toString(), "persistent"))) {
        assertThat(writes.awaitEnd()).as(writes.printed()).isZero();
      }
    }
    assertThat(folder.resolve("source-WRITE_TO-2")).as("the second went on").isDirectory();
  }
}
