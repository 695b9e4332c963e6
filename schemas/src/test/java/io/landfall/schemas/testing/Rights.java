package io.landfall.schemas.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** The rights of one user on a broker. */
public final class Rights {

  private final Admin admin;
  private final String user;

  public Rights(Admin admin, String user) {
    this.admin = admin;
    this.user = user;
  }

  /** The user may do exactly this from now on. */
  public void are(Collection<AclBinding> rights) throws Exception {
    List<AclBinding> wanted = new ArrayList<>();
    for (AclBinding right : rights) {
      AccessControlEntry entry = right.entry();
      wanted.add(
          new AclBinding(
              right.pattern(),
              new AccessControlEntry(
                  "User:" + user, entry.host(), entry.operation(), entry.permissionType())));
    }
    Collection<AclBinding> now = admin.describeAcls(AclBindingFilter.ANY).values().get();
    List<AclBindingFilter> gone =
        now.stream()
            .filter(one -> one.entry().principal().equals("User:" + user))
            .filter(one -> !wanted.contains(one))
            .map(AclBinding::toFilter)
            .toList();
    admin.deleteAcls(gone).all().get();
    admin.createAcls(wanted.stream().filter(one -> !now.contains(one)).toList()).all().get();
    while (!new HashSet<>(theirs()).equals(new HashSet<>(wanted))) {
      Thread.sleep(5);
    }
  }

  private List<AclBinding> theirs() throws Exception {
    return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
        .filter(one -> one.entry().principal().equals("User:" + user))
        .toList();
  }
}
