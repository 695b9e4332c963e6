package io.landfall.producer.infer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One answer.
 *
 * @param name of its file, or its URL
 * @param body as JSON
 * @param link its {@code Link} header, if it came with one
 */
public record Sample(String name, JsonNode body, Optional<String> link) {}
