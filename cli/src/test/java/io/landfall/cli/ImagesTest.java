package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images and the Compose file give away: as little as each program can do with. */
class ImagesTest {

  private static final Path ROOT = Path.of("..");

  /** The programs that have an image. */
  private static final List<String> IMAGES = List.of("producer", "consumer", "sandbox");

  private static final Pattern OURS = Pattern.compile("landfall-(\\w+):.*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::?-([^}]*))?}");

  /** Variables that name what a program writes. */
  private static final Pattern WRITTEN =
      Pattern.compile("LANDFALL_\\w*(_DIR|_FILE|TABLE)|ROCKSDB_SHAREDLIB_DIR");

  private record Service(String name, JsonNode settings) {

    boolean isOurs() {
      return OURS.matcher(image()).matches();
    }

    String image() {
      return settings.path("image").asText();
    }

    String program() {
      Matcher ours = OURS.matcher(image());
      assertThat(ours.matches()).isTrue();
      return ours.group(1);
    }

    List<String> list(String key) {
      return StreamSupport.stream(settings.path(key).spliterator(), false)
          .map(JsonNode::asText)
          .toList();
    }

    Map<String, String> environment() {
      Map<String, String> variables = new TreeMap<>();
      settings
          .path("environment")
          .properties()
          .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
      return variables;
    }

    /** Folders that are mounted, other than in memory. */
    List<String> mounts() {
      return list("volumes").stream()
          .map(ImagesTest::substituted)
          .map(volume -> volume.substring(volume.indexOf(':') + 1).replaceFirst(":.*", ""))
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Service> services() throws IOException {
    JsonNode file = new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile());
    List<Service> services = new ArrayList<>();
    file.get("services")
        .properties()
        .forEach(one -> services.add(new Service(one.getKey(), merged(file, one.getValue()))));
    return services;
  }

  static List<Service> ours() throws IOException {
    return services().stream().filter(Service::isOurs).toList();
  }

  /** Jackson reads an alias as its name; every anchor of the file is that of the key x-NAME. */
  private static JsonNode merged(JsonNode file, JsonNode node) {
    if (node.isTextual() && file.has("x-" + node.asText())) {
      return merged(file, file.get("x-" + node.asText()));
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode whole = ((ObjectNode) node).objectNode();
    if (node.has("<<")) {
      whole.setAll((ObjectNode) merged(file, node.get("<<")));
    }
    node.properties()
        .forEach(
            one -> {
              if (!one.getKey().equals("<<")) {
                whole.set(
                    one.getKey(),
                    one.getKey().equals("healthcheck") || one.getValue().isObject()
                        ? merged(file, one.getValue())
                        : one.getValue());
              }
            });
    return whole;
  }

  private static String substituted(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(found.group(2) == null ? "unset" : found.group(2)));
  }

  private static String dockerfile(String image) throws IOException {
    return Files.readString(ROOT.resolve(image).resolve("Dockerfile")).replaceAll("\\\\\n\\s*", "");
  }

  /** The rest of each line that begins with an instruction. */
  private static List<String> instructions(String dockerfile, String name) {
    return Pattern.compile("(?m)^%s (.*)$".formatted(name))
        .matcher(dockerfile)
        .results()
        .map(line -> line.group(1).strip())
        .toList();
  }

  private static Map<String, String> variables(String dockerfile) {
    Map<String, String> variables = new TreeMap<>();
    instructions(dockerfile, "ENV").stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+")))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> variables.put(pair[0], pair[1]));
    return variables;
  }

  private static List<String> volumes(String dockerfile) {
    return instructions(dockerfile, "VOLUME").stream()
        .flatMap(line -> Pattern.compile("\"([^\"]+)\"").matcher(line).results())
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void everyImageIsStarted() throws IOException {
    assertThat(ours().stream().map(Service::program).distinct())
        .containsExactlyInAnyOrderElementsOf(IMAGES);
  }

  @ParameterizedTest
  @MethodSource("services")
  void noServiceHasMoreRightsThanItNeeds(Service service) {
    assertThat(service.list("cap_drop")).containsExactly("ALL");
    assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
    assertThat(Stream.of("privileged", "cap_add", "devices", "pid", "ipc", "userns_mode"))
        .noneMatch(service.settings()::has);
    assertThat(service.settings().path("network_mode").asText()).isNotEqualTo("host");
    assertThat(service.settings().path("user").asText()).doesNotMatch("(root|0)(:.*)?");
    assertThat(service.settings().has("mem_limit")).isTrue();
    assertThat(service.list("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(service.list("volumes")).noneMatch(volume -> volume.contains("docker.sock"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyImageHasAVersion(Service service) {
    String tag = service.image().substring(service.image().lastIndexOf(':') + 1);
    assertThat(service.image()).contains(":");
    assertThat(service.isOurs() || tag.matches("v?\\d+\\.\\d+.*")).as(service.image()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void oursCanChangeNothingThatTheyRun(Service service) {
    assertThat(service.settings().path("read_only").asBoolean()).isTrue();
    assertThat(service.list("tmpfs"))
        .singleElement()
        .asString()
        .matches("/tmp:size=\\d+m,mode=1777,noexec,nosuid,nodev");
    assertThat(service.settings().has("user")).isFalse();
  }

  /** Else it starts, and fails when it writes. */
  @ParameterizedTest
  @MethodSource("ours")
  void whatOursWriteIsWritable(Service service) throws IOException {
    String dockerfile = dockerfile(service.program());
    Map<String, String> variables = variables(dockerfile);
    variables.putAll(service.environment());
    List<Path> writable =
        Stream.of(volumes(dockerfile), service.mounts(), List.of("/tmp"))
            .flatMap(List::stream)
            .map(Path::of)
            .toList();
    // What shows settings opens nothing.
    if (service.settings().has("entrypoint")) {
      return;
    }
    variables.forEach(
        (name, value) -> {
          if (WRITTEN.matcher(name).matches()) {
            assertThat(writable).as("%s=%s", name, value).anyMatch(Path.of(value)::startsWith);
          }
        });
    Pattern.compile("-Djava\\.io\\.tmpdir=([^\"]+)")
        .matcher(dockerfile)
        .results()
        .map(MatchResult::group)
        .map(option -> Path.of(option.replaceFirst(".*=", "")))
        .forEach(folder -> assertThat(writable).anyMatch(folder::startsWith));
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer", "consumer", "sandbox"})
  void noImageRunsAsRoot(String image) throws IOException {
    String dockerfile = dockerfile(image);
    assertThat(instructions(dockerfile, "USER")).containsExactly("${UID}:${UID}");
    assertThat(instructions(dockerfile, "ARG"))
        .anyMatch(argument -> argument.matches("UID=[1-9]\\d*"));
    assertThat(instructions(dockerfile, "RUN").get(0)).startsWith("if [ \"${UID}\" -eq 0 ]");
    // Whoever gives it away owns it: a program that is broken into changes neither itself nor
    // others.
    assertThat(dockerfile).doesNotContain("--chown", "chmod");
    assertThat(instructions(dockerfile, "COPY")).allMatch(copy -> copy.contains(" /opt/landfall/"));
    assertThat(instructions(dockerfile, "ADD")).isEmpty();
    assertThat(instructions(dockerfile, "ENTRYPOINT")).singleElement().asString().startsWith("[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer", "consumer", "sandbox"})
  void everyImageTellsWhatIsInIt(String image) throws IOException {
    String dockerfile = dockerfile(image);
    assertThat(instructions(dockerfile, "LABEL"))
        .singleElement()
        .asString()
        .contains(
            "org.opencontainers.image.title=\"landfall-%s\"".formatted(image),
            "org.opencontainers.image.licenses=\"Apache-2.0\"",
            "org.opencontainers.image.version=",
            "org.opencontainers.image.revision=",
            "org.opencontainers.image.base.name=");
    assertThat(instructions(dockerfile, "COPY"))
        .anyMatch(copy -> copy.startsWith("%s/target/sbom ".formatted(image)));
    assertThat(Files.readString(ROOT.resolve(".dockerignore")))
        .contains("!%s/target/sbom\n".formatted(image));
    assertThat(instructions(dockerfile, "ARG").get(0)).matches("BASE_IMAGE=\\S+:\\d\\S+");
  }
}
