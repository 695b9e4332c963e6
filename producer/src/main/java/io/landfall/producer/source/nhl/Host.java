package io.landfall.producer.source.nhl;

import io.landfall.producer.source.http.HttpApi;
import java.net.URI;

/**
 * One of the league's hosts.
 *
 * @param url what its paths are appended to, without a slash at the end
 * @param api to ask it with
 */
public record Host(URI url, HttpApi api) {}
