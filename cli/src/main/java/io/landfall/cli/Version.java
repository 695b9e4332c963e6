package io.landfall.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as the root POM has it. */
public final class Version {

  private Version() {}

  public static String current() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/landfall-build.properties")) {
      if (in == null) {
        throw new IllegalStateException("landfall-build.properties is not on the class path");
      }
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }
}
