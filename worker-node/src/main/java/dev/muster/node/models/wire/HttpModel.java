package dev.muster.node.models.wire;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelPort;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.Tuning;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;

/// A provider over HTTP. Every answer is bounded in bytes and in time.
///
/// @param url without a slash at its end
/// @param stream whether answers are asked for in pieces; some servers cannot
public record HttpModel(
    HttpClient client,
    ProviderKind kind,
    URI url,
    KeySource key,
    boolean stream,
    InstantSource clock)
    implements ModelPort {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  public HttpModel {
    if (url.getHost() == null || url.toString().endsWith("/")) {
      throw new IllegalArgumentException("url: " + url);
    }
  }

  /// Follows no redirects: a key goes where the operator said, and nowhere else.
  public static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_MAX)
        .build();
  }

  @Override
  public Call begin(ModelRequest request, Tuning tuning, ModelEvents events) {
    var official = kind.standardUrl().getHost().equals(url.getHost());
    var call = new HttpCall(this, Dialect.of(kind, official), request, tuning, events);
    call.start();
    return call;
  }

  /// Where it is, as people see it.
  String host() {
    return url.getAuthority();
  }

  ModelFailure cut(Duration timeout) {
    return new ModelFailure.Cut(
        "no whole answer from %s within %d s".formatted(host(), timeout.toSeconds()));
  }
}
