package dev.muster.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Asks nodes whether they are ready.
public final class Probe implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(1);

  /// A node that has much to do is late, and ready all the same.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private final HttpClient http;

  /// @param believed over https; null for whom Java believes
  public Probe(@Nullable SSLContext believed) {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
    http = (believed == null ? builder : builder.sslContext(believed)).build();
  }

  /// @param base such as `http://127.0.0.1:7400`
  public boolean ready(URI base) {
    try {
      var request =
          HttpRequest.newBuilder(base.resolve("/health/ready")).timeout(ANSWER_MAX).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
