package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.pekko.util.ByteString;

/// The contract, and Swagger UI to read it in.
public final class DocEndpoints {
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final Map<String, String> ASSETS =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  /// Swagger UI sets styles on its elements, which no other page of ours may.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Muster API</title>
          <link rel="icon" href="/api/docs/favicon-32x32.png">
          <link rel="stylesheet" href="/api/docs/swagger-ui.css">
        </head>
        <body>
          <div id="swagger-ui"></div>
          <script src="/api/docs/swagger-ui-bundle.js"></script>
          <script src="/api/docs/start.js"></script>
        </body>
      </html>
      """;
  private static final String START =
      """
      SwaggerUIBundle({
        url: "/api/openapi.yaml",
        dom_id: "#swagger-ui",
        presets: [SwaggerUIBundle.presets.apis],
        validatorUrl: null,
        // It leaves this one without a name for those who do not see it.
        onComplete: () => document.getElementById("servers")?.setAttribute("aria-label", "Server"),
      });
      """;

  private final boolean shown;

  /// @param shown whether there is the page, besides the contract itself
  public DocEndpoints(boolean shown) {
    this.shown = shown;
  }

  public List<Endpoint> all() {
    var contract = page("/api/openapi.yaml", "application/yaml", _ -> resource("/openapi.yaml"));
    if (!shown) return List.of(contract);
    return List.of(
        contract,
        page("/api/docs", "text/html; charset=utf-8", _ -> ByteString.fromString(PAGE)),
        page(
            "/api/docs/start.js",
            "text/javascript; charset=utf-8",
            _ -> ByteString.fromString(START)),
        get("/api/docs/{asset}", this::asset).answering().beforeReady().alsoScoped());
  }

  private interface Text {
    ByteString of(Call call);
  }

  private static Endpoint page(String path, String type, Text text) {
    return get(
            path,
            call -> Answer.whole(200, type, text.of(call)).with("Content-Security-Policy", POLICY))
        .answering()
        .beforeReady()
        .alsoScoped();
  }

  private Answer asset(Call call) {
    var name = call.part("asset");
    var type = ASSETS.get(name);
    if (type == null) throw missing(name);
    return Answer.whole(200, type, resource(WEBJAR + version() + "/" + name))
        .with("Cache-Control", "max-age=86400");
  }

  private static String version() {
    var properties = new Properties();
    try (var in =
        DocEndpoints.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      if (in == null) throw missing("swagger-ui");
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static ByteString resource(String path) {
    try (var in = DocEndpoints.class.getResourceAsStream(path)) {
      if (in == null) throw missing(path);
      return ByteString.fromArray(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException missing(String name) {
    return ProblemException.of(404, "no-such-path", name + " is not part of this build");
  }
}
