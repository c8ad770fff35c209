package dev.muster.cli.verb;

import dev.muster.cli.session.Sessions.Need;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.security.identity.Approvers;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.view.UserView;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The people whom settings about approving may name.
final class WhoThereIs {
  private WhoThereIs() {}

  /// @throws Refusal where nobody can be asked, or does not tell
  static Approvers ask(Context context, Settings settings, Need need) {
    var open = settings.http().issuer() != null;
    if (!Files.isDirectory(settings.data()) && context.globals().server == null) {
      return Approvers.of(List.of(), open);
    }
    try (var link = context.link(need);
        var users = link.api().people().users()) {
      var named = users.map(Fetched::view).filter(it -> it.disabledAt() == null);
      return new Approvers(
          Stream.concat(Stream.of(Principal.OWNER), named.map(WhoThereIs::principal)).toList(),
          open);
    }
  }

  private static Principal principal(UserView it) {
    Set<Role> roles = it.roles().stream().map(Role::of).collect(Collectors.toSet());
    return new Principal(it.name(), Principal.Kind.USER, it.name(), roles, it.workforce());
  }
}
