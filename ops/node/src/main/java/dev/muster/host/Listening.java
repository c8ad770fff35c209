package dev.muster.host;

import dev.muster.host.NodeStartException.Kind;
import dev.muster.orchestrator.api.server.HttpServer;
import dev.muster.orchestrator.api.server.HttpSettings;
import dev.muster.orchestrator.security.trust.WebTls;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the HTTP side at the address that was set, and says so when others can reach it.
///
/// @param hasApi false where health is all there is to reach
record Listening(HttpSettings http, boolean hasApi, Consumer<String> notices) {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /// A node that only serves one command of its own process is nobody else's business.
  static Listening of(NodeOptions options) {
    var http = options.settings().http();
    return new Listening(
        options.control()
            ? HttpSettings.of("127.0.0.1", options.port())
            : HttpSettings.of(http.host(), options.port(), http.names())
                .openTo(http.origins())
                .over(tls(options))
                .withDocs(http.docs()),
        options.settings().cluster().role().orchestrates(),
        options.notices());
  }

  /// Callers of this data folder find the certificate beside its other files, and believe no other.
  /// They may look at any moment, so it is put in place whole.
  private static @Nullable SSLContext tls(NodeOptions options) {
    var files = options.settings().http().tls();
    try {
      var shown = WebPin.of(options.data());
      if (files == null) {
        Files.deleteIfExists(shown);
        return null;
      }
      var context = WebTls.serving(files.certificate(), files.key());
      var part = shown.resolveSibling("http.pem.part");
      Files.copy(files.certificate(), part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, shown, StandardCopyOption.ATOMIC_MOVE);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new NodeStartException(
          Kind.OTHER,
          "Expected PEM files in http.tls.certificate and http.tls.key: " + e.getMessage(),
          e);
    }
  }

  /// Where callers on this machine reach it from now on.
  URI bind(HttpServer server) {
    try {
      var bound = server.bind().toCompletableFuture().join().localAddress();
      if (http.exposed() && hasApi) warn(bound.getPort());
      return http.urlHere(bound);
    } catch (CompletionException e) {
      var cause = bindFailure(e);
      if (cause == null) throw e;
      throw refusal(cause);
    }
  }

  private void warn(int port) {
    var warning =
        "the API listens on "
            + http.host()
            + ":"
            + port
            + ", beyond this machine: whoever reaches it and has the operator token can run"
            + " commands here"
            + (http.tls() == null
                ? ". Every call but /health needs a token, and it travels unencrypted: keep the"
                    + " network private, set http.tls.certificate, or put TLS in front"
                : ", encrypted");
    LOG.warn("{}", warning);
    notices.accept("warning: " + warning);
  }

  private NodeStartException refusal(Throwable cause) {
    var isOthers =
        cause instanceof UnresolvedAddressException
            || String.valueOf(cause.getMessage()).contains("assign requested address");
    return isOthers
        ? new NodeStartException(
            Kind.OTHER,
            "Expected http.host to be an address of this machine, found %s. Use 127.0.0.1 for this"
                    .formatted(http.host())
                + " machine alone, or 0.0.0.0 for all of its addresses.",
            cause)
        : new NodeStartException(
            Kind.PORT_IN_USE,
            "Expected port %d of %s to be free, but another process listens there."
                .formatted(http.port(), http.host()),
            cause);
  }

  private static @Nullable Throwable bindFailure(Throwable e) {
    @Nullable Throwable found = null;
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof BindException
          || at instanceof UnresolvedAddressException
          || String.valueOf(at.getMessage()).startsWith("Bind failed")) {
        found = at;
      }
    }
    return found;
  }
}
