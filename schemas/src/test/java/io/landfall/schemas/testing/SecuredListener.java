package io.landfall.schemas.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A listener with TLS and SCRAM for the broker of a test, and what its clients need. Keys and
 * certificates are made by the JDK's own tool.
 */
public final class SecuredListener {

  private static final String MECHANISM = "SCRAM-SHA-512";

  /** Of the keys; nobody may ever see it. */
  public static final String STORE_PASSWORD = "st0re-hunter2-k";

  private final Path folder;
  private final List<String> users;

  private SecuredListener(Path folder, List<String> users) {
    this.folder = folder;
    this.users = users;
  }

  /** Makes its keys in a folder. */
  public static SecuredListener in(Path folder, String... users)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    SecuredListener listener = new SecuredListener(folder, List.of(users));
    listener.keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=IP:127.0.0.1,DNS:localhost",
        "-keystore",
        listener.keys());
    listener.keytool("-exportcert", "-keystore", listener.keys(), "-file", listener.certificate());
    listener.keytool(
        "-importcert", "-noprompt", "-keystore", listener.trust(), "-file", listener.certificate());
    return listener;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private String keys() {
    return folder.resolve("keys.p12").toString();
  }

  private String trust() {
    return folder.resolve("trust.p12").toString();
  }

  private String certificate() {
    return folder.resolve("certificate.der").toString();
  }

  /**
   * The broker's settings.
   *
   * @param name of the listener
   */
  public Map<String, String> broker(String name) {
    String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
    return Map.of(
        prefix + "sasl.enabled.mechanisms",
        MECHANISM,
        prefix + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        prefix + "ssl.keystore.location",
        keys(),
        prefix + "ssl.keystore.type",
        "PKCS12",
        prefix + "ssl.keystore.password",
        STORE_PASSWORD,
        prefix + "ssl.key.password",
        STORE_PASSWORD);
  }

  /** The users, as a new cluster is told of them. */
  public List<String> scram() {
    return users.stream()
        .map(user -> "%s=[name=%s,password=%s]".formatted(MECHANISM, user, password(user)))
        .toList();
  }

  /** Nobody may ever see it. */
  public static String password(String user) {
    return "scr4m-hunter2-" + user;
  }

  /** What a client of a user is told, under Kafka's names. */
  public Map<String, String> client(String user) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", MECHANISM);
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password(user)));
    settings.put("ssl.truststore.location", trust());
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.password", STORE_PASSWORD);
    return settings;
  }

  /** The same as variables of the programs' environment. */
  public Map<String, String> environment(String user) {
    Map<String, String> environment = new TreeMap<>();
    client(user)
        .forEach(
            (name, value) ->
                environment.put(
                    "LANDFALL_KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    return environment;
  }
}
