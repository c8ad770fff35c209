package dev.muster.node.executor;

import dev.muster.node.workspace.FrozenFiles;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.TreeScan;
import dev.muster.protocol.worker.Artifacts.UnreachableException;
import dev.muster.protocol.worker.Frozen;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the workspace of an attempt aside, and takes it up again.
record Freezer(AttemptSetting setting, Resumption resumption) {
  private static final Logger LOG = LoggerFactory.getLogger(Freezer.class);

  /// What somebody is asked about, for whoever carries it out.
  Frozen keep(GatedOperation operation) throws IOException {
    return frozen(operation.request().ordinal(), operation.content());
  }

  /// The workspace after an operation, for attempts that do not repeat it. Null when it cannot be
  /// kept: its outcome is worth more than that.
  @Nullable Frozen after(GatedOperation operation) {
    try {
      return now(operation.request().ordinal() + 1);
    } catch (IOException e) {
      LOG.info("{} is not kept: {}", setting.workspace().folder(), e.toString());
      return null;
    }
  }

  /// The workspace as it is now, for whoever goes on after a step.
  Frozen now(int ordinal) throws IOException {
    var work = TreeScan.whole(setting.workspace().work(), Contents.FROZEN);
    return frozen(ordinal, OperationContent.of(work));
  }

  private Frozen frozen(int ordinal, OperationContent content) throws IOException {
    var manifest = files().keep(setting.workspace(), content);
    return new Frozen(ordinal, setting.request().attempt(), resumption.basis(), manifest);
  }

  /// Puts the workspace as an operation left it in place of this attempt's. False when it is gone,
  /// or was begun from something else.
  boolean takeUp(@Nullable Frozen frozen) throws UnreachableException {
    if (frozen == null || !frozen.basis().equals(resumption.basis())) return false;
    try {
      var left = files().find(setting.workspace(), frozen.manifest());
      files().restore(left.work(), setting.workspace().work());
      return true;
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("what attempt {} left cannot be taken up: {}", frozen.attempt(), e.toString());
      return false;
    }
  }

  private FrozenFiles files() {
    return new FrozenFiles(setting.workplace().artifacts());
  }
}
