package io.landfall.consumer.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.FileChanges;
import io.landfall.consumer.bronze.Redefinition;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A table's commits from a version backwards, one file of the log at a time, until one is no longer
 * there: the log keeps its files for a while only, and what is older is in a checkpoint, which does
 * not tell who did what.
 *
 * <p>By the files alone, as Delta's protocol has them: no listing, no engine. A commit that changed
 * the table's definition is read with what the definition was before.
 */
public final class CommitFiles implements Iterator<Commit> {

  private static final JsonMapper JSON = new JsonMapper();

  /** So far back a definition is looked for; Spark and we write one beside nearly every commit. */
  private static final int FAR = 200;

  private final Path table;
  private final Path log;
  private final Configuration configuration;
  private final LongFunction<Set<String>> filesAt;
  private long version;
  private long oldest;
  private final Set<Long> checksums = new HashSet<>();
  private @Nullable Commit next;

  /**
   * @param table its folder
   * @param filesAt which files it has at a version, as a commit names them; asked only about a
   *     commit that names some without saying that it added them. None where that is not known
   */
  public CommitFiles(
      Path table, Configuration configuration, long version, LongFunction<Set<String>> filesAt) {
    this.filesAt = filesAt;
    this.table = table;
    this.log = new Path(table, "_delta_log");
    this.configuration = configuration;
    this.version = version;
    this.oldest = version;
  }

  /** The oldest version of which the commit was needed and is there. */
  public long oldestRead() {
    return oldest;
  }

  /** The versions of which the definition was read in what an engine noted beside the commit. */
  public Set<Long> checksumsRead() {
    return Set.copyOf(checksums);
  }

  /**
   * Whether the newest commit is where Delta's protocol has it and may be read.
   *
   * @throws IOException if that cannot be told
   */
  public boolean isReadable() throws IOException {
    Path newest = file(version, "json");
    return newest.getFileSystem(configuration).exists(newest);
  }

  @Override
  public boolean hasNext() {
    if (next == null && version >= 0) {
      next = read(version).orElse(null);
      oldest = next == null ? oldest : Math.min(oldest, version);
      version = next == null ? -1 : version - 1;
    }
    return next != null;
  }

  @Override
  public Commit next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Commit commit = next;
    next = null;
    return commit;
  }

  private Optional<Commit> read(long wanted) {
    return actions(wanted)
        .map(
            actions ->
                new Commit(
                    wanted, actions.info(), files(wanted, actions), redefinition(wanted, actions)));
  }

  /** Statistics are told by naming a file anew; whether it is one of the table's is looked up. */
  private FileChanges files(long at, Actions actions) {
    return actions.namedAnew().filter(named -> filesAt.apply(at - 1).containsAll(named)).isPresent()
        ? actions.filesWithoutNamedAnew()
        : actions.files();
  }

  private Optional<Redefinition> redefinition(long at, Actions actions) {
    Definition said = actions.definition();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Definition before = definition(at - 1);
    Definition after = new Definition();
    after.orElse(said);
    after.orElse(before);
    return after.described().map(described -> new Redefinition(before.described(), described));
  }

  /** The table's definition at a version, for as much of it as the log still tells. */
  private Definition definition(long wanted) {
    Definition definition = new Definition();
    for (long at = wanted; at >= 0 && at > wanted - FAR && !definition.isWhole(); at--) {
      Optional<Actions> actions = actions(at);
      actions.map(Actions::definition).ifPresent(definition::orElse);
      Definition noted = definition.isWhole() ? new Definition() : checksum(at);
      definition.orElse(noted);
      if (!noted.isEmpty()) {
        checksums.add(at);
      } else if (actions.isPresent()) {
        oldest = Math.min(oldest, at);
      } else {
        break;
      }
    }
    return definition;
  }

  /** What an engine noted beside a commit: the definition as it was then. */
  private Definition checksum(long at) {
    Path file = file(at, "crc");
    Definition definition = new Definition();
    try (BufferedReader lines = open(file)) {
      JsonNode noted = JSON.readTree(lines);
      if (noted.path("metadata").isObject() && noted.path("protocol").isObject()) {
        definition.takeMetadata(noted.path("metadata"));
        definition.takeProtocol(noted.path("protocol"));
      }
    } catch (IOException e) {
      // Missing or spoilt: older commits tell it too.
      return new Definition();
    }
    return definition;
  }

  private Optional<Actions> actions(long at) {
    Path file = file(at, "json");
    Actions actions = new Actions();
    try (BufferedReader lines = open(file)) {
      for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          actions.take(JSON.readTree(line));
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "%s in the log of the table at %s cannot be read: %s. Nothing was written."
              .formatted(file.getName(), table, e),
          e);
    }
    if (actions.areNone()) {
      throw damaged(file);
    }
    return Optional.of(actions);
  }

  private LandfallException damaged(Path file) {
    return new Damage(
            table.toString(),
            Damage.Part.LOG,
            "the files of its log",
            List.of(file.getName() + " is no commit"))
        .refusal();
  }

  private BufferedReader open(Path file) throws IOException {
    FileSystem files = file.getFileSystem(configuration);
    return new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8));
  }

  private Path file(long at, String kind) {
    return new Path(log, "%020d.%s".formatted(at, kind));
  }
}
