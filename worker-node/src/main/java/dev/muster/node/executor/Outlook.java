package dev.muster.node.executor;

import dev.muster.node.foresight.Foresight;
import dev.muster.node.foresight.Landscape;
import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.journal.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is foreseen of an operation where whoever decides can see it.
record Outlook(AttemptSetting setting) {
  private static final Logger LOG = LoggerFactory.getLogger(Outlook.class);
  private static final String NAME = "preview";
  private static final Path ROOM = Path.of("/muster");

  /// The same for the same script and content, where the settings are the same.
  ///
  /// @return SHA-256 of the preview; null when it cannot be kept: the question is worth more
  @Nullable String of(String script, OperationContent content, Enforced enforced) {
    try {
      var file = setting.workspace().folder().resolve(NAME);
      var seen = Foresight.of(script, landscape(content)).with(enforced);
      Files.write(file, EventCodec.encode(seen));
      try {
        return setting.workplace().artifacts().put(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.info("what is foreseen is not kept: {}", e.toString());
      return null;
    }
  }

  private Landscape landscape(OperationContent content) {
    var isolated = setting.workplace().sandbox().isolates();
    var workspace = setting.workspace();
    return new Landscape(
        isolated ? ROOM.resolve("work") : workspace.work(),
        isolated ? ROOM.resolve("inputs") : workspace.inputs(),
        setting.target().path(),
        workspace.work(),
        content.copiesTarget() ? workspace.target() : setting.target().content(),
        content,
        isolated,
        setting.job().names().run(),
        setting.job().names().worker());
  }
}
