package io.landfall.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.storage.ConditionalCreateProbe;
import io.landfall.consumer.storage.ConditionalPutLogStore;
import io.landfall.consumer.storage.LogStoreSettings;
import io.landfall.consumer.storage.UnsafeStorageException;
import io.landfall.storage.s3.FaultyProxy;
import io.landfall.storage.s3.FaultyProxy.Fault;
import io.landfall.storage.s3.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One commit through s3a, while network and server do what they sometimes do. */
class FaultyS3IT {

  private static final String COMMIT = "00000000000000000000.json";
  private static final String OURS = "{\"commitInfo\":{\"txnId\":\"ours\"}}";
  private static final String OF_ANOTHER = "{\"commitInfo\":{\"txnId\":\"another\"}}";

  @TempDir private static java.nio.file.Path folder;
  private static S3Server server;

  private Path table = new Path("s3a://bronze/none");

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stopServer() throws IOException {
    FileSystem.closeAll();
    server.close();
  }

  @BeforeEach
  void nameTable(TestInfo test) {
    table = new Path("s3a://bronze/" + test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void secondCommitOfAVersionIsRefusedAndTheFirstStays() throws Exception {
    write(server.endpoint(), OURS);

    assertThatThrownBy(() -> write(server.endpoint(), OF_ANOTHER))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasStackTraceContaining("412");
    assertThat(stored()).isEqualTo(OURS);
    assertThat(log()).as("the probe leaves nothing").containsExactly(COMMIT);
  }

  @Test
  void commitWhoseAnswerWasLostIsOurs() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(server.endpoint(), Fault.ANSWER_LOST, COMMIT, 1)) {
      write(proxy.endpoint(), OURS);

      assertThat(proxy.conditionalWrites()).as("the client tried again").isGreaterThan(1);
    }
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void commitWhoseAnswersAreAllLostIsOurs() throws Exception {
    try (FaultyProxy proxy =
        new FaultyProxy(server.endpoint(), Fault.ANSWER_LOST, COMMIT, Integer.MAX_VALUE)) {
      write(proxy.endpoint(), OURS);
    }
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void conflictOfRequestsIsTriedAgain() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(server.endpoint(), Fault.CONFLICT, COMMIT, 3)) {
      write(proxy.endpoint(), OURS);

      assertThat(proxy.conditionalWrites()).isEqualTo(4);
    }
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void storageThatIgnoresTheConditionIsRefused() throws Exception {
    try (FaultyProxy proxy =
        new FaultyProxy(server.endpoint(), Fault.CONDITION_IGNORED, "", Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> write(proxy.endpoint(), OURS))
          .isInstanceOf(UnsafeStorageException.class)
          .hasMessageStartingWith("The storage of s3a://bronze ignores If-None-Match")
          .hasMessageContaining("Nothing was written to the table");
      assertThatThrownBy(
              () ->
                  ConditionalCreateProbe.require(
                      new Folder("s3a", "bronze", "/new"), client(proxy.endpoint())))
          .isInstanceOfSatisfying(
              LandfallException.class,
              stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
          .hasMessageStartingWith("The storage of s3a://bronze ignores If-None-Match");
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void deltaKernelCommitsThroughIt() throws Exception {
    try (FaultyProxy proxy =
        new FaultyProxy(server.endpoint(), Fault.CONDITION_IGNORED, "", Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> createByKernel(proxy.endpoint()))
          .hasRootCauseInstanceOf(UnsafeStorageException.class);
    }
    createByKernel(server.endpoint());
    assertThat(log()).containsExactly(COMMIT);
  }

  private void createByKernel(URI endpoint) {
    TableManager.buildCreateTableTransaction(
            table.toString(), new StructType().add("round", IntegerType.INTEGER), "test")
        // Kernel takes every refusal of a log store for one that may pass.
        .withMaxRetries(0)
        .build(DefaultEngine.create(client(endpoint)))
        .commit(DefaultEngine.create(client(endpoint)), CloseableIterable.emptyIterable());
  }

  private void write(URI endpoint, String line) throws IOException {
    Configuration client = client(endpoint);
    new ConditionalPutLogStore(client).write(commit(), List.of(line).iterator(), false, client);
  }

  private Path commit() {
    return new Path(table, "_delta_log/" + COMMIT);
  }

  private String stored() throws IOException {
    try (FSDataInputStream in = commit().getFileSystem(client(server.endpoint())).open(commit())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private List<String> log() throws IOException {
    Path log = commit().getParent();
    FileSystem files = log.getFileSystem(client(server.endpoint()));
    return files.exists(log)
        ? Arrays.stream(files.listStatus(log)).map(file -> file.getPath().getName()).toList()
        : List.of();
  }

  private static Configuration client(URI endpoint) {
    Configuration client = new Configuration();
    S3Server.clientOf(endpoint, folder).forEach(client::set);
    LogStoreSettings.forKernel().forEach(client::set);
    // Each endpoint has a file system of its own, though the bucket is the same.
    client.setBoolean("fs.s3a.impl.disable.cache", true);
    return client;
  }
}
