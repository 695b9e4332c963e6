package io.landfall.consumer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkLogStoreTest {

  private static final int WRITERS = 4;
  private static final int VERSIONS = 100;

  @TempDir private Path log;

  /** Each with a store of its own, as if in processes of their own: no lock of Java's is shared. */
  @Test
  void ofAllWhoWriteAVersionOneGetsIt() throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<List<Integer>>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "writer " + writer;
      writers.add(() -> won(name, start));
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Integer> won = new ArrayList<>();
    try {
      for (Future<List<Integer>> each : threads.invokeAll(writers)) {
        won.addAll(each.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(won).hasSize(VERSIONS).doesNotHaveDuplicates();
    try (var files = Files.list(log)) {
      assertThat(files).hasSize(VERSIONS);
    }
  }

  private List<Integer> won(String name, CyclicBarrier start) throws Exception {
    Configuration configuration = new Configuration();
    LinkLogStore store = new LinkLogStore(configuration);
    List<Integer> won = new ArrayList<>();
    for (int version = 0; version < VERSIONS; version++) {
      Path file = log.resolve("%020d.json".formatted(version));
      start.await();
      try {
        store.write(
            new org.apache.hadoop.fs.Path(file.toUri()),
            List.of(name, "second line").iterator(),
            false,
            configuration);
        won.add(version);
        assertThat(Files.readAllLines(file)).containsExactly(name, "second line");
      } catch (FileAlreadyExistsException e) {
        // Another one has it.
      }
    }
    return won;
  }
}
