package io.landfall.producer.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which notes what users ask for. Made by the broker. */
public final class RecordingAuthorizer extends StandardAuthorizer {

  /** That a user wanted to do something. */
  public record Demand(String user, ResourceType type, String name, AclOperation operation) {}

  private static final Set<Demand> ALLOWED = ConcurrentHashMap.newKeySet();
  private static final Set<Demand> DENIED = ConcurrentHashMap.newKeySet();

  /** Forgets all. */
  public static void forget() {
    ALLOWED.clear();
    DENIED.clear();
  }

  public static Set<Demand> allowed() {
    return Set.copyOf(ALLOWED);
  }

  public static Set<Demand> denied() {
    return Set.copyOf(DENIED);
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int each = 0; each < actions.size(); each++) {
      Action action = actions.get(each);
      // Who is told what he may do is not somebody who does it.
      if (action.logIfAllowed() || action.logIfDenied()) {
        (results.get(each) == AuthorizationResult.ALLOWED ? ALLOWED : DENIED)
            .add(
                new Demand(
                    context.principal().getName(),
                    action.resourcePattern().resourceType(),
                    action.resourcePattern().name(),
                    action.operation()));
      }
    }
    return results;
  }
}
