package io.landfall.sandbox.process;

import java.nio.file.Path;
import java.util.List;

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
    Path folder = ChildProcess.home().resolve(module);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + folder.resolve("jvm.options"),
        "-cp",
        folder.resolve("target/classes") + ":" + folder.resolve("target/lib") + "/*",
        mainClass);
  }
}
