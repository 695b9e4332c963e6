package io.landfall.sandbox.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of Landfall, started from what a module was built into.
 *
 * @param word of the landfall script that starts it, and the name of its module
 * @param classes folders of classes, relative to the project's
 */
public record Part(String word, String mainClass, List<String> classes) {

  public static final Part PRODUCER = of("producer", "io.landfall.producer.ProducerMain");
  public static final Part CONSUMER = of("consumer", "io.landfall.consumer.ConsumerMain");
  public static final Part SANDBOX = of("sandbox", "io.landfall.sandbox.SandboxMain");

  public Part {
    classes = List.copyOf(classes);
  }

  private static Part of(String word, String mainClass) {
    return new Part(
        word,
        mainClass,
        List.of("schemas/target/classes", "cli/target/classes", word + "/target/classes"));
  }

  /** The same module with another main class, which is in further folders. */
  public Part with(String otherMainClass, List<String> furtherClasses) {
    return new Part(
        word, otherMainClass, Stream.concat(classes.stream(), furtherClasses.stream()).toList());
  }

  /** The command line up to the command. */
  List<String> command() {
    Path home = ChildProcess.home();
    Path folder = home.resolve(word);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + folder.resolve("jvm.options"));
    Path archive = folder.resolve("target/landfall-%s.jsa".formatted(word));
    if (Files.exists(archive)) {
      command.add("-XX:SharedArchiveFile=" + archive);
      command.add("-Xlog:disable");
      command.add("-Xlog:all=error:stderr");
    }
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(folder.resolve("target/lib") + "/*"),
                classes.stream().map(each -> home.resolve(each).toString()))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    return command;
  }
}
