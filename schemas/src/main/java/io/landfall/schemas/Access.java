package io.landfall.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each command does in a cluster, and so the least that its user must be allowed. The one list
 * that the page for administrators, the check at a program's start and the test on a broker with an
 * authorizer are made from.
 *
 * <p>{@code DESCRIBE} stands only where neither {@code READ} nor {@code WRITE} implies it.
 */
public final class Access {

  /** The user in the entries, for want of a better name. */
  public static final String USER = "User:landfall";

  /** Whether a command can do without. */
  public enum When {
    /** It cannot. */
    ALWAYS,
    /** It can, where an administrator has made the topics beforehand. */
    TO_CREATE_TOPICS,
    /** It can, and tells less then. */
    TO_TELL_MORE
  }

  /** What something is done to. */
  enum Thing {
    ANSWERS,
    LEDGER,
    LANDING,
    MANIFESTS,
    DEAD_LETTERS,
    RUNS,
    /** Shape's state. */
    STATE,
    FETCH_TRANSACTIONS,
    SHAPE_TRANSACTIONS,
    REPLAY_TRANSACTIONS,
    SHAPE_GROUP,
    /** Where the table's position is published. */
    POSITION_GROUP,
    ALL_TRANSACTIONS,
    CLUSTER;

    ResourcePattern in(Topics topics) {
      return switch (this) {
        case ANSWERS -> topic(topics.answers());
        case LEDGER -> topic(topics.ledger());
        case LANDING -> topic(topics.landing());
        case MANIFESTS -> topic(topics.manifests());
        case DEAD_LETTERS -> topic(topics.deadLetters());
        case RUNS -> topic(topics.runs());
        case STATE -> topic(state(topics));
        case FETCH_TRANSACTIONS -> literal(ResourceType.TRANSACTIONAL_ID, topics.member("fetch"));
        case SHAPE_TRANSACTIONS -> prefix(ResourceType.TRANSACTIONAL_ID, topics.shape() + "-");
        case REPLAY_TRANSACTIONS -> literal(ResourceType.TRANSACTIONAL_ID, topics.member("replay"));
        case SHAPE_GROUP -> literal(ResourceType.GROUP, topics.shape());
        case POSITION_GROUP -> literal(ResourceType.GROUP, topics.positionGroup());
        case ALL_TRANSACTIONS -> prefix(ResourceType.TRANSACTIONAL_ID, topics.member(""));
        case CLUSTER -> literal(ResourceType.CLUSTER, Resource.CLUSTER_NAME);
      };
    }
  }

  /** What some commands do to one thing. */
  record Deed(
      String program,
      List<String> commands,
      When when,
      Thing thing,
      List<AclOperation> operations,
      String why) {}

  private static final String PRODUCER = "producer";
  private static final String CONSUMER = "consumer";
  private static final String OVERVIEW = "landfall";

  private static final List<String> FETCHING = List.of("run", "schedule", "fetch");
  private static final List<String> SHAPING = List.of("run", "schedule", "shape", "reshape");
  private static final List<String> LETTERS =
      List.of("dead-letters list", "dead-letters show", "dead-letters replay");
  private static final List<String> DISMISSING = List.of("dead-letters dismiss");
  private static final List<String> LOOKING = List.of("plan", "diff", "status");

  private static final List<String> MAKING = together(List.of(FETCHING, SHAPING));
  private static final List<String> ALL_OF_PRODUCER =
      together(List.of(MAKING, LOOKING, LETTERS, DISMISSING));
  private static final List<String> READING = List.of("run", "verify", "replay", "repair");
  private static final List<String> OPENING = together(List.of(READING, List.of("status")));

  private static final List<Thing> TOPICS =
      List.of(
          Thing.ANSWERS,
          Thing.LEDGER,
          Thing.LANDING,
          Thing.MANIFESTS,
          Thing.DEAD_LETTERS,
          Thing.RUNS,
          Thing.STATE);

  static final List<Deed> ALL = all();

  private Access() {}

  private static List<Deed> all() {
    List<Deed> all = new ArrayList<>();
    producer(all);
    consumer(all);
    overview(all);
    return List.copyOf(all);
  }

  private static void producer(List<Deed> all) {
    Deeds every = new Deeds(all, PRODUCER, ALL_OF_PRODUCER);
    TOPICS.forEach(
        thing ->
            every.does(
                thing,
                "that it keeps what it must is looked at before anything else",
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS));
    every.does(Thing.MANIFESTS, "whether rows were shaped whose state is gone", AclOperation.READ);

    Deeds fetch = new Deeds(all, PRODUCER, FETCHING);
    fetch.does(
        Thing.ANSWERS,
        "archives answers, and uses what it holds",
        AclOperation.READ,
        AclOperation.WRITE);
    fetch.does(Thing.LEDGER, "keeps the ledger", AclOperation.READ, AclOperation.WRITE);
    fetch.does(Thing.RUNS, "notes the run", AclOperation.READ, AclOperation.WRITE);
    fetch.does(
        Thing.FETCH_TRANSACTIONS, "answers and ledger in one transaction", AclOperation.WRITE);

    Deeds shape = new Deeds(all, PRODUCER, SHAPING);
    shape.does(Thing.ANSWERS, "reads the archive", AclOperation.READ);
    shape.does(Thing.LEDGER, "whether it belongs to the archive", AclOperation.READ);
    shape.does(Thing.LANDING, "emits rows", AclOperation.WRITE);
    shape.does(Thing.MANIFESTS, "emits manifests", AclOperation.WRITE);
    shape.does(Thing.DEAD_LETTERS, "sets aside what cannot be used", AclOperation.WRITE);
    shape.does(Thing.STATE, "keeps its state", AclOperation.READ, AclOperation.WRITE);
    shape.does(Thing.SHAPE_GROUP, "keeps its position", AclOperation.READ);
    shape.does(
        Thing.SHAPE_TRANSACTIONS,
        "rows, state and position in one transaction",
        AclOperation.WRITE);
    new Deeds(all, PRODUCER, List.of("reshape", "diff"))
        .does(Thing.LANDING, "compares rows", AclOperation.READ);

    new Deeds(all, PRODUCER, List.of("plan", "status"))
        .does(Thing.LEDGER, "what is held and due", AclOperation.READ);
    new Deeds(all, PRODUCER, List.of("status"))
        .does(Thing.RUNS, "the last runs", AclOperation.READ);

    Deeds letters =
        new Deeds(all, PRODUCER, together(List.of(LETTERS, DISMISSING, List.of("status"))));
    letters.does(Thing.DEAD_LETTERS, "what was set aside", AclOperation.READ);
    letters.does(Thing.ANSWERS, "what became of it", AclOperation.READ);
    letters.does(Thing.SHAPE_GROUP, "how far shape has come", AclOperation.DESCRIBE);
    Deeds replay = new Deeds(all, PRODUCER, List.of("dead-letters replay"));
    replay.does(Thing.ANSWERS, "sends the answer again", AclOperation.WRITE);
    replay.does(Thing.REPLAY_TRANSACTIONS, "all or none", AclOperation.WRITE);
    Deeds dismiss = new Deeds(all, PRODUCER, DISMISSING);
    dismiss.does(Thing.DEAD_LETTERS, "notes the decision", AclOperation.WRITE);
    dismiss.does(Thing.REPLAY_TRANSACTIONS, "all or none", AclOperation.WRITE);

    Deeds create = new Deeds(all, PRODUCER, MAKING, When.TO_CREATE_TOPICS);
    TOPICS.stream()
        .filter(thing -> thing != Thing.STATE)
        .forEach(thing -> create.does(thing, "creates it", AclOperation.CREATE));
    new Deeds(all, PRODUCER, SHAPING, When.TO_CREATE_TOPICS)
        .does(Thing.STATE, "creates it", AclOperation.CREATE);
    new Deeds(all, PRODUCER, ALL_OF_PRODUCER, When.TO_TELL_MORE)
        .does(
            Thing.ALL_TRANSACTIONS,
            "whose transaction is open, where one keeps others waiting",
            AclOperation.DESCRIBE);
    new Deeds(all, PRODUCER, List.of("run", "schedule", "shape"), When.TO_TELL_MORE)
        .does(
            Thing.CLUSTER,
            "sizes of topics and room on brokers' disks, for metrics",
            AclOperation.DESCRIBE);
  }

  private static void consumer(List<Deed> all) {
    new Deeds(all, CONSUMER, OPENING)
        .does(
            Thing.LANDING,
            "that it keeps what it must, and how far it goes",
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS);
    new Deeds(all, CONSUMER, READING).does(Thing.LANDING, "reads rows", AclOperation.READ);
    new Deeds(all, CONSUMER, List.of("verify", "repair"))
        .does(Thing.MANIFESTS, "holds them against the rows", AclOperation.READ);
    new Deeds(all, CONSUMER, List.of("run"), When.TO_CREATE_TOPICS)
        .does(Thing.LANDING, "creates it", AclOperation.CREATE);
    Deeds more = new Deeds(all, CONSUMER, OPENING, When.TO_TELL_MORE);
    more.does(Thing.ALL_TRANSACTIONS, "whose transaction is open", AclOperation.DESCRIBE);
    Deeds watched = new Deeds(all, CONSUMER, List.of("run"), When.TO_TELL_MORE);
    watched.does(
        Thing.POSITION_GROUP,
        "publishes the table's position, for watching only",
        AclOperation.READ);
    new Deeds(all, CONSUMER, List.of("status"), When.TO_TELL_MORE)
        .does(Thing.LANDING, "since when a transaction is open", AclOperation.READ);
  }

  /** {@code landfall status}, which asks Kafka what both programs have told it. */
  private static void overview(List<Deed> all) {
    Deeds status = new Deeds(all, OVERVIEW, List.of("status"));
    TOPICS.forEach(
        thing ->
            status.does(
                thing,
                "that it keeps what it must is looked at before anything else",
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS));
    status.does(Thing.ANSWERS, "what became of dead letters, and what waits", AclOperation.READ);
    status.does(Thing.LEDGER, "what is held and due", AclOperation.READ);
    status.does(Thing.LANDING, "since when rows wait for the table", AclOperation.READ);
    status.does(Thing.MANIFESTS, "which days were revised", AclOperation.READ);
    status.does(Thing.DEAD_LETTERS, "what was set aside", AclOperation.READ);
    status.does(Thing.RUNS, "the last runs", AclOperation.READ);
    status.does(Thing.SHAPE_GROUP, "how far shape has come", AclOperation.DESCRIBE);
    status.does(Thing.POSITION_GROUP, "how far the table has come", AclOperation.DESCRIBE);
    new Deeds(all, OVERVIEW, List.of("status"), When.TO_TELL_MORE)
        .does(Thing.ALL_TRANSACTIONS, "whose transaction is open", AclOperation.DESCRIBE);
  }

  /** Deeds of the same commands. */
  private record Deeds(List<Deed> all, String program, List<String> commands, When when) {

    Deeds(List<Deed> all, String program, List<String> commands) {
      this(all, program, commands, When.ALWAYS);
    }

    void does(Thing thing, String why, AclOperation... operations) {
      all.add(new Deed(program, commands, when, thing, List.of(operations), why));
    }
  }

  /** Each of them once, in order. */
  private static List<String> together(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).distinct().toList();
  }

  /**
   * What a command must be allowed.
   *
   * @param program {@code producer}, {@code consumer}, or {@code landfall} for its status
   * @param command as it is typed
   * @return none where a command asks no cluster
   */
  public static List<AclBinding> needed(String program, String command, Topics topics) {
    return rights(program, command, When.ALWAYS, topics);
  }

  /** What a command must or may be allowed, for one reason. */
  public static List<AclBinding> rights(String program, String command, When when, Topics topics) {
    LinkedHashSet<AclBinding> rights = new LinkedHashSet<>();
    for (Deed deed : ALL) {
      if (deed.program().equals(program)
          && deed.commands().contains(command)
          && deed.when() == when) {
        deed.operations().forEach(one -> rights.add(right(deed.thing().in(topics), one)));
      }
    }
    return withoutImplied(rights);
  }

  /** The commands of a program that ask a cluster, in order. */
  public static List<String> commands(String program) {
    return ALL.stream()
        .filter(deed -> deed.program().equals(program))
        .flatMap(deed -> deed.commands().stream())
        .distinct()
        .toList();
  }

  private static AclBinding right(ResourcePattern resource, AclOperation operation) {
    return new AclBinding(
        resource, new AccessControlEntry(USER, "*", operation, AclPermissionType.ALLOW));
  }

  private static List<AclBinding> withoutImplied(Collection<AclBinding> rights) {
    return rights.stream()
        .filter(
            one ->
                one.entry().operation() != AclOperation.DESCRIBE
                    || Stream.of(AclOperation.READ, AclOperation.WRITE)
                        .noneMatch(more -> rights.contains(right(one.pattern(), more))))
        .toList();
  }

  /** The topic that Kafka Streams keeps shape's state in, and makes by itself where it may. */
  static Topic state(Topics topics) {
    return new Topic(
        topics.shape() + "-rows-in-force-changelog",
        topics.answers().partitions(),
        Topic.Kept.LAST_OF_KEY);
  }

  private static ResourcePattern topic(Topic topic) {
    return literal(ResourceType.TOPIC, topic.name());
  }

  private static ResourcePattern literal(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static ResourcePattern prefix(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.PREFIXED);
  }
}
