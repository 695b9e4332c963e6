package io.landfall.producer.definition;

import java.net.URI;
import java.util.Optional;

/** How an API knows who asks. Each secret is a reference, such as {@code ${env:TOKEN}}. */
public sealed interface Auth {

  /** It does not ask. */
  record None() implements Auth {}

  /** {@code Authorization: Bearer …}. */
  record Bearer(String token) implements Auth {}

  /** {@code Authorization: Basic …}. */
  record Basic(String user, String password) implements Auth {}

  /** A header of its own. */
  record Header(String name, String value) implements Auth {}

  /** A parameter of the query. */
  record Query(String name, String value) implements Auth {}

  /** OAuth 2.0 client credentials: a token is asked for, and kept until it expires. */
  record ClientCredentials(URI tokenUrl, String id, String secret, Optional<String> scope)
      implements Auth {}
}
