package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Body;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.journal.storage.SavedInstructions;
import dev.muster.orchestrator.usecase.FolderEdits;
import dev.muster.orchestrator.usecase.Folders;
import dev.muster.orchestrator.usecase.LookedAt;
import dev.muster.orchestrator.usecase.OpenFolders;
import dev.muster.protocol.text.Visible;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// For whoever shares no disk with this node: instructions come in as files. And for everybody:
/// what would become of a folder.
public final class FolderEndpoints {
  private static final int UPLOAD_BYTES_MAX = 8 * Endpoint.MIB;
  private static final int TEXT_BYTES_MAX = 2 * Endpoint.MIB;
  private static final int PATH_CHARS = 4_096;

  private final Folders folders;
  private final FolderEdits edits;
  private final OpenFolders open;

  public FolderEndpoints(Api api) {
    this.folders = api.folders();
    this.open = api.open();
    this.edits =
        new FolderEdits(
            folders.uploads(), new LookedAt(), new SavedInstructions(api.database()), api.clock());
  }

  public List<Endpoint> all() {
    return List.of(
        post("/api/v1/folders", this::keep).taking(UPLOAD_BYTES_MAX),
        post("/api/v1/folders/preview", this::preview).changingNothing(),
        post("/api/v1/folders/instruction", this::instruction).changingNothing(),
        post("/api/v1/folders/instruction/check", this::check)
            .taking(TEXT_BYTES_MAX)
            .changingNothing(),
        post("/api/v1/folders/instruction/save", this::save).taking(TEXT_BYTES_MAX));
  }

  private Answer keep(Call call) {
    var body = call.json();
    var name = body.required("name", 100);
    var paths = body.texts("paths", PATH_CHARS);
    var texts = body.texts("texts", Folders.TEXT_CHARS_MAX);
    if (paths.size() != texts.size()) body.error("texts", "expected one for each path");
    body.check();
    Map<String, String> files = new LinkedHashMap<>();
    for (var i = 0; i < paths.size(); i++) {
      // Whoever sends two texts for one file would not learn which of them runs.
      if (files.put(paths.get(i), texts.get(i)) == null) continue;
      body.error("paths", "expected each once, found " + Visible.line(paths.get(i)) + " again");
    }
    body.check();
    return Answer.ok(folders.preview(folders.keep(name, files), null));
  }

  private Answer preview(Call call) {
    var body = call.json();
    var folder = folder(body);
    var waves = body.text("waves", PATH_CHARS);
    body.check();
    open.expect(call.principal(), "waves", RunBody.file(waves));
    return Answer.ok(folders.preview(folder, waves));
  }

  private Answer instruction(Call call) {
    var body = call.json();
    var folder = folder(body);
    var file = body.required("file", PATH_CHARS);
    body.check();
    return Answer.ok(edits.text(folder, file, call.principal()));
  }

  private Answer check(Call call) {
    var body = call.json();
    var folder = folder(body);
    var file = body.required("file", PATH_CHARS);
    var text = body.required("text", Folders.TEXT_CHARS_MAX);
    body.check();
    return Answer.ok(edits.check(folder, file, text, call.principal()));
  }

  private Answer save(Call call) {
    var body = call.json();
    var folder = folder(body);
    var file = body.required("file", PATH_CHARS);
    var text = body.required("text", Folders.TEXT_CHARS_MAX);
    var digest = body.required("digest", 64);
    body.check();
    return Answer.ok(edits.save(folder, file, text, digest, call.principal()));
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
