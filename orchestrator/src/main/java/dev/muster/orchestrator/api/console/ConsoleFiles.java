package dev.muster.orchestrator.api.console;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// What the console is made of, read once. A name is looked up in a list, never in a folder, so
/// that no name leads anywhere else.
public final class ConsoleFiles {
  /// Nothing but files of this origin, no inline script or style, no eval, no frame. `data:` is for
  /// the pictures in Bootstrap's own style sheet.
  public static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

  private static final String CSS = "text/css; charset=utf-8";
  private static final String JS = "text/javascript; charset=utf-8";
  private static final String LIT = "/META-INF/resources/_static/lit-html/3.3.3/";
  private static final String BOOTSTRAP = "/META-INF/resources/_static/bootstrap/5.3.8/dist/css/";

  private static final List<String> OWN =
      List.of(
          "api.js",
          "app.js",
          "approvals.js",
          "bulk.js",
          "compare.js",
          "conversation.js",
          "drafts.js",
          "editor.js",
          "files.js",
          "format.js",
          "guess.js",
          "headroom.js",
          "instructions.js",
          "latitude.js",
          "preview.js",
          "question.js",
          "lines.js",
          "lists.js",
          "log.js",
          "markdown.js",
          "notify.js",
          "outlook.js",
          "overview.js",
          "paged.js",
          "plan.js",
          "receipt.js",
          "retag.js",
          "shared.js",
          "route.js",
          "rows.js",
          "runs.js",
          "scope.js",
          "shell.js",
          "store.js",
          "sought.js",
          "stream.js",
          "system.js",
          "theme.js",
          "tiles.js",
          "versions.js",
          "wire.js",
          "worker.js",
          "workers.js");

  private final File page = read("/console/index.html", "text/html; charset=utf-8");
  private final Map<String, File> files = new HashMap<>();

  public ConsoleFiles() {
    for (var name : OWN) files.put(name, read("/console/" + name, JS));
    files.put("console.css", read("/console/console.css", CSS));
    files.put("icon.svg", read("/console/icon.svg", "image/svg+xml"));
    files.put("bootstrap.min.css", read(BOOTSTRAP + "bootstrap.min.css", CSS));
    files.put("lit-html.js", read(LIT + "lit-html.js", JS));
  }

  /// @param etag changes with its bytes
  public record File(String type, ByteString bytes, String etag) {}

  public File page() {
    return page;
  }

  /// Null for what is not part of the console.
  public @Nullable File find(String name) {
    return files.get(name);
  }

  private static File read(String path, String type) {
    try (var in = ConsoleFiles.class.getResourceAsStream(path)) {
      if (in == null) throw new IllegalStateException(path + " is not part of this build");
      var bytes = in.readAllBytes();
      return new File(type, ByteString.fromArray(bytes), '"' + Sha256.of(bytes) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
