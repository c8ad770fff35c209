package dev.muster.cli.settings;

import dev.muster.orchestrator.identity.ApprovalRules;
import java.nio.file.Path;
import java.util.Map;

/// The settings of those who call: where the API listens, and who may decide what.
record ServingCheck(SettingsCheck check, Map<String, String> environment) {
  /// Who may approve what they asked themselves.
  private enum Own {
    OWNER,
    NEVER
  }

  Settings.Http http(Path data) {
    return new Settings.Http(
        check.text(Setting.HTTP_HOST),
        check.list(Setting.HTTP_NAMES, "[A-Za-z0-9._:\\[\\]-]{1,253}", "host names"),
        check.pathOr(Setting.TOKEN_FILE, data.resolve("operator.token"), environment),
        rules());
  }

  private ApprovalRules rules() {
    var own = check.choice(Setting.APPROVALS_OWN, Own.class) == Own.OWNER;
    try {
      return ApprovalRules.of(own, check.text(Setting.APPROVALS_REQUIRED));
    } catch (IllegalArgumentException e) {
      check.refuse(Setting.APPROVALS_REQUIRED, String.valueOf(e.getMessage()));
      return ApprovalRules.STANDARD;
    }
  }
}
