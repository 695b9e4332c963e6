package io.landfall.consumer.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.TableLocation;
import io.landfall.consumer.testing.FolderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.permission.FsPermission;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock alone: what the guard refuses is done, and nothing comes of it. */
class ReadOnlySessionTest {

  @TempDir private Path folder;

  @Test
  void nothingIsWrittenWhateverIsRun() throws Exception {
    Path table = SmallTable.in(folder.resolve("data"));
    FolderState before = FolderState.of(folder.resolve("data"));
    Path output = folder.resolve("output");

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            LockedSession.class.getName(), table.toString(), folder.resolve("scratch").toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("empty")).toFile())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try {
      assertThat(process.waitFor()).as(() -> tail(folder.resolve("errors"))).isZero();
    } finally {
      process.destroyForcibly();
    }

    List<String> lines = Files.readAllLines(output, UTF_8);
    assertThat(lines).endsWith("done\tall\t");
    assertThat(FolderState.of(folder.resolve("data"))).isEqualTo(before);
    assertThat(folder.resolve("empty")).isEmptyDirectory();
    assertThat(lines.get(0)).startsWith("done\tspill");
    List<String> done =
        lines.stream()
            .filter(line -> line.startsWith("done"))
            .map(line -> line.split("\t", -1)[1])
            .toList();
    assertThat(done).containsAll(Corpus.letThrough(table));
    // Reading more than the guard lets through is all that is left without it.
    assertThat(done)
        .filteredOn(Corpus.refused(table)::contains)
        .allMatch(statement -> statement.matches("(SELECT|EXPLAIN|SHOW|EXECUTE .*'SELECT).*"))
        .noneMatch(statement -> statement.matches("(?i).*(TRANSFORM|reflect|java_method).*"));
  }

  private static String tail(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void fileSystemsReadAndChangeNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    org.apache.hadoop.fs.Path other = new org.apache.hadoop.fs.Path(folder.resolve("new").toUri());
    Configuration settings = locked();
    FileSystem files = path.getFileSystem(settings);
    FileContext context = FileContext.getFileContext(path.toUri(), settings);
    FolderState before = FolderState.of(folder);

    try (var in = files.open(path)) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("content");
    }
    assertThat(files.listStatus(path.getParent())).hasSize(1);
    try (var in = context.open(path)) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("content");
    }
    FsPermission all = new FsPermission((short) 0777);
    for (ThrowingCallable change :
        List.<ThrowingCallable>of(
            () -> files.create(other),
            () -> files.create(path, true),
            () -> files.createNewFile(other),
            () -> files.createFile(other).build(),
            () -> files.createNonRecursive(other, true, 1, (short) 1, 1, null),
            () -> files.append(path),
            () -> files.rename(path, other),
            () -> files.delete(path, true),
            () -> files.deleteOnExit(path),
            () -> files.mkdirs(other),
            () -> files.truncate(path, 0),
            () -> files.concat(path, new org.apache.hadoop.fs.Path[] {path}),
            () -> files.setPermission(path, all),
            () -> files.setTimes(path, 1, 1),
            () -> files.setOwner(path, "root", "root"),
            () -> files.createSymlink(path, other, false),
            () -> files.copyFromLocalFile(path, other),
            () -> files.moveFromLocalFile(path, other),
            () -> files.copyToLocalFile(path, other),
            () -> files.setXAttr(path, "user.a", new byte[1]),
            () ->
                context.create(other, java.util.EnumSet.of(org.apache.hadoop.fs.CreateFlag.CREATE)),
            () -> context.rename(path, other, Options.Rename.OVERWRITE),
            () -> context.delete(path, true),
            () -> context.mkdir(other, all, true),
            () -> context.setPermission(path, all),
            () -> context.truncate(path, 0))) {
      assertThatThrownBy(change)
          .isInstanceOfAny(IOException.class, UnsupportedOperationException.class);
    }
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @Test
  void schemesThatAreNotReadCannotBeOpened() {
    for (String uri :
        List.of(
            "http://127.0.0.1:9/",
            "hdfs://127.0.0.1:9/",
            "webhdfs://127.0.0.1:9/",
            "har:///a.har",
            "viewfs:///")) {
      assertThatThrownBy(() -> new org.apache.hadoop.fs.Path(uri).getFileSystem(locked()))
          .as(uri)
          .hasStackTraceContaining("sql opens no ");
    }
  }

  @Test
  void usersOwnFileSystemIsReadThroughTheLock() {
    Map<String, String> settings =
        ReadOnlySession.settings(
            Map.of("spark.hadoop.fs.mine.impl", "com.example.Mine"),
            new TableLocation.Folder("mine", "", "/t"));

    assertThat(settings)
        .containsEntry("spark.hadoop.landfall.read-only.schemes", "file,mine")
        .containsEntry("spark.hadoop.fs.mine.impl", ReadOnlyFileSystem.class.getName())
        .containsEntry("spark.hadoop.landfall.read-only.mine.impl", "com.example.Mine");
  }

  private static Configuration locked() {
    Configuration settings = new Configuration();
    ReadOnlySession.settings(Map.of(), new TableLocation.Folder("file", "", "/t"))
        .forEach(
            (name, value) -> {
              if (name.startsWith("spark.hadoop.")) {
                settings.set(name.substring("spark.hadoop.".length()), value);
              }
            });
    return settings;
  }
}
