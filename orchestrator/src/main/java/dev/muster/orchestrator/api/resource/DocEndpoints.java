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
  private static final String OURS = "/apidocs/";

  private static final String CSS = "text/css; charset=utf-8";
  private static final String JS = "text/javascript; charset=utf-8";
  private static final Map<String, String> OWN = Map.of("page.css", CSS, "start.js", JS);
  private static final Map<String, String> ASSETS =
      Map.of("swagger-ui.css", CSS, "swagger-ui-bundle.js", JS, "favicon-32x32.png", "image/png");

  /// Swagger UI sets styles on its elements, which no other page of ours may.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final boolean shown;

  /// @param shown whether there is the page, besides the contract itself
  public DocEndpoints(boolean shown) {
    this.shown = shown;
  }

  public List<Endpoint> all() {
    var contract = page("/api/openapi.yaml", "application/yaml", "/openapi.yaml");
    if (!shown) return List.of(contract);
    return List.of(
        contract,
        page("/api/docs", "text/html; charset=utf-8", OURS + "index.html"),
        get("/api/docs/{asset}", this::asset).answering().beforeReady().alsoScoped());
  }

  private static Endpoint page(String path, String type, String resource) {
    return get(
            path,
            _ ->
                Answer.whole(200, type, resource(resource)).with("Content-Security-Policy", POLICY))
        .answering()
        .beforeReady()
        .alsoScoped();
  }

  private Answer asset(Call call) {
    var name = call.part("asset");
    var own = OWN.get(name);
    if (own != null) return Answer.whole(200, own, resource(OURS + name));
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
