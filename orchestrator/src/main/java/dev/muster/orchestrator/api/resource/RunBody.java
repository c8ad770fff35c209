package dev.muster.orchestrator.api.resource;

import dev.muster.orchestrator.api.exchange.Body;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.orchestrator.readside.table.Tags;
import dev.muster.orchestrator.usecase.NewRun;
import dev.muster.protocol.approval.ApprovalPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is sent to create a run, and parts of it that others send, too.
final class RunBody {
  private static final int ATTEMPTS_MAX = 100;
  private static final int PATH_CHARS = 4_096;

  private RunBody() {}

  /// @param by who sent it
  /// @throws ProblemException naming each field that is not as expected
  static NewRun wanted(Body body, String id, String by) {
    var approve = body.choice("approve", ApprovalPolicy.class);
    var wanted =
        new NewRun(
            id,
            folder(body),
            body.text("waves", PATH_CHARS),
            body.text("only", PATH_CHARS),
            path(body, "target"),
            approve == null ? ApprovalPolicy.NONE : approve,
            body.flag("rehearse"),
            path(body, "results"),
            body.flag("strict"),
            body.flag("allowIncomplete"),
            body.number("attemptsMax", 3, 1, ATTEMPTS_MAX),
            body.text("since", 64),
            path(body, "replay"),
            tags(body, "tags"),
            sent(body),
            by);
    body.check();
    return wanted;
  }

  private static Path folder(Body body) {
    body.required("folder", PATH_CHARS);
    var folder = path(body, "folder");
    return folder == null ? Path.of("") : folder;
  }

  static List<String> tags(Body body, String name) {
    var tags = body.texts(name, Tags.CHARS_MAX).stream().distinct().toList();
    var problem = Tags.problem(tags);
    if (problem != null) body.error(name, problem);
    return tags;
  }

  /// Relative paths are relative to where this node was started.
  static @Nullable Path path(Body body, String name) {
    var text = body.text(name, PATH_CHARS);
    if (text == null || text.isBlank()) return null;
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      body.error(name, "not a path: " + e.getReason());
      return null;
    }
  }

  /// A wave plan that does not come with the program; null for one that does.
  static @Nullable Path file(@Nullable String waves) {
    if (waves == null || WavePlans.isBundled(waves)) return null;
    try {
      return Path.of(waves).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      return null;
    }
  }

  private static @Nullable String sent(Body body) {
    var digest = body.text("targetArtifact", 64);
    if (digest == null || digest.matches("[0-9a-f]{64}")) return digest;
    body.error("targetArtifact", "expected what POST /api/v1/targets answered");
    return null;
  }
}
