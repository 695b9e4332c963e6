package io.landfall.cli.lineage;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of runs.
 *
 * @param url of the service; empty for nobody
 * @param namespace of the jobs
 * @param token that the service asks for, if it does
 */
public record LineageSettings(Optional<URI> url, String namespace, Optional<String> token) {

  public static final List<Setting<?>> ALL =
      List.of(
          LandfallSettings.OPENLINEAGE_URL,
          LandfallSettings.OPENLINEAGE_NAMESPACE,
          LandfallSettings.OPENLINEAGE_TOKEN);

  public static LineageSettings of(Settings settings) {
    return new LineageSettings(
        settings.find(LandfallSettings.OPENLINEAGE_URL),
        settings.find(LandfallSettings.OPENLINEAGE_NAMESPACE).orElse("landfall"),
        settings.find(LandfallSettings.OPENLINEAGE_TOKEN));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "LineageSettings[url=%s, namespace=%s]".formatted(url, namespace);
  }
}
