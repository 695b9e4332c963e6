package io.landfall.cli.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.LandfallException;
import io.landfall.cli.registry.Requests.Answer;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registry, asked over Confluent's REST API. Safe for use by several threads. */
public final class SchemaRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);

  /** A newer schema reads what was written with an older one. */
  private static final String COMPATIBILITY = "BACKWARD";

  private static final JsonMapper JSON = new JsonMapper();

  /** Those of this process: a task of Spark's that comes later asks nothing again. */
  private static final Map<RegistrySettings, SchemaRegistry> OPEN = new ConcurrentHashMap<>();

  private record Registration(String subject, String schema) {

    String path() {
      return "/subjects/" + URLEncoder.encode(subject, UTF_8);
    }

    String versionsPath() {
      return path() + "/versions";
    }

    String configPath() {
      return "/config/" + URLEncoder.encode(subject, UTF_8);
    }

    JsonNode body() {
      return JSON.createObjectNode().put("schema", schema);
    }
  }

  private final RegistrySettings settings;
  private final Requests requests;

  /**
   * What an id stands for does not change. Nor does it in this process that one stands for nothing:
   * a record that was set aside for it must not be a row when it is looked at again.
   */
  private final Map<Integer, Optional<String>> schemas = new ConcurrentHashMap<>();

  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

  SchemaRegistry(RegistrySettings settings, Requests.Patience patience) {
    this.settings = settings;
    this.requests = new Requests(settings, patience);
  }

  /** The one of this process. */
  public static SchemaRegistry at(RegistrySettings settings) {
    return OPEN.computeIfAbsent(
        settings, unused -> new SchemaRegistry(settings, Requests.Patience.USUAL));
  }

  /**
   * Asks it something that changes nothing.
   *
   * @return how many subjects it has
   * @throws LandfallException if it does not answer, or not this user
   */
  public int subjects() {
    return ok(requests.get("/subjects")).json().size();
  }

  /**
   * The schema that an id stands for; nothing where the registry has none.
   *
   * @throws LandfallException if it does not answer
   */
  public Optional<String> schema(int id) {
    Optional<String> known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Answer answer = requests.get("/schemas/ids/" + Integer.toUnsignedString(id));
    Optional<String> found =
        answer.isNotThere() ? Optional.empty() : Optional.of(schemaIn(ok(answer)));
    schemas.put(id, found);
    return found;
  }

  /**
   * The id of a schema under a subject. Where the subject does not have it yet, it is registered;
   * where there is no such subject yet, it becomes one whose schemas are backward compatible.
   *
   * @throws LandfallException if the registry does not answer, or does not take the schema
   */
  public int register(String subject, String schema) {
    Registration wanted = new Registration(subject, schema);
    Integer known = ids.get(wanted);
    if (known != null) {
      return known;
    }
    // Who may not register schemas can use one that an administrator has registered.
    Answer there = requests.post(wanted.path(), wanted.body());
    int id = there.isNotThere() ? registerNew(wanted) : idIn(ok(there));
    ids.put(wanted, id);
    return id;
  }

  private int registerNew(Registration wanted) {
    Answer versions = requests.get(wanted.versionsPath());
    boolean isOld = !versions.isNotThere() && !ok(versions).json().isEmpty();
    // Some take a subject's compatibility only once there is the subject.
    boolean isDecided = isOld || isDecided(wanted) || decide(wanted);
    Answer answer = requests.post(wanted.versionsPath(), wanted.body());
    if (answer.status() == 409) {
      throw incompatible(wanted, answer);
    }
    int id = idIn(ok(answer));
    if (!isDecided && !decide(wanted)) {
      throw refused("the compatibility of subject %s".formatted(wanted.subject()), "status 404");
    }
    LOG.atInfo()
        .addKeyValue("subject", wanted.subject())
        .addKeyValue("id", id)
        .log("Schema registered");
    return id;
  }

  /** Whether an administrator has decided of the subject beforehand. That stays. */
  private boolean isDecided(Registration wanted) {
    Answer answer = requests.get(wanted.configPath());
    return !answer.isNotThere() && ok(answer).isOk();
  }

  /**
   * Decides it.
   *
   * @return false where there is no such subject
   */
  private boolean decide(Registration wanted) {
    Answer answer =
        requests.put(
            wanted.configPath(), JSON.createObjectNode().put("compatibility", COMPATIBILITY));
    return !answer.isNotThere() && ok(answer).isOk();
  }

  private int idIn(Answer answer) {
    JsonNode id = answer.json().path("id");
    if (!id.isInt()) {
      throw notARegistry("its answer has no id");
    }
    return id.intValue();
  }

  private String schemaIn(Answer answer) {
    JsonNode schema = answer.json().path("schema");
    if (!schema.isTextual()) {
      throw notARegistry("its answer has no schema");
    }
    return schema.textValue();
  }

  /** The answer, unless it is a refusal. */
  private Answer ok(Answer answer) {
    if (answer.isOk()) {
      return answer;
    }
    if (answer.status() == 401 || answer.status() == 403) {
      throw LandfallException.usage(
          "The schema registry at %s does not let %s in, or not that far (%s). Nothing was written. See schema-registry-user and schema-registry-password."
              .formatted(
                  settings.url(),
                  settings.user() == null ? "who has no name" : "user " + settings.user(),
                  answer.reason()));
    }
    throw answer.status() == 404 && !answer.isNotThere()
        ? notARegistry(answer.reason())
        : refused("it", answer.reason());
  }

  private LandfallException incompatible(Registration wanted, Answer answer) {
    return LandfallException.refused(
        "The schema registry at %s does not take the schema of these rows for subject %s, because it is not compatible with what is registered there (%s). Nothing was written. Either another deployment writes under this subject (then give one of the two a topic-prefix), or another release does, or somebody has changed the subject: GET %s%s lists its versions, and GET %s%s says what is asked of them."
            .formatted(
                settings.url(),
                wanted.subject(),
                answer.reason(),
                settings.url(),
                wanted.versionsPath(),
                settings.url(),
                wanted.configPath()));
  }

  private LandfallException refused(String what, String reason) {
    return LandfallException.refused(
        "The schema registry at %s was asked for something and refuses %s (%s). Nothing was written."
            .formatted(settings.url(), what, reason));
  }

  private LandfallException notARegistry(String why) {
    return LandfallException.usage(
        "schema-registry-url: what answers at %s does not speak Confluent's REST API (%s). Nothing was written. Is the path right? Confluent's own server has none, Apicurio's is /apis/ccompat/v7."
            .formatted(settings.url(), why));
  }
}
