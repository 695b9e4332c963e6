package io.landfall.sandbox.recorded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The snapshots that come with this program. */
final class Shipped {

  static final List<String> NAMES =
      List.of(
          "2025-05-11T120400Z.json.gz",
          "2025-05-11T130734Z.json.gz",
          "2025-05-11T230233Z.json.gz",
          "2025-05-12T013107Z.json.gz");

  private Shipped() {}

  static InputStream open(String name) throws IOException {
    InputStream in = Shipped.class.getResourceAsStream("earthquakes/" + name);
    if (in == null) {
      throw new FileNotFoundException("No snapshot " + name + " comes with this program");
    }
    return in;
  }
}
