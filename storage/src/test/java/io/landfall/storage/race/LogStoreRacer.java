package io.landfall.storage.race;

import io.delta.storage.LogStore;
import io.landfall.storage.s3.JavaProcess;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes version after version of a log, each together with the others. */
public final class LogStoreRacer {

  private LogStoreRacer() {}

  public static void main(String[] args) throws Exception {
    JavaProcess.endWithParent();
    Course course = Course.readFrom(args[0]);
    Configuration client = new Configuration();
    course.hadoop().forEach(client::set);
    LogStore store =
        (LogStore) course.logStore().getConstructor(Configuration.class).newInstance(client);
    // What is done once, such as the probe, is not to decide a round.
    store.write(
        new Path(course.table(), "_delta_log/%s.json".formatted(course.name())),
        List.of(course.name()).iterator(),
        false,
        client);
    try (Racer racer = new Racer(course.port())) {
      for (int round = 0; round < course.rounds(); round++) {
        Path commit = new Path(course.table(), "_delta_log/%020d.json".formatted(round));
        racer.awaitStart();
        racer.say(write(store, commit, course.name(), client));
      }
    }
  }

  private static String write(LogStore store, Path commit, String name, Configuration client)
      throws Exception {
    try {
      store.write(commit, List.of(name).iterator(), false, client);
      return Racer.WON;
    } catch (FileAlreadyExistsException e) {
      return Racer.LOST;
    }
  }
}
