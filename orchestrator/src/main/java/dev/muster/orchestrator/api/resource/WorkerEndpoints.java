package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Accepts;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.exchange.TableListing;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.table.Durations;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.Shared;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.Map;

/// Workers of a run: list, detail, events, log, instruction.
public final class WorkerEndpoints {
  private final Api api;
  private final RunLookup lookup;
  private final Journals journals;
  private final AttemptLogs logs;

  /// Whoever follows a log asks again and again; where attempts ran is another thing only after
  /// another event of the worker's own.
  private final Shared<Origin, WorkerDetail> followed = new Shared<>(100);

  public WorkerEndpoints(Api api, RunLookup lookup, Journals journals) {
    this.api = api;
    this.lookup = lookup;
    this.journals = journals;
    this.logs = new AttemptLogs(api.logs());
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/runs/{run}/workers", this::list),
        get("/api/v1/runs/{run}/workers/{worker}", this::one),
        get("/api/v1/runs/{run}/workers/{worker}/events", this::events)
            .answering(Answer.JSON, Answer.NDJSON),
        get("/api/v1/runs/{run}/workers/{worker}/instruction", this::instruction)
            .answering("text/markdown"),
        get("/api/v1/runs/{run}/workers/{worker}/log", this::log).answering("text/plain"),
        get("/api/v1/runs/{run}/events", this::runEvents).answering(Answer.NDJSON, Answer.JSON));
  }

  private Answer list(Call call) {
    var run = lookup.existing(call.part("run"));
    return Answer.ok(
        listing().page(call, List.of(), selection -> api.views().workers(run, selection)));
  }

  private TableListing listing() {
    return new TableListing()
        .id("id", "id")
        .field("title", "title")
        .number("wave", "wave")
        .state("state", WorkerPhase.class, "phase")
        .number("attempt", "attempt")
        .number("interruptions", "interruptions")
        .field("node", "node")
        .owner("parent", "parent")
        .flag("weak", "weak")
        .time("startedAt", "started_at")
        .time("settledAt", "settled_at")
        .seconds("durationSeconds", Durations.ofWorker(api.clock().instant()))
        .sortedBy("wave");
  }

  private Answer one(Call call) {
    return Answer.ok(lookup.detail(call.part("run"), call.part("worker")));
  }

  private Answer events(Call call) {
    var worker = lookup.worker(call.part("run"), call.part("worker"));
    var origin = Origin.worker(call.part("run"), worker.id());
    if (Accepts.names(call.header("accept"), Answer.NDJSON)) return journals.stream(origin);
    var rows = api.views().journal().of(origin, journals.cursor(call), Listing.limit(call) + 1);
    var more = rows.size() > Listing.limit(call);
    var shown = more ? rows.subList(0, Listing.limit(call)) : rows;
    return Answer.ok(
        new Listing.Page<>(
            shown.stream().map(JournalLine::of).toList(),
            more ? journals.cursor(call, shown.getLast().number()) : null));
  }

  private Answer runEvents(Call call) {
    var run = lookup.existing(call.part("run"));
    if (!Accepts.names(call.header("accept"), Answer.JSON)) {
      return journals.stream(run, journals.after(call));
    }
    var rows =
        journals.page(
            run, Math.max(journals.cursor(call), journals.after(call)), Listing.limit(call) + 1);
    var more = rows.size() > Listing.limit(call);
    var shown = more ? rows.subList(0, Listing.limit(call)) : rows;
    return Answer.ok(
        new Listing.Page<>(
            shown.stream().map(JournalLine::of).toList(),
            more ? journals.cursor(call, shown.getLast().seq()) : null));
  }

  private Answer instruction(Call call) {
    var detail = lookup.detail(call.part("run"), call.part("worker"));
    var text = api.texts().apply(detail.instructionDigest());
    if (text == null) {
      throw ProblemException.of(
          404, "no-instruction", "the text " + detail.instructionDigest() + " is not stored");
    }
    return new Answer(200, "text/markdown; charset=utf-8", Answer.text(text).content(), Map.of());
  }

  private Answer log(Call call) {
    var run = lookup.existing(call.part("run"));
    var origin = Origin.worker(run, call.part("worker"));
    var number = api.views().journal().lastNumber(origin);
    var found =
        followed.get(
            Map.of(origin, number),
            number,
            _ -> Map.of(origin, lookup.detail(run, call.part("worker"))));
    return logs.read(call, run, found.getFirst());
  }
}
