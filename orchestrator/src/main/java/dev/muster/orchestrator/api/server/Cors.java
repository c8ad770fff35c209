package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// Pages of other sites that may call from a browser: none, unless they are named. They show a
/// token; the cookie of a session is never theirs to use, so no answer allows credentials.
///
/// @param origins such as `https://ops.example`, in lower case
record Cors(Set<String> origins) {
  private static final String METHODS = "GET, POST, DELETE";
  private static final String SENT =
      "Authorization, Content-Type, Content-Digest, Idempotency-Key, If-Match, Last-Event-ID";
  private static final String READ =
      "Content-Digest, ETag, Location, Muster-Log-From, Muster-Log-Line, Muster-Log-Next,"
          + " Muster-Log-Size, Retry-After, X-Request-Id";
  private static final String SECONDS_MAX = "600";

  Cors {
    origins = Set.copyOf(origins);
  }

  boolean allows(@Nullable String origin) {
    return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /// What a browser asks before it lets a page of a named site send something.
  boolean isPreflight(String method, Map<String, String> headers) {
    return method.equals("OPTIONS")
        && headers.containsKey("access-control-request-method")
        && allows(headers.get("origin"));
  }

  static Answer preflight() {
    return Answer.whole(204, Answer.TEXT, ByteString.emptyByteString())
        .with("Access-Control-Allow-Methods", METHODS)
        .with("Access-Control-Allow-Headers", SENT)
        .with("Access-Control-Max-Age", SECONDS_MAX);
  }

  HttpResponse marked(HttpResponse response, @Nullable String origin) {
    if (origins.isEmpty()) return response;
    var varied = response.addHeader(RawHeader.create("Vary", "Origin"));
    if (!allows(origin)) return varied;
    return varied
        .addHeader(RawHeader.create("Access-Control-Allow-Origin", String.valueOf(origin)))
        .addHeader(RawHeader.create("Access-Control-Expose-Headers", READ));
  }
}
