package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.trust.WebTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Whom a caller believes over https.
public final class WebPin {
  private WebPin() {}

  /// Where a node shows its certificate to those who may read its data folder.
  static Path of(Path data) {
    return data.resolve("http.pem");
  }

  /// Null for whom Java believes.
  ///
  /// @param isOwn whether the node is that of the data folder
  public static @Nullable SSLContext believed(Settings settings, boolean isOwn) {
    try {
      var authority = settings.http().authority();
      if (authority != null) return WebTls.believing(authority);
      var own = of(settings.data());
      return isOwn && Files.isReadable(own) ? WebTls.pinned(own) : null;
    } catch (GeneralSecurityException e) {
      throw new Refusal(Exit.USAGE, "expected certificates to believe: " + e.getMessage(), null, e);
    }
  }
}
