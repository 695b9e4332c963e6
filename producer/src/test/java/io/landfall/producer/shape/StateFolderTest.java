package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.LandfallException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path folder;

  @Test
  void oneShapeHasItUntilItGivesItBack() {
    Path state = folder.resolve("new/state");
    try (StateFolder held = StateFolder.take(state).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(StateFolder.take(state)).isEmpty();
    }
    try (StateFolder again = StateFolder.take(state).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> StateFolder.take(file))
        .isInstanceOf(LandfallException.class)
        .hasMessageStartingWith("--state-dir " + file + " cannot be used");
  }
}
