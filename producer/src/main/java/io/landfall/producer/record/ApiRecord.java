package io.landfall.producer.record;

import com.fasterxml.jackson.databind.JsonNode;

/** One record of an answer. */
public interface ApiRecord {

  /**
   * What it says; read anew at each call, so that an answer of many records never is in memory as a
   * whole.
   */
  JsonNode value();

  /** It as it stands in the answer; written anew only where its values are scattered over it. */
  String text();
}
