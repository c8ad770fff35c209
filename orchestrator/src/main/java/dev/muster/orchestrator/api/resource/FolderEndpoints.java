package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Body;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.usecase.Folders;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// For whoever shares no disk with this node: instructions come in as files. And for everybody: what
/// would become of a folder.
public final class FolderEndpoints {
  private static final int UPLOAD_BYTES_MAX = 8 * Endpoint.MIB;
  private static final int PATH_CHARS = 4_096;

  private final Folders folders;

  public FolderEndpoints(Api api) {
    this.folders = api.folders();
  }

  public List<Endpoint> all() {
    return List.of(
        post("/api/v1/folders", this::keep).taking(UPLOAD_BYTES_MAX),
        post("/api/v1/folders/preview", this::preview).changingNothing(),
        post("/api/v1/folders/instruction", this::instruction).changingNothing());
  }

  private Answer keep(Call call) {
    var body = call.json();
    var name = body.required("name", 100);
    var paths = body.texts("paths", PATH_CHARS);
    var texts = body.texts("texts", Folders.TEXT_CHARS_MAX);
    if (paths.size() != texts.size()) body.error("texts", "expected one for each path");
    body.check();
    Map<String, String> files = new LinkedHashMap<>();
    for (var i = 0; i < paths.size(); i++) files.put(paths.get(i), texts.get(i));
    return Answer.ok(folders.preview(folders.keep(name, files), null));
  }

  private Answer preview(Call call) {
    var body = call.json();
    var folder = folder(body);
    var waves = body.text("waves", PATH_CHARS);
    body.check();
    return Answer.ok(folders.preview(folder, waves));
  }

  private Answer instruction(Call call) {
    var body = call.json();
    var folder = folder(body);
    var file = body.required("file", PATH_CHARS);
    body.check();
    return Answer.ok(folders.text(folder, file));
  }

  /// Relative paths are relative to where this node was started, as a run's are.
  private static Path folder(Body body) {
    var text = body.required("folder", PATH_CHARS);
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      body.error("folder", "not a path: " + e.getReason());
      return Path.of("");
    }
  }
}
