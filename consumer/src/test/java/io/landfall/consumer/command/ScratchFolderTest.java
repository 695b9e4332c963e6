package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {

  @TempDir Path parent;

  @Test
  void folderGoesWithItsProcess() throws Exception {
    ScratchFolder folder = ScratchFolder.in(parent, "run");
    Files.createDirectories(folder.path().resolve("a/b"));

    folder.close();

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void whatADeadProcessLeftIsRemovedByTheNext() throws Exception {
    Path dead = Files.createDirectories(parent.resolve("run-1"));
    Files.createFile(dead.resolve("lock"));
    Files.createDirectories(dead.resolve("artifacts-1"));

    try (ScratchFolder next = ScratchFolder.in(parent, "run")) {
      assertThat(dead).doesNotExist();
      assertThat(next.path()).exists();
    }
  }

  @Test
  void whatIsInUseOrSomebodyElsesStays() throws Exception {
    Path other = Files.createDirectories(parent.resolve("photographs"));
    try (ScratchFolder first = ScratchFolder.in(parent, "run");
        ScratchFolder second = ScratchFolder.in(parent, "sql")) {
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
    assertThat(other).exists();
  }
}
