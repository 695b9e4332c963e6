package io.landfall.storage.race;

import io.delta.kernel.Operation;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.utils.CloseableIterable;
import io.landfall.storage.s3.JavaProcess;
import org.apache.hadoop.conf.Configuration;

/** Commits to a table through Delta Kernel, with a transaction identifier for each round. */
public final class KernelRacer {

  private KernelRacer() {}

  public static void main(String[] args) throws Exception {
    JavaProcess.endWithParent();
    Course course = Course.readFrom(args[0]);
    Configuration client = new Configuration();
    course.hadoop().forEach(client::set);
    client.set("io.delta.kernel.logStore.s3a.impl", course.logStore().getName());
    Engine engine = DefaultEngine.create(client);
    try (Racer racer = new Racer(course.port())) {
      for (int round = 0; round < course.rounds(); round++) {
        racer.awaitStart();
        AwaitingLogStore.awaitNextCommit(racer);
        racer.say(commit(engine, course, round));
      }
    }
  }

  private static String commit(Engine engine, Course course, int round) {
    try {
      TableManager.loadSnapshot(course.table())
          .build(engine)
          .buildUpdateTableTransaction(course.name(), Operation.WRITE)
          .withTransactionId("race", round)
          .withMaxRetries(0)
          .build(engine)
          .commit(engine, CloseableIterable.emptyIterable());
      return Racer.WON;
    } catch (MaxCommitRetryLimitReachedException | ConcurrentTransactionException e) {
      return Racer.LOST;
    }
  }
}
