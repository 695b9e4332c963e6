package io.landfall.sandbox.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of Landfall, built in the module that has its name. */
public enum Part {
  PRODUCER("producer", "io.landfall.producer.ProducerMain"),
  CONSUMER("consumer", "io.landfall.consumer.ConsumerMain"),
  SANDBOX("sandbox", "io.landfall.sandbox.SandboxMain");

  private final String module;
  private final String mainClass;

  Part(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  /** The word of the landfall script that starts it. */
  public String word() {
    return module;
  }

  /** The command line up to the verb. */
  List<String> command() {
    Path home = ChildProcess.home();
    Path folder = home.resolve(module);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + folder.resolve("jvm.options"));
    Path archive = folder.resolve("target/landfall-%s.jsa".formatted(module));
    if (Files.exists(archive)) {
      command.add("-XX:SharedArchiveFile=" + archive);
      command.add("-Xlog:disable");
      command.add("-Xlog:all=error:stderr");
    }
    command.add("-cp");
    command.add(
        Stream.of(
                folder.resolve("target/lib") + "/*",
                home.resolve("schemas/target/classes").toString(),
                folder.resolve("target/classes").toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    return command;
  }
}
