package io.landfall.cli.registry;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a schema registry is reached. It goes to Spark's tasks, whose plans are printed, so it never
 * shows its password.
 *
 * @param user whom it asks for a password; null for one that asks nobody
 */
public record RegistrySettings(URI url, @Nullable String user, @Nullable String password)
    implements Serializable {

  /** The settings that name it. */
  public static final List<Setting<?>> ALL =
      List.of(
          LandfallSettings.SCHEMA_REGISTRY_URL,
          LandfallSettings.SCHEMA_REGISTRY_USER,
          LandfallSettings.SCHEMA_REGISTRY_PASSWORD);

  /**
   * The registry that the user has, if there is one.
   *
   * @throws LandfallException if only a part of it is told
   */
  public static Optional<RegistrySettings> of(Settings settings) {
    Optional<URI> url = settings.find(LandfallSettings.SCHEMA_REGISTRY_URL);
    Optional<String> user = settings.find(LandfallSettings.SCHEMA_REGISTRY_USER);
    Optional<String> password = settings.find(LandfallSettings.SCHEMA_REGISTRY_PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw LandfallException.usage(
          "schema-registry-user and schema-registry-password: one of the two is set, and the other is not. Set both, or, for a registry that asks for no password, neither.");
    }
    return url.map(found -> new RegistrySettings(found, user.orElse(null), password.orElse(null)));
  }

  /** The schema that an id stands for; nothing where the registry has none. */
  public Optional<String> schema(int id) {
    return SchemaRegistry.at(this).schema(id);
  }

  @Override
  public String toString() {
    return user == null ? url.toString() : "%s as %s".formatted(url, user);
  }
}
