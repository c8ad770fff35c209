package dev.muster.host.settings;

import dev.muster.orchestrator.readside.webhook.WebhookTarget;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Issuer;
import dev.muster.orchestrator.security.identity.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The settings of those who call: where the API listens, and who may decide what.
record ServingCheck(SettingTexts texts, Map<String, String> environment) {
  /// Who may approve what they asked themselves.
  private enum Own {
    OWNER,
    NEVER
  }

  private enum Docs {
    ON,
    OFF
  }

  Settings.Http http(Path data, Named named) {
    return new Settings.Http(
        texts.text(Setting.HTTP_HOST),
        texts.list(Setting.HTTP_NAMES, "[A-Za-z0-9._:\\[\\]-]{1,253}", "host names"),
        texts.list(Setting.HTTP_ORIGINS, "https?://[A-Za-z0-9._:\\[\\]-]{1,260}", "origins"),
        folders(),
        texts.pathOr(Setting.TOKEN_FILE, data.resolve("operator.token"), environment),
        rules().with(named.policies()),
        issuer(),
        tls(),
        texts.text(Setting.HTTP_TLS_AUTHORITY).isEmpty()
            ? null
            : texts.path(Setting.HTTP_TLS_AUTHORITY, environment),
        webhooks(named.webhooks()),
        texts.choice(Setting.HTTP_DOCS, Docs.class) == Docs.ON);
  }

  private List<Path> folders() {
    var folders = OutsideFolders.of(texts.text(Setting.HTTP_FOLDERS), environment);
    if (folders == null) texts.refuse(Setting.HTTP_FOLDERS, "absolute folders, but not the root");
    return folders == null ? List.of() : folders;
  }

  /// The one that has settings of its own, and those with names.
  private List<Settings.Webhook> webhooks(List<Settings.Webhook> named) {
    var url = texts.text(Setting.WEBHOOK_URL);
    if (url.isEmpty()) return named;
    if (texts.text(Setting.WEBHOOK_KEY_FILE).isEmpty()) {
      texts.refuse(Setting.WEBHOOK_KEY_FILE, "a file, as webhook.url is set");
      return named;
    }
    var name = WebhookTarget.STANDARD;
    if (named.stream().anyMatch(it -> it.name().equals(name))) {
      texts.refuse(Setting.WEBHOOK_URL, "nothing, as there is webhooks." + name);
    }
    var all = new ArrayList<>(named);
    try {
      var target = new WebhookTarget(URI.create(url), "-".repeat(WebhookTarget.KEY_CHARS_MIN));
      var key = new WebhooksReader.KeyFile(texts.path(Setting.WEBHOOK_KEY_FILE, environment));
      all.addFirst(new Settings.Webhook(name, target.url(), key, Set.of()));
    } catch (IllegalArgumentException e) {
      texts.refuse(Setting.WEBHOOK_URL, String.valueOf(e.getMessage()));
    }
    return all;
  }

  /// The key lies where the user's own settings are, never in a data folder.
  Settings.Secrets secrets() {
    var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    var folder = config.isEmpty() ? home.resolve(".config") : Path.of(config);
    var key = texts.text(Setting.SECRETS_KEY);
    if (!key.isEmpty() && !key.matches("[0-9a-fA-F]{64}")) {
      texts.refuse(Setting.SECRETS_KEY, "64 hexadecimal digits");
    }
    return new Settings.Secrets(
        key.isEmpty() ? null : key,
        texts.pathOr(
            Setting.SECRETS_KEY_FILE,
            folder.resolve("muster").resolve("secrets.key").toAbsolutePath(),
            environment));
  }

  private Settings.@Nullable WebFiles tls() {
    var hasCertificate = !texts.text(Setting.HTTP_TLS_CERTIFICATE).isEmpty();
    var hasKey = !texts.text(Setting.HTTP_TLS_KEY).isEmpty();
    if (!hasCertificate && !hasKey) return null;
    if (!hasKey) texts.refuse(Setting.HTTP_TLS_KEY, "a file, as http.tls.certificate is set");
    if (!hasCertificate) {
      texts.refuse(Setting.HTTP_TLS_CERTIFICATE, "a file, as http.tls.key is set");
    }
    if (!hasKey || !hasCertificate) return null;
    return new Settings.WebFiles(
        texts.path(Setting.HTTP_TLS_CERTIFICATE, environment),
        texts.path(Setting.HTTP_TLS_KEY, environment));
  }

  private @Nullable Issuer issuer() {
    var url = texts.text(Setting.OIDC_ISSUER);
    if (url.isEmpty()) return null;
    if (texts.text(Setting.OIDC_AUDIENCE).isEmpty()) {
      texts.refuse(Setting.OIDC_AUDIENCE, "a name, as oidc.issuer is set");
    }
    try {
      return new Issuer(
          URI.create(url),
          texts.text(Setting.OIDC_AUDIENCE),
          texts.text(Setting.OIDC_CLAIM),
          roles());
    } catch (IllegalArgumentException e) {
      texts.refuse(Setting.OIDC_ISSUER, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Map<String, Role> roles() {
    var roles = new HashMap<String, Role>();
    for (var rule : texts.list(Setting.OIDC_ROLES, "[^=]{1,200}=[a-z]+", "value=role")) {
      var at = rule.lastIndexOf('=');
      var role = Role.of(rule.substring(at + 1));
      if (role == null) texts.refuse(Setting.OIDC_ROLES, "roles of " + Role.words());
      else roles.put(rule.substring(0, at), role);
    }
    if (roles.isEmpty()) texts.refuse(Setting.OIDC_ROLES, "at least one, such as admins=admin");
    return roles;
  }

  private ApprovalRules rules() {
    var own = texts.choice(Setting.APPROVALS_OWN, Own.class) == Own.OWNER;
    try {
      return ApprovalRules.of(own, texts.text(Setting.APPROVALS_REQUIRED));
    } catch (IllegalArgumentException e) {
      texts.refuse(Setting.APPROVALS_REQUIRED, String.valueOf(e.getMessage()));
      return ApprovalRules.STANDARD;
    }
  }
}
