package io.landfall.producer.shape;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.cli.StopBudget;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.source.Derivation;
import io.landfall.producer.source.RecordShaper;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Item;
import io.landfall.schemas.Topics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the topology, until it is caught up or for as long as the program lives. */
public final class ShapeRun {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeRun.class);

  /** The broker is asked less often whether there is anything to shape than whether it is done. */
  private static final int LOOKS_FOR_AN_ANSWER = 10;

  private static final String RECORDS = "records of the archive shaped";
  private static final Duration BETWEEN_LOOKS_AT_THE_END = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** A shape that was killed counts as gone after its session timeout. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

  private final Map<String, Object> connection;
  private final Topics topics;
  private final ShapeSettings settings;
  private final Admin admin;
  private final Derivation shaper;
  private final Clock clock;
  private final ArchiveOffsets archive;
  private final StateTopic state;
  private final ShapeCounts counts;
  private final Metrics metrics;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** The names of the settings that Kafka Streams takes. */
  public static Set<String> settingNames() {
    return StreamsConfig.configDef().names();
  }

  /**
   * A run over one cluster.
   *
   * @param connection Kafka client settings
   * @param settings whose folder is for this archive alone: a copy of state from elsewhere would be
   *     believed
   */
  public ShapeRun(
      Map<String, Object> connection,
      Topics topics,
      ShapeSettings settings,
      Admin admin,
      Derivation shaper,
      Clock clock) {
    this(connection, topics, settings, admin, shaper, clock, Metrics.OFF);
  }

  /** The same, whose work is told as figures too. */
  public ShapeRun(
      Map<String, Object> connection,
      Topics topics,
      ShapeSettings settings,
      Admin admin,
      Derivation shaper,
      Clock clock,
      Metrics metrics) {
    this.metrics = metrics;
    this.counts = new ShapeCounts(metrics, topics.dataset().name());
    this.connection = Map.copyOf(connection);
    this.topics = topics;
    this.settings = settings;
    this.admin = admin;
    this.shaper = shaper;
    this.clock = clock;
    this.archive = new ArchiveOffsets(admin, topics.answers(), StateTopic.applicationId(topics));
    this.state = new StateTopic(topics);
  }

  /** What it has done so far. */
  public ShapeCounts counts() {
    return counts;
  }

  /** How far shape is behind what is committed in the archive, whoever shapes. */
  public static long lag(Admin admin, Topics topics) throws InterruptedException {
    ArchiveOffsets archive =
        new ArchiveOffsets(admin, topics.answers(), StateTopic.applicationId(topics));
    return archive.behind(archive.ends());
  }

  /**
   * Whether shape can go on from where it stands.
   *
   * @throws LandfallException if the archive does not hold what comes next
   */
  public void refuseGaps() throws InterruptedException {
    archive.refuseGaps();
  }

  /**
   * Shapes beside somebody who fills the archive, from the first answer on, and returns when all
   * that was there at the end is shaped.
   *
   * @param filling whether there may be more to come
   * @param progress is told, from the end on, how far it has come
   */
  public ShapeCounts whileFilling(BooleanSupplier filling, Progress progress)
      throws InterruptedException {
    while (filling.getAsBoolean()) {
      try {
        Optional<StateFolder> folder =
            archive.behind(archive.ends()) == 0 ? Optional.empty() : folder();
        if (folder.isPresent()) {
          try (StateFolder held = folder.get()) {
            shapeWhile(filling, held, progress);
            return counts;
          }
        }
      } catch (LandfallException e) {
        if (e.exitCode() != ExitCode.UNAVAILABLE || !filling.getAsBoolean()) {
          throw e;
        }
        // Whoever fills the archive may get over it, and there is time until the end.
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Shape begins again");
        failure.set(null);
      }
      for (int look = 0; look < LOOKS_FOR_AN_ANSWER && filling.getAsBoolean(); look++) {
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }
    return untilCaughtUp(progress);
  }

  private void shapeWhile(BooleanSupplier filling, StateFolder held, Progress progress)
      throws InterruptedException {
    KafkaStreams streams = start(held);
    try {
      while (filling.getAsBoolean()) {
        failIfFailed(streams);
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
      toTheEnd(goal -> shapeTo(streams, goal, progress));
    } finally {
      stop(streams);
    }
  }

  private void shapeTo(KafkaStreams streams, Map<TopicPartition, Long> goal, Progress progress)
      throws InterruptedException {
    long behind = archive.behind(goal);
    try (Progress.Work work = progress.of(RECORDS, behind)) {
      catchUp(streams, goal, behind, work);
    }
  }

  /**
   * Returns when all that is in the archive now is shaped: by a shape that runs elsewhere, or,
   * where there is none, by this one.
   *
   * @param progress is told how far it has come
   */
  public ShapeCounts untilCaughtUp(Progress progress) throws InterruptedException {
    toTheEnd(goal -> shapeOrWait(goal, progress));
    return counts;
  }

  private interface Round {
    void to(Map<TopicPartition, Long> goal) throws InterruptedException;
  }

  /** To the end of what is committed, and then to the end of all that is in the archive by then. */
  private void toTheEnd(Round round) throws InterruptedException {
    round.to(archive.ends());
    round.to(archive.endsOfAll());
  }

  private void shapeOrWait(Map<TopicPartition, Long> goal, Progress progress)
      throws InterruptedException {
    long behind = archive.behind(goal);
    try (Progress.Work work = progress.of(RECORDS, behind)) {
      while (behind > 0) {
        Optional<StateFolder> folder = folder();
        if (folder.isPresent()) {
          try (StateFolder held = folder.get()) {
            shapeUntil(goal, held, behind, work);
            return;
          }
        }
        behind = comeCloser(goal, behind, work);
      }
    }
  }

  /** Empty where somebody shapes already, or will in a moment. */
  private Optional<StateFolder> folder() throws InterruptedException {
    return isRunningElsewhere() ? Optional.empty() : StateFolder.take(settings.stateDir());
  }

  private void shapeUntil(
      Map<TopicPartition, Long> goal, StateFolder held, long behind, Progress.Work work)
      throws InterruptedException {
    KafkaStreams streams = start(held);
    try {
      catchUp(streams, goal, behind, work);
    } finally {
      stop(streams);
    }
  }

  private void catchUp(
      KafkaStreams streams, Map<TopicPartition, Long> goal, long behindAtFirst, Progress.Work work)
      throws InterruptedException {
    long behind = behindAtFirst;
    while (behind > 0) {
      failIfFailed(streams);
      behind = comeCloser(goal, behind, work);
    }
  }

  /** Waits a moment, and says how far behind shape is then. */
  private long comeCloser(Map<TopicPartition, Long> goal, long before, Progress.Work work)
      throws InterruptedException {
    Thread.sleep(LOOK_AGAIN.toMillis());
    long behind = archive.behind(goal);
    work.done(before - behind);
    return behind;
  }

  /**
   * Reads the archive again, derives what is selected again, and returns when all that was there is
   * shaped. It may end at any time: whoever shapes next goes on from where it was.
   *
   * @param progress is told how far it has come
   */
  public ShapeCounts again(Selection selection, Progress progress) throws InterruptedException {
    try (StateFolder held = alone()) {
      Map<TopicPartition, Long> goal = archive.endsOfAll();
      rewind().to(selection, goal.keySet());
      long behind = archive.behind(goal);
      KafkaStreams streams = start(held, selection::includes);
      try (Progress.Work work = progress.of(RECORDS, behind)) {
        for (int look = 0; behind > 0; look++) {
          failIfFailed(streams);
          if (look % LOOKS_FOR_AN_ANSWER == 0) {
            refuseOthers(streams);
          }
          behind = comeCloser(goal, behind, work);
        }
        refuseOthers(streams);
      } finally {
        stop(streams);
      }
      return counts;
    }
  }

  /**
   * Says what deriving again would change, and changes nothing, not even if others shape meanwhile.
   *
   * @param progress is told how far it has come
   */
  public ReshapeChanges preview(Selection selection, Progress progress)
      throws InterruptedException {
    if (!(shaper instanceof Shaper ofItems)) {
      throw LandfallException.usage(
          "--dry-run: what deriving again would change is not told of %s, whose rows have a revision each and come by many looks. Run it without: what is the same is not emitted."
              .formatted(topics.dataset().title()));
    }
    Rewind rewind = rewind();
    if (!rewind.hasStates()) {
      if (!selection.items().isEmpty()) {
        throw Rewind.unknown(selection.items());
      }
      return new ReshapeChanges(0, 0, 0, 0, 0, 0, Map.of());
    }
    long archived = archive.ends().values().stream().mapToLong(Long::longValue).sum();
    try (CommittedRecords records = new CommittedRecords(connection);
        Progress.Work work = progress.of("records of the archive read", archived)) {
      return new ReshapePreview(topics, settings.archive(), ofItems, selection, records).of(work);
    }
  }

  private Rewind rewind() {
    return new Rewind(
        connection, topics, settings.archive(), admin, shaper instanceof RecordShaper);
  }

  /** The state folder, as soon as nobody else shapes; one that was killed is waited for. */
  private StateFolder alone() throws InterruptedException {
    long end = System.nanoTime() + GONE_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      Optional<StateFolder> folder = folder();
      if (folder.isPresent()) {
        return folder.get();
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    throw LandfallException.refused(
        "Another shape runs, and it passes over what is to be derived again: somebody is in the group %s, or uses the state folder %s. Stop it (shape, run or schedule), then try again."
            .formatted(StateTopic.applicationId(topics), settings.stateDir()));
  }

  /** A shape that comes meanwhile gets partitions, and passes over what was shaped before. */
  private void refuseOthers(KafkaStreams streams) throws InterruptedException {
    if (streams.state() != State.RUNNING) {
      return;
    }
    Set<String> own =
        streams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::consumerClientId)
            .collect(Collectors.toSet());
    List<String> others =
        members().stream()
            .filter(member -> !own.contains(member.clientId()))
            .map(member -> member.clientId() + member.host())
            .toList();
    if (!others.isEmpty()) {
      throw LandfallException.refused(
          "Another shape has begun meanwhile (%s) and passes over what is to be derived again. What was derived so far stays. Stop the other one, then reshape again."
              .formatted(String.join(", ", others)));
    }
  }

  private boolean isRunningElsewhere() throws InterruptedException {
    return !members().isEmpty();
  }

  private List<MemberDescription> members() throws InterruptedException {
    try {
      return admin
          .describeConsumerGroups(List.of(StateTopic.applicationId(topics)))
          .all()
          .get()
          .values()
          .stream()
          .flatMap(group -> group.members().stream())
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw ArchiveOffsets.unanswered(e);
    }
  }

  /**
   * Shapes whatever comes, until the thread is interrupted, which is its normal end.
   *
   * @param running called, again and again, while all of its state is there and it shapes
   */
  public void forEver(Runnable running) throws InterruptedException {
    try (StateFolder held =
        StateFolder.take(settings.stateDir())
            .orElseThrow(
                () ->
                    LandfallException.refused(
                        "Another shape uses the state folder %s. Stop it, or give this one a --state-dir of its own: they share the work."
                            .formatted(settings.stateDir())))) {
      shapeForEver(running, held);
    }
  }

  private void shapeForEver(Runnable running, StateFolder held) throws InterruptedException {
    KafkaStreams streams = start(held);
    Metrics.Closing figures = metrics.library(() -> new KafkaStreamsMetrics(streams));
    long looked = System.nanoTime();
    try {
      while (true) {
        failIfFailed(streams);
        metrics.alive();
        if (streams.state() == State.RUNNING) {
          running.run();
        }
        if (System.nanoTime() - looked > BETWEEN_LOOKS_AT_THE_END.toNanos()) {
          warnOfOpenTransactions();
          looked = System.nanoTime();
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    } catch (InterruptedException e) {
      return;
    } finally {
      figures.close();
      stop(streams);
    }
  }

  /** It cannot come to them, and would say nothing; what it can come to goes on meanwhile. */
  private void warnOfOpenTransactions() throws InterruptedException {
    try {
      archive.endsOfAll();
    } catch (LandfallException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Shape does not come to the end");
    }
  }

  private KafkaStreams start(StateFolder held) throws InterruptedException {
    return start(held, item -> false);
  }

  private KafkaStreams start(StateFolder held, Predicate<Item> deriveAgain)
      throws InterruptedException {
    state.awaitEnd(admin);
    KafkaStreams streams =
        new KafkaStreams(
            ShapeTopology.of(topics, settings.archive(), shaper, deriveAgain, counts, clock),
            StreamsProperties.of(
                connection, settings.streams(), StateTopic.applicationId(topics), held.path()));
    streams.setUncaughtExceptionHandler(
        cause -> {
          failure.compareAndSet(null, cause);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    LOG.atInfo().addKeyValue("version", shaper.version()).log("Shape started");
    return streams;
  }

  /** Leaves the group: the next shape need not wait until this one counts as dead. */
  private static void stop(KafkaStreams streams) {
    streams.close(
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(StopBudget.WORK));
  }

  private void failIfFailed(KafkaStreams streams) {
    Throwable cause = failure.get();
    if (cause == null && streams.state() != State.ERROR) {
      return;
    }
    for (Throwable link = cause; link != null; link = link.getCause()) {
      if (link instanceof IllegalStateException bug) {
        throw bug;
      }
    }
    throw LandfallException.unavailable(
        "Shape stopped, because Kafka did: %s. Nothing is half done: start it again."
            .formatted(cause),
        cause == null ? new IllegalStateException("no cause given") : cause);
  }
}
