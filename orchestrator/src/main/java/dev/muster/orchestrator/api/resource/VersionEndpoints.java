package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.journal.storage.SavedInstructions;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.Folders;
import dev.muster.orchestrator.usecase.InstructionVersions;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.protocol.view.InstructionVersion;
import java.util.List;
import java.util.Map;

/// The texts that an instruction of a workforce has had, and what is different between them.
public final class VersionEndpoints {
  private static final String ALL = "/api/v1/instructions/{workforce}/{worker}/versions";
  private static final int TEXT_BYTES_MAX = 2 * Endpoint.MIB;
  private static final int DIGEST_CHARS = 64;

  private final InstructionVersions versions;
  private final InstructionVersions taken;

  public VersionEndpoints(Api api) {
    this.versions =
        new InstructionVersions(api.views(), new SavedInstructions(api.database()), api.texts());
    this.taken = new InstructionVersions(api.views(), null, api.texts());
  }

  public List<Endpoint> all() {
    return List.of(
        get(ALL, this::list).alsoScoped(),
        get(ALL + "/{digest}", this::text).answering("text/markdown").alsoScoped(),
        post(ALL + "/{digest}/diff", this::diff)
            .needing(Permission.READ)
            .taking(TEXT_BYTES_MAX)
            .changingNothing()
            .alsoScoped());
  }

  private Answer list(Call call) {
    var all = versions(call).all(workforce(call), call.part("worker"));
    return Answer.ok(
        new Listing<InstructionVersion>(InstructionVersion::digest)
            .field("digest", InstructionVersion::digest)
            .number("runs", InstructionVersion::runs)
            .number("completed", InstructionVersion::completed)
            .field("lastRun", InstructionVersion::lastRun)
            .field("savedBy", InstructionVersion::savedBy)
            .time("firstAt", InstructionVersion::firstAt)
            .time("lastAt", InstructionVersion::lastAt)
            .sortedBy("-lastAt")
            .page(all, call));
  }

  private Answer text(Call call) {
    var text = versions(call).text(workforce(call), call.part("worker"), call.part("digest"));
    return new Answer(200, "text/markdown; charset=utf-8", Answer.text(text).content(), Map.of());
  }

  private Answer diff(Call call) {
    var body = call.json();
    var to = body.text("to", DIGEST_CHARS);
    var text = body.text("text", Folders.TEXT_CHARS_MAX);
    if ((to == null) == (text == null)) body.error("to", "expected either this or text");
    body.check();
    var workforce = workforce(call);
    var worker = call.part("worker");
    var from = call.part("digest");
    return Answer.ok(
        to != null
            ? versions(call).diff(workforce, worker, from, to)
            : versions(call).diffTo(workforce, worker, from, String.valueOf(text)));
  }

  /// What lies in a folder, and no run took, is for whoever may read folders.
  private InstructionVersions versions(Call call) {
    var reader = call.principal();
    return reader.may(Permission.OPERATE) && reader.workforce() == null ? versions : taken;
  }

  private static String workforce(Call call) {
    var workforce = call.part("workforce");
    if (call.principal().sees(workforce)) return workforce;
    throw Refusal.forbidden(
        "other-workforces",
        "expected the workforce %s, which %s is for"
            .formatted(call.principal().workforce(), call.principal().name()));
  }
}
