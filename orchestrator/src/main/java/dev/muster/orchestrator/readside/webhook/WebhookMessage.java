package dev.muster.orchestrator.readside.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is told of an event: that it happened, and where to look. No script and no content of a
/// file leaves the installation this way. Pure.
final class WebhookMessage {
  private static final int TEXT_CHARS = 1_000;

  /// Everything that anybody can be told of, by the name of its event.
  static final Set<String> KINDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Stream.of(
                      ApprovalRequested.class,
                      ApprovalExtended.class,
                      ApprovalDecided.class,
                      BypassOpened.class,
                      BypassRevoked.class,
                      RunCreated.class,
                      RunPaused.class,
                      RunResumed.class,
                      RunCancelled.class,
                      RunFinished.class)
                  .map(Class::getSimpleName)
                  .toList()));

  private WebhookMessage() {}

  /// Null for what is not told.
  static @Nullable String of(JournalRow row) {
    var told = Json.mapper().createObjectNode();
    var isTold =
        switch (row.event()) {
          case ApprovalRequested it -> {
            var asked = it.operation();
            told.put("approval", it.approval())
                .put("worker", cut(asked.worker()))
                .put("kind", cut(asked.kind()))
                .put("risk", asked.risk().name())
                .put("consequence", cut(asked.consequence()))
                .put("mayHaveRun", it.mayHaveRun())
                .put("deadline", Json.instant(it.deadline()));
            yield true;
          }
          case ApprovalDecided it -> decided(told, it);
          case ApprovalExtended it -> {
            told.put("approval", it.approval()).put("by", cut(it.by().name()));
            told.put("deadline", Json.instant(it.deadline()));
            told.put("escalated", it.by().equals(People.Caller.ESCALATES));
            yield true;
          }
          case BypassOpened it -> {
            told.put("kind", it.kind()).put("by", cut(it.by().name()));
            told.put("until", Json.instant(it.until()));
            yield true;
          }
          case BypassRevoked it -> {
            told.put("kind", it.kind()).put("by", cut(it.by().name()));
            yield true;
          }
          case RunFinished it -> {
            told.put("state", it.phase().name());
            yield true;
          }
          case RunCreated _, RunPaused _, RunResumed _, RunCancelled _ -> true;
          case Object _ -> false;
        };
    if (!isTold) return null;
    var message = Json.mapper().createObjectNode();
    message.put("seq", row.seq());
    message.put("type", EventNames.nameOf(row.event()));
    message.put("run", row.origin().run());
    message.put("at", Json.instant(row.event().at()));
    message.setAll(told);
    return message.toString();
  }

  private static boolean decided(ObjectNode told, ApprovalDecided it) {
    told.put("approval", it.approval())
        .put("decision", it.decision().name())
        .put("by", cut(it.by()))
        .put("reason", cut(it.reason()));
    return true;
  }

  private static String cut(String text) {
    return text.length() <= TEXT_CHARS ? text : text.substring(0, TEXT_CHARS) + "…";
  }
}
