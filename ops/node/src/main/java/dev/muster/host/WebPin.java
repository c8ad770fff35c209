package dev.muster.host;

import dev.muster.client.Trust;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
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

  /// Whether the node of a data folder speaks TLS.
  public static boolean isShown(Path data) {
    return Files.isReadable(of(data));
  }

  /// Believes the node of that data folder alone; null when it shows no certificate.
  public static @Nullable SSLContext shownIn(Path data) {
    try {
      return isShown(data) ? Trust.pinned(of(data)) : null;
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /// Null for whom Java believes.
  ///
  /// @param isOwn whether the node is that of the data folder
  public static @Nullable SSLContext believed(Settings settings, boolean isOwn) {
    try {
      var authority = settings.http().authority();
      if (authority != null) return Trust.believing(authority);
      return isOwn ? shownIn(settings.data()) : null;
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private static Refusal unreadable(GeneralSecurityException e) {
    return new Refusal(Exit.USAGE, "expected certificates to believe: " + e.getMessage(), null, e);
  }
}
