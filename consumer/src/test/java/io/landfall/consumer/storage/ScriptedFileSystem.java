package io.landfall.consumer.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/** A folder that takes conditional writes as an object store does, and answers them as told. */
final class ScriptedFileSystem extends RawLocalFileSystem {

  static final String OF_ANOTHER = "{\"commitInfo\":{\"txnId\":\"another\"}}\n";

  /** What becomes of one conditional write. */
  enum Answer {
    HONEST,
    IGNORES_THE_CONDITION,
    ANOTHER_COMES_FIRST,
    CONFLICT_409,
    CONFLICT_409_WHICH_ANOTHER_WINS,
    ANSWER_LOST,
    ANSWER_LOST_AND_TRIED_AGAIN_BY_THE_CLIENT,
    DENIED,
    UNKNOWN_OPTION,
    UNREACHABLE
  }

  private final Deque<Answer> script = new ArrayDeque<>();
  private Answer otherwise = Answer.HONEST;
  private int requests;

  ScriptedFileSystem(Answer... answers) throws IOException {
    initialize(java.net.URI.create("file:///"), new Configuration(false));
    script.addAll(List.of(answers));
  }

  ScriptedFileSystem always(Answer answer) {
    otherwise = answer;
    return this;
  }

  int requests() {
    return requests;
  }

  @Override
  public Builder createFile(Path path) {
    return new Builder(this, path);
  }

  private void put(Path path, byte[] content) throws IOException {
    requests++;
    Answer answer = script.isEmpty() ? otherwise : script.pop();
    switch (answer) {
      case HONEST -> createIfMissing(path, content);
      case IGNORES_THE_CONDITION -> store(path, content);
      case ANOTHER_COMES_FIRST -> {
        store(path, OF_ANOTHER.getBytes(StandardCharsets.UTF_8));
        createIfMissing(path, content);
      }
      case CONFLICT_409 -> throw new IOException("409 ConditionalRequestConflict");
      case CONFLICT_409_WHICH_ANOTHER_WINS -> {
        store(path, OF_ANOTHER.getBytes(StandardCharsets.UTF_8));
        throw new IOException("409 ConditionalRequestConflict");
      }
      case ANSWER_LOST -> {
        createIfMissing(path, content);
        throw new IOException("connection reset");
      }
      case ANSWER_LOST_AND_TRIED_AGAIN_BY_THE_CLIENT -> {
        createIfMissing(path, content);
        createIfMissing(path, content);
      }
      case DENIED -> throw new java.nio.file.AccessDeniedException(path.toString());
      case UNREACHABLE -> throw new IOException("no route to host");
      case UNKNOWN_OPTION -> throw new IllegalStateException("the builder refuses it");
    }
  }

  private void createIfMissing(Path path, byte[] content) throws IOException {
    if (exists(path)) {
      throw new PathIOException(path.toString(), "412 PreconditionFailed");
    }
    store(path, content);
  }

  private static void store(Path path, byte[] content) throws IOException {
    java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  static final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {

    private final ScriptedFileSystem files;
    private final Path path;

    Builder(ScriptedFileSystem files, Path path) {
      super(files, path);
      this.files = files;
      this.path = path;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      if (files.otherwise == Answer.UNKNOWN_OPTION) {
        throw new IllegalArgumentException("Unknown mandatory key");
      }
      ByteArrayOutputStream bytes =
          new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
              files.put(path, toByteArray());
            }
          };
      return new FSDataOutputStream(bytes, (FileSystem.@Nullable Statistics) null);
    }
  }
}
