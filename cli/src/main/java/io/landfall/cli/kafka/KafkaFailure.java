package io.landfall.cli.kafka;

import io.landfall.cli.LandfallException;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Why a cluster cannot be used. A setting that the client cannot take, and credentials that the
 * cluster refuses, are the user's to mend (exit code 2): to try again with the same ones only locks
 * an account. All else is unavailable (exit code 3).
 */
public final class KafkaFailure {

  private static final String PREFIX = "kafka.";
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

  private final String servers;
  private final Map<String, ?> settings;
  private final List<AclBinding> rights;

  private KafkaFailure(String servers, Map<String, ?> settings, List<AclBinding> rights) {
    this.servers = servers;
    this.settings = settings;
    this.rights = rights;
  }

  /**
   * Whether a producer's transactional id is another's now: Kafka has more than one error for it.
   */
  public static boolean isFenced(KafkaException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException);
  }

  /**
   * What to tell.
   *
   * @param settings what the client was given, under Kafka's names
   */
  public static LandfallException of(String servers, Map<String, ?> settings, Throwable failure) {
    return of(servers, settings, List.of(), failure);
  }

  /**
   * What to tell.
   *
   * @param settings what the client was given, under Kafka's names
   * @param rights what the command must be allowed, so that it can be told what is missing
   */
  static LandfallException of(
      String servers, Map<String, ?> settings, List<AclBinding> rights, Throwable failure) {
    return new KafkaFailure(servers, settings, rights).stop(failure);
  }

  /**
   * Whether a failure comes, over whatever way, from a cluster that refuses this user: what was
   * made of it on the way says less than what can be told of it.
   */
  public static boolean isRefusal(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return first(chain, AuthorizationException.class).isPresent()
        || first(chain, SaslAuthenticationException.class).isPresent()
        || first(chain, UnsupportedSaslMechanismException.class).isPresent();
  }

  /** What is missing, told before anything was asked of the cluster that it would refuse. */
  static LandfallException lacking(String servers, List<AclBinding> missing) {
    return LandfallException.usage(refused(servers, MissingRights.words(missing)));
  }

  private static String refused(String servers, String lacks) {
    return "Kafka at %s knows this user, and does not let it do this: it lacks %s. Give it the right (kafka-acls.sh --add), or use another user; docs/security.md lists what each command needs."
        .formatted(servers, lacks);
  }

  private LandfallException stop(Throwable failure) {
    List<Throwable> chain = chain(failure);
    if (isRefusal(failure)) {
      return refusedCredentials(chain).or(() -> refusedRights(chain)).orElseThrow();
    }
    return first(chain, LandfallException.class)
        .or(() -> tls(chain))
        .or(() -> setting(chain))
        .orElseGet(() -> listening(failure));
  }

  private Optional<LandfallException> refusedCredentials(List<Throwable> chain) {
    Optional<? extends KafkaException> refused =
        first(chain, SaslAuthenticationException.class).isPresent()
            ? first(chain, SaslAuthenticationException.class)
            : first(chain, UnsupportedSaslMechanismException.class);
    return refused.map(
        e ->
            LandfallException.usage(
                "Kafka at %s refuses the credentials: %s. See kafka.sasl.mechanism and kafka.sasl.jaas.config."
                    .formatted(servers, sentence(e)),
                e));
  }

  private Optional<LandfallException> refusedRights(List<Throwable> chain) {
    return first(chain, AuthorizationException.class)
        .map(e -> LandfallException.usage(refused(servers, lacks(e)), e));
  }

  /** What the cluster tells of this user's rights says most; else what the error says. */
  private String lacks(AuthorizationException refused) {
    List<AclBinding> missing = rights.isEmpty() ? List.of() : MissingRights.all(settings, rights);
    if (!missing.isEmpty()) {
      return MissingRights.words(missing);
    }
    if (refused instanceof TopicAuthorizationException topics) {
      return topics.unauthorizedTopics().isEmpty()
          ? "a right on a topic (%s)".formatted(sentence(refused))
          : topics.unauthorizedTopics().stream()
              .sorted()
              .map(topic -> on(ResourceType.TOPIC, topic))
              .collect(Collectors.joining(", "));
    }
    if (refused instanceof GroupAuthorizationException group && group.groupId() != null) {
      return on(ResourceType.GROUP, group.groupId());
    }
    if (refused instanceof TransactionalIdAuthorizationException) {
      List<AclBinding> ids = rights(ResourceType.TRANSACTIONAL_ID);
      return ids.isEmpty() ? "WRITE on its transactional id" : MissingRights.words(ids);
    }
    if (refused instanceof ClusterAuthorizationException) {
      List<AclBinding> cluster = rights(ResourceType.CLUSTER);
      return cluster.isEmpty()
          ? "a right on the cluster (%s)".formatted(sentence(refused))
          : MissingRights.words(cluster);
    }
    return "a right (%s)".formatted(sentence(refused));
  }

  private List<AclBinding> rights(ResourceType type) {
    return rights.stream().filter(one -> one.pattern().resourceType() == type).toList();
  }

  /** Those that the command needs on it; an error names the thing and not what was asked of it. */
  private String on(ResourceType type, String name) {
    List<AclBinding> here =
        rights(type).stream()
            .filter(
                one ->
                    one.pattern().patternType() == PatternType.PREFIXED
                        ? name.startsWith(one.pattern().name())
                        : name.equals(one.pattern().name()))
            .toList();
    String thing = MissingRights.words(new ResourcePattern(type, name, PatternType.LITERAL));
    return here.isEmpty()
        ? "a right on " + thing
        : MissingRights.words(here).replaceAll(" on .*", " on ") + thing;
  }

  private Optional<LandfallException> tls(List<Throwable> chain) {
    Optional<Throwable> failed =
        first(chain, SslAuthenticationException.class)
            .map(Throwable.class::cast)
            .or(() -> first(chain, SSLException.class));
    if (failed.isEmpty() || !isTls()) {
      return Optional.empty();
    }
    Throwable innermost = chain.get(chain.size() - 1);
    BrokerProbe.Finding finding = look();
    if (finding == BrokerProbe.Finding.KAFKA || finding == BrokerProbe.Finding.HTTP) {
      return Optional.of(listening(innermost, finding));
    }
    return Optional.of(
        LandfallException.unavailable(
            "Kafka at %s and this program do not agree on TLS: %s. See kafka.ssl.truststore.location (whom we trust), kafka.ssl.keystore.location (who we are) and kafka.ssl.endpoint.identification.algorithm (the name in the certificate)."
                .formatted(servers, sentence(innermost)),
            innermost));
  }

  /** A client that cannot even be made was given something that it cannot take. */
  private Optional<LandfallException> setting(List<Throwable> chain) {
    Throwable outermost = chain.get(0);
    String all =
        String.join("\n", chain.stream().map(e -> String.valueOf(e.getMessage())).toList());
    if (all.contains("No resolvable bootstrap urls")) {
      return Optional.of(listening(outermost, BrokerProbe.Finding.UNKNOWN_HOST));
    }
    boolean made =
        first(chain, ConfigException.class).isEmpty()
            && !all.contains("Failed to create new KafkaAdminClient")
            && !all.contains("Failed to construct kafka")
            && !all.contains("Failed create new KafkaAdminClient");
    if (made) {
      return Optional.empty();
    }
    Throwable innermost = chain.get(chain.size() - 1);
    List<String> names = named(all);
    boolean secret = names.stream().anyMatch(PassThrough::isSecret);
    String said = sentence(innermost);
    return Optional.of(
        LandfallException.usage(
            "Kafka's client does not take %s: %s. Nothing was asked of the cluster."
                .formatted(
                    String.join(" or ", names.stream().map(name -> PREFIX + name).toList()),
                    // What is quoted may be a piece of the secret.
                    secret ? QUOTED.matcher(said).replaceAll("'***'") : said),
            outermost));
  }

  /** The settings that a message is about, by their names, their values or its words. */
  private List<String> named(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    TreeSet<String> names = new TreeSet<>();
    settings.forEach(
        (name, value) -> {
          boolean file = name.endsWith(".location") && message.contains(String.valueOf(value));
          if (text.contains(name.toLowerCase(Locale.ROOT)) || file) {
            names.add(name);
          }
        });
    if (names.isEmpty() && (text.contains("jaas") || text.contains("login"))) {
      names.add("sasl.jaas.config");
    }
    if (names.isEmpty()) {
      settings.keySet().stream()
          .filter(name -> name.startsWith("sasl.") || name.startsWith("ssl."))
          .forEach(names::add);
    }
    if (names.isEmpty()) {
      settings.keySet().stream()
          .filter(name -> !name.equals("bootstrap.servers"))
          .forEach(names::add);
    }
    return List.copyOf(names);
  }

  private LandfallException listening(Throwable failure) {
    return listening(failure, look());
  }

  private BrokerProbe.Finding look() {
    List<BrokerProbe.Finding> findings =
        Arrays.stream(servers.split(",")).limit(3).map(BrokerProbe::look).distinct().toList();
    // The one that tells most: an address that answers wrongly says more than one that is away.
    return Stream.of(
            BrokerProbe.Finding.KAFKA,
            BrokerProbe.Finding.TLS,
            BrokerProbe.Finding.HTTP,
            BrokerProbe.Finding.OTHER)
        .filter(findings::contains)
        .findFirst()
        .orElse(findings.get(0));
  }

  private LandfallException listening(Throwable failure, BrokerProbe.Finding finding) {
    String words =
        switch (finding) {
          case UNKNOWN_HOST ->
              "No Kafka at %1$s: the host is not known. Is --bootstrap-servers right?";
          case CLOSED ->
              "No Kafka at %1$s: nothing listens there (the connection is refused). Is the broker running, and is --bootstrap-servers right?";
          case UNREACHABLE ->
              "No Kafka at %1$s: the host does not answer. Is it up, and does a firewall let this machine through?";
          case HTTP ->
              "No Kafka at %1$s: an HTTP server answers there. Is the port in --bootstrap-servers right?";
          case TLS ->
              isTls()
                  ? "Kafka at %1$s speaks TLS, but did not finish answering (%2$s)."
                  : "What listens at %1$s speaks TLS, and this program was told to speak plainly. Set kafka.security.protocol to SSL, or SASL_SSL where users log in.";
          case KAFKA ->
              isTls()
                  ? "Kafka at %1$s speaks plainly there, and this program was told to speak TLS. Set kafka.security.protocol to PLAINTEXT or SASL_PLAINTEXT, or name the port that speaks TLS."
                  : "Kafka at %1$s is there, but did not finish answering (%2$s). Does it want a login (kafka.security.protocol: SASL_PLAINTEXT), can the addresses that it advertises be reached from here, and are all its brokers up?";
          case OTHER ->
              "No Kafka at %1$s: somebody listens there, and does not answer in Kafka's protocol. Is the port in --bootstrap-servers right?";
        };
    return LandfallException.unavailable(words.formatted(servers, sentence(failure)), failure);
  }

  private boolean isTls() {
    return String.valueOf(settings.get("security.protocol"))
        .toUpperCase(Locale.ROOT)
        .endsWith("SSL");
  }

  private static String sentence(Throwable failure) {
    return Reason.of(failure).replaceAll("\\s*\\R\\s*", " ").replaceAll("[.\\s]+$", "");
  }

  private static List<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(each -> !(each instanceof ExecutionException) || each.getCause() == null)
        .limit(30)
        .toList();
  }

  private static <T> Optional<T> first(List<Throwable> chain, Class<T> kind) {
    return chain.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
