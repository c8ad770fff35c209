package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Authority;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.security.secret.SecretStore;
import dev.muster.orchestrator.usecase.CassetteFile;
import dev.muster.orchestrator.usecase.Recording;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.text.SecretForms;
import dev.muster.protocol.view.ConversationStep;
import dev.muster.protocol.view.ModelQuestion;
import dev.muster.protocol.view.QuestionDiff;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// What agents and models said to each other.
public final class ConversationEndpoints {
  private static final int TURNS_NAMED_MAX = 50;

  private final Api api;
  private final RunLookup lookup;
  private final Journals journals;

  public ConversationEndpoints(Api api, RunLookup lookup, Journals journals) {
    this.api = api;
    this.lookup = lookup;
    this.journals = journals;
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/runs/{run}/workers/{worker}/conversation", this::list),
        get("/api/v1/runs/{run}/workers/{worker}/conversation/{step}", this::asked),
        get("/api/v1/runs/{run}/workers/{worker}/conversation/{step}/diff", this::compared),
        get("/api/v1/runs/{run}/cassette", this::cassette).answering(Answer.NDJSON));
  }

  /// A page holds so many events of the worker, of which some are no steps: it may be short.
  private Answer list(Call call) {
    var worker = lookup.worker(call.part("run"), call.part("worker"));
    var origin = Origin.worker(call.part("run"), worker.id());
    var rows = api.views().journal().of(origin, journals.cursor(call), Listing.limit(call) + 1);
    var more = rows.size() > Listing.limit(call);
    var shown = more ? rows.subList(0, Listing.limit(call)) : rows;
    var steps = new ArrayList<ConversationStep>();
    for (var row : shown) {
      if (row.event() instanceof AgentStepped stepped) {
        var said = api.conversations().said(stepped.step().record());
        steps.add(ConversationStep.of(stepped, said));
      }
    }
    return Answer.ok(
        new Listing.Page<>(steps, more ? journals.cursor(call, shown.getLast().number()) : null));
  }

  private Answer asked(Call call) {
    return Answer.ok(question(call.part("run"), call.part("worker"), call.part("step")));
  }

  private Answer compared(Call call) {
    var run = call.part("run");
    var worker = call.part("worker");
    var step = call.part("step");
    var against = call.query("against");
    var other = call.query("run");
    if (against == null && other == null) {
      throw ProblemException.of(
          400,
          "invalid-against",
          "expected against=STEP, run=RUN, or both: what turn %s is compared with".formatted(step));
    }
    new Authority(api).checkOther(call.principal(), other);
    var from = other == null ? run : other;
    var before = against == null ? step : against;
    return Answer.ok(
        QuestionDiff.of(
            name(from, worker, before),
            question(from, worker, before),
            name(run, worker, step),
            question(run, worker, step)));
  }

  private static String name(String run, String worker, String step) {
    return "%s/%s#%s".formatted(run, worker, step);
  }

  private ModelQuestion question(String run, String id, String step) {
    var worker = lookup.worker(run, id);
    var found = new AtomicReference<@Nullable AgentStepped>();
    var turns = new ArrayList<String>();
    api.views()
        .journal()
        .eachOf(
            Origin.worker(run, worker.id()),
            row -> {
              if (!(row.event() instanceof AgentStepped stepped) || stepped.step().use() == null) {
                return;
              }
              var turn = String.valueOf(stepped.step().ordinal());
              if (turn.equals(step)) found.set(stepped);
              if (turns.size() < TURNS_NAMED_MAX) turns.add("#" + turn);
            });
    var stepped = found.get();
    if (stepped == null) {
      throw ProblemException.of(
          404,
          "unknown-turn",
          "%s of %s took no turn of that number%s"
              .formatted(
                  worker.id(),
                  run,
                  turns.isEmpty() ? ", nor any other" : "; it took " + String.join(", ", turns)));
    }
    var question = api.conversations().asked(stepped.step().record());
    if (question != null) return question;
    throw ProblemException.of(404, "no-conversation", "what was asked is no longer stored");
  }

  private Answer cassette(Call call) {
    var run = lookup.run(call.part("run"));
    var cassette =
        new Recording(api.views().journal(), api.conversations(), secrets())
            .of(run.id(), run.workforce(), api.views().asking(run.id()));
    var bytes = CassetteFile.write(cassette).getBytes(StandardCharsets.UTF_8);
    return Answer.whole(200, Answer.NDJSON, ByteString.fromArray(bytes));
  }

  /// What cannot be taken out for want of the key must not be handed out.
  private SecretForms secrets() {
    try {
      return api.secrets().forms(api.keys().get());
    } catch (SecretStore.Unusable e) {
      throw ProblemException.of(409, "secrets-unusable", String.valueOf(e.getMessage()));
    }
  }
}
