package io.landfall.storage.race;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a racer is told.
 *
 * @param name its name
 * @param port of the starting line
 * @param table where all write
 * @param rounds how often
 * @param logStore the class that writes the log
 * @param hadoop settings of the client of the storage
 */
public record Course(
    String name,
    int port,
    String table,
    int rounds,
    Class<?> logStore,
    Map<String, String> hadoop) {

  private static final String HADOOP = "hadoop.";

  /** Writes it to a file of a folder. */
  public Path writeTo(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("name", name);
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("table", table);
    properties.setProperty("rounds", Integer.toString(rounds));
    properties.setProperty("logStore", logStore.getName());
    hadoop.forEach((key, value) -> properties.setProperty(HADOOP + key, value));
    Path file = folder.resolve(name + ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  static Course readFrom(String file) throws IOException, ClassNotFoundException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    }
    Map<String, String> hadoop = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(HADOOP)) {
        hadoop.put(key.substring(HADOOP.length()), properties.getProperty(key));
      }
    }
    return new Course(
        properties.getProperty("name"),
        Integer.parseInt(properties.getProperty("port")),
        properties.getProperty("table"),
        Integer.parseInt(properties.getProperty("rounds")),
        Class.forName(properties.getProperty("logStore")),
        hadoop);
  }
}
