package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.Passage.Passed;
import dev.muster.node.sandbox.ReadyStep;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.node.workspace.TreeScan;
import dev.muster.protocol.approval.Permit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An operation that runs its script. Where the gate is likely to let it pass, its sandbox is made
/// while the gate is asked, and while that question is put together: it waits there with its
/// folders, and goes when the answer is another, comes late, or finds that something has changed.
final class PermittedScript implements Passage.Work {
  private static final Logger LOG = LoggerFactory.getLogger(PermittedScript.class);

  private final AttemptSetting setting;
  private final Runner runner;
  private final Operations operations;
  private final GateConversation conversation;
  private final Freezer freezer;
  private @Nullable Ready ready;

  /// @param real device and inode of the folders that it may write
  private record Ready(ReadyStep step, Map<Path, String> real) {}

  PermittedScript(Passage passage) {
    this.setting = passage.setting();
    this.runner = passage.runner();
    this.operations = passage.operations();
    this.conversation = passage.conversation();
    this.freezer = passage.freezer();
  }

  /// Folders that are missing are made with a permit only, and values are given with one only.
  @Override
  public void expect(Prospect operation) {
    if (!conversation.usuallyPasses(operation) || !isolates()) return;
    if (!operation.secrets().isEmpty() || operation.network()) return;
    try {
      var real = new LinkedHashMap<Path, String>();
      for (var folder : operation.folders().folders()) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
        real.put(folder, TreeScan.key(folder));
      }
      var target = seen(operation.folders(), operation.content());
      ready = new Ready(runner.ready(operation, real, target), real);
    } catch (IOException e) {
      LOG.debug("{} is not got ready: {}", operation.name(), e.toString());
    }
  }

  @Override
  public @Nullable Passed carryOut(GatedOperation operation, Permit permit)
      throws IOException, InterruptedException, SilentException {
    Map<Path, String> real;
    List<String> changed;
    try {
      real = operation.folders().create();
      changed = operations.changed(operation);
      var run = setting.request().assignment().run();
      if (changed.isEmpty()) setting.workplace().written().add(run, operation.folders().folders());
    } catch (IOException e) {
      conversation.giveBack(permit);
      throw e;
    }
    if (!changed.isEmpty()) {
      conversation.giveBack(permit);
      setting.log().say("not started, since it has changed: " + String.join("; ", changed));
      return null;
    }
    if (operation.content().seen() == Seen.NOTHING) {
      setting.log().say("sees of the target only what it may write: " + operation.content().why());
    }
    var step = run(operation, permit, real);
    conversation.record(
        permit, step.result(), step.result().passed() ? freezer.after(operation) : null);
    return new Passed.Ran(step, operation.repeats());
  }

  private Step run(GatedOperation operation, Permit permit, Map<Path, String> real)
      throws IOException, InterruptedException {
    var waiting = ready;
    if (waiting != null && waiting.real().equals(real) && waiting.step().stands()) {
      return runner.run(operation, permit, waiting.step());
    }
    giveUp();
    var target = seen(operation.folders(), operation.content());
    return runner.run(operation, permit, real, target);
  }

  @Override
  public void giveUp() {
    if (ready != null) ready.step().close();
    ready = null;
  }

  private boolean isolates() {
    return setting.workplace().sandbox().isolates();
  }

  /// What the operation sees of the target, with the folders in it that it may write.
  private @Nullable Path seen(PermittedFolders folders, OperationContent content)
      throws IOException {
    if (!isolates() || !content.copiesTarget()) return null;
    var target = setting.target().path();
    var copy = setting.workspace().target();
    for (var folder : folders.folders()) {
      if (folder.startsWith(target))
        Files.createDirectories(copy.resolve(target.relativize(folder)));
    }
    return copy;
  }
}
