package io.landfall.schemas;

import io.landfall.schemas.Access.Deed;
import io.landfall.schemas.Access.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The part of docs/security.md that says what each command does in a cluster, made of the list. */
final class AccessPage {

  /** What stands in front of it in the page, and behind it. */
  static final String BEGIN = "<!-- made of Access by AccessPageTest: from here -->\n";

  static final String END = "<!-- to here -->\n";

  /** As they are typed; the first word is the program. */
  private static final List<String> PROGRAMS = List.of("producer", "consumer", "landfall status");

  private final Topics topics;
  private final StringBuilder page = new StringBuilder();

  private AccessPage(Topics topics) {
    this.topics = topics;
  }

  static String text(Topics topics) {
    AccessPage page = new AccessPage(topics);
    page.needed();
    page.others();
    page.commands();
    page.creations();
    return page.page.toString();
  }

  private static String program(String typed) {
    return typed.split(" ", 2)[0];
  }

  private void needed() {
    for (String typed : PROGRAMS) {
      page.append("%n#### What `%s` must be allowed%n%n".formatted(typed));
      rows(program(typed), List.of(When.ALWAYS));
    }
  }

  private void others() {
    page.append("\n#### What they may be allowed\n\n");
    page.append(
        "`CREATE` only where nobody makes the topics beforehand; the rest tells more where it is allowed, and is not missed.\n");
    for (String typed : PROGRAMS) {
      page.append("\n`%s`:%n%n".formatted(typed));
      rows(program(typed), List.of(When.TO_CREATE_TOPICS, When.TO_TELL_MORE));
    }
    page.append("\n#### What they must be allowed for datasets that a definition says\n\n");
    page.append(
        "Besides the above, with the source and the resource in the place of `nhl` and `player-game-stats`; shape's names then end with the resource: `landfall-usgs-shape-earthquakes`.\n");
    for (String typed : PROGRAMS.subList(0, 2)) {
      page.append("\n`%s`:%n%n".formatted(typed));
      rows(program(typed), List.of(When.FOR_DEFINITIONS));
    }
  }

  private void rows(String program, List<When> when) {
    page.append("| resource | operation | commands | why |\n| --- | --- | --- | --- |\n");
    for (Deed deed : Access.ALL) {
      if (deed.program().equals(program) && when.contains(deed.when())) {
        page.append(
            "| %s | %s | %s | %s |%n"
                .formatted(
                    resource(deed.thing().in(topics)),
                    deed.operations().stream()
                        .map(one -> "`" + one + "`")
                        .collect(Collectors.joining(", ")),
                    commands(program, deed.commands()),
                    deed.why()));
      }
    }
  }

  private static String commands(String program, List<String> commands) {
    return commands.equals(Access.commands(program)) ? "all" : String.join(", ", commands);
  }

  private static String resource(ResourcePattern resource) {
    String type = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String name = "`" + resource.name() + "`";
    return resource.patternType() == PatternType.PREFIXED
        ? "%s, prefix %s".formatted(type, name)
        : "%s %s".formatted(type, name);
  }

  /** Kafka's tool takes several operations on several resources of one kind at once. */
  private void commands() {
    for (String typed : PROGRAMS) {
      String program = program(typed);
      page.append(
          "%n#### The same as commands: a user for all of `%s`%n%n```sh%n".formatted(typed));
      Map<ResourcePattern, Set<AclOperation>> allowed = new LinkedHashMap<>();
      for (String command : Access.commands(program)) {
        for (AclBinding right : Access.needed(program, command, topics)) {
          allowed
              .computeIfAbsent(right.pattern(), one -> new LinkedHashSet<>())
              .add(right.entry().operation());
        }
      }
      String user = typed.substring(typed.lastIndexOf(' ') + 1);
      allowed.forEach((resource, operations) -> add(user, resource, operations));
      page.append("```\n");
    }
  }

  private void add(String user, ResourcePattern resource, Set<AclOperation> operations) {
    boolean implied =
        operations.contains(AclOperation.READ) || operations.contains(AclOperation.WRITE);
    List<String> words = new ArrayList<>();
    words.add("kafka-acls.sh --bootstrap-server $BROKER --command-config admin.properties --add");
    words.add("--allow-principal User:landfall-" + user);
    for (AclOperation operation : operations) {
      if (operation != AclOperation.DESCRIBE || !implied) {
        words.add("--operation " + camelCase(operation));
      }
    }
    words.add(option(resource.resourceType()) + " " + resource.name());
    if (resource.patternType() == PatternType.PREFIXED) {
      words.add("--resource-pattern-type prefixed");
    }
    page.append(String.join(" ", words)).append('\n');
  }

  private static String option(ResourceType type) {
    return "--" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code DESCRIBE_CONFIGS} is {@code DescribeConfigs} there. */
  private static String camelCase(AclOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private void creations() {
    page.append("\n#### The topics, made beforehand\n\n```sh\n");
    List<Topic> all = new ArrayList<>(topics.all());
    all.add(AppliedDefinitions.topic(topics.dataset().topicPrefix()));
    all.add(Access.state(topics));
    for (Topic topic : all) {
      page.append(
          "kafka-topics.sh --bootstrap-server $BROKER --command-config admin.properties --create --topic %s --partitions %d %s%n"
              .formatted(
                  topic.name(),
                  topic.partitions(),
                  new TreeMap<>(topic.settings())
                      .entrySet().stream()
                          .map(one -> "--config %s=%s".formatted(one.getKey(), one.getValue()))
                          .collect(Collectors.joining(" "))));
    }
    page.append("```\n");
  }
}
