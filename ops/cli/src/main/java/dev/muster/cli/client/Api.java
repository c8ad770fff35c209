package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.journal.tail.ReaderStanding;
import dev.muster.orchestrator.readside.view.Approval;
import dev.muster.orchestrator.readside.view.ConversationStep;
import dev.muster.orchestrator.readside.view.ModelQuestion;
import dev.muster.orchestrator.readside.view.ModelTestView;
import dev.muster.orchestrator.readside.view.ModelsView;
import dev.muster.orchestrator.readside.view.NodeView;
import dev.muster.orchestrator.readside.view.RoomMessage;
import dev.muster.orchestrator.readside.view.RunView;
import dev.muster.orchestrator.readside.view.SharedValue;
import dev.muster.orchestrator.readside.view.TextChanges;
import dev.muster.orchestrator.readside.view.WorkerNote;
import dev.muster.orchestrator.readside.view.WorkerView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The resources of the API by name.
public final class Api {
  private static final int PAGE = 200;

  /// Nobody reads more on a terminal; a server that never ends must not fill the heap.
  private static final int ITEMS_MAX = 100_000;

  private final NodeClient client;

  public Api(NodeClient client) {
    this.client = client;
  }

  public NodeClient client() {
    return client;
  }

  /// Who may call.
  public PeopleApi people() {
    return new PeopleApi(this);
  }

  /// Beyond one decision.
  public DecidingApi deciding() {
    return new DecidingApi(this);
  }

  public Fetched<RunView> createRun(ObjectNode order) {
    return Fetched.of(client.post("/runs", order), RunView.class);
  }

  public List<Fetched<RunView>> runs() {
    return runs("");
  }

  /// @param filter as the API takes it; empty for all
  public List<Fetched<RunView>> runs(String filter) {
    var query = filter.isEmpty() ? "" : "&filter=" + segment(filter);
    return list("/runs?limit=" + PAGE + query, RunView.class);
  }

  public Fetched<RunView> run(String run) {
    return Fetched.of(client.get("/runs/" + segment(run)), RunView.class);
  }

  /// What the node keeps of the run in files beside the journal.
  public JsonNode disk(String run) {
    return client.get("/runs/" + segment(run) + "/disk");
  }

  /// For good; refused while it goes on.
  public void deleteRun(String run) {
    client.delete("/runs/" + segment(run));
  }

  /// @param after only events with a greater `seq`; 0 for all
  public void runEvents(String run, long after, Consumer<String> each) {
    var query = after == 0 ? "" : "?after=" + after;
    client.lines("/runs/" + segment(run) + "/events" + query, each);
  }

  /// @param action pause, resume, cancel or retry
  /// @param workers empty for the whole run
  public Fetched<RunView> control(String run, String action, List<String> workers) {
    var body = Json.MAPPER.createObjectNode();
    if (!workers.isEmpty()) {
      workers.forEach(body.putArray("workers")::add);
    }
    return Fetched.of(client.post("/runs/" + segment(run) + "/" + action, body), RunView.class);
  }

  public TextChanges changes(String run) {
    return Fetched.of(client.get("/runs/" + segment(run) + "/changes"), TextChanges.class).view();
  }

  /// A retry that also takes the new texts of files that have changed.
  public Fetched<RunView> refresh(String run, List<String> workers) {
    var body = Json.MAPPER.createObjectNode().put("refresh", true);
    if (!workers.isEmpty()) {
      workers.forEach(body.putArray("workers")::add);
    }
    return Fetched.of(client.post("/runs/" + segment(run) + "/retry", body), RunView.class);
  }

  public Fetched<RunView> launchWave(String run, int wave) {
    var body = Json.MAPPER.createObjectNode();
    return Fetched.of(
        client.post("/runs/" + segment(run) + "/waves/" + wave + "/launch", body), RunView.class);
  }

  /// @param filter as the API takes it; null for all
  public List<Fetched<WorkerView>> workers(String run, @Nullable String filter) {
    var query = filter == null ? "" : "&filter=" + segment(filter);
    return list("/runs/" + segment(run) + "/workers?limit=" + PAGE + query, WorkerView.class);
  }

  /// The first of those, at most so many.
  public List<Fetched<WorkerView>> workers(String run, String filter, int count) {
    var query = "?limit=" + Math.min(count, PAGE) + "&filter=" + segment(filter);
    return list("/runs/" + segment(run) + "/workers" + query, WorkerView.class, count);
  }

  /// Lints one text.
  public JsonNode check(String name, String text) {
    var body = Json.MAPPER.createObjectNode().put("name", name).put("text", text);
    return client.post("/instructions/check", body);
  }

  /// Who the caller is, as the node sees it.
  public JsonNode me() {
    return client.get("/me");
  }

  public Fetched<WorkerView> worker(String run, String worker) {
    return Fetched.of(client.get(workerPath(run, worker)), WorkerView.class);
  }

  public void workerEvents(String run, String worker, Consumer<String> each) {
    client.lines(workerPath(run, worker) + "/events", each);
  }

  /// What an agent and its model said to each other, step by step.
  public List<Fetched<ConversationStep>> conversation(String run, String worker) {
    return list(workerPath(run, worker) + "/conversation?limit=" + PAGE, ConversationStep.class);
  }

  /// What the model was asked that answered with this step.
  public Fetched<ModelQuestion> asked(String run, String worker, int step) {
    return Fetched.of(
        client.get(workerPath(run, worker) + "/conversation/" + step), ModelQuestion.class);
  }

  /// @param wave null for the rooms of all waves
  public List<Fetched<RoomMessage>> room(String run, @Nullable Integer wave) {
    var query = wave == null ? "" : "&wave=" + wave;
    return list("/runs/" + segment(run) + "/room?limit=" + PAGE + query, RoomMessage.class);
  }

  public List<Fetched<SharedValue>> state(String run) {
    return list("/runs/" + segment(run) + "/state?limit=" + PAGE, SharedValue.class);
  }

  public List<Fetched<WorkerNote>> notes(String run, String worker) {
    return list(workerPath(run, worker) + "/notes?limit=" + PAGE, WorkerNote.class);
  }

  /// All that models answered in a run, line by line.
  public void cassette(String run, Consumer<String> each) {
    client.lines("/runs/" + segment(run) + "/cassette", each);
  }

  /// @param from the `next` of an earlier piece; null for the last lines
  /// @param lines how many those are
  public LogPiece workerLog(
      String run, String worker, int attempt, @Nullable Long from, int lines) {
    var position = from == null ? "&lines=" + lines : "&from=" + from;
    return client.piece(workerPath(run, worker) + "/log?attempt=" + attempt + position);
  }

  /// Takes work off a node, or gives it back.
  public void drain(String node, boolean drained) {
    client.post(
        "/nodes/" + segment(node) + (drained ? "/drain" : "/uncordon"),
        Json.MAPPER.createObjectNode());
  }

  public List<Fetched<ReaderStanding>> readers() {
    return list("/readers?limit=" + PAGE, ReaderStanding.class);
  }

  public void rebuild(String reader) {
    client.post("/readers/" + segment(reader) + "/rebuild", Json.MAPPER.createObjectNode());
  }

  public Fetched<ModelsView> models() {
    return Fetched.of(client.get("/models"), ModelsView.class);
  }

  public Fetched<ModelTestView> testModel(String profile) {
    var path = "/models/" + segment(profile) + "/test";
    return Fetched.of(client.post(path, Json.MAPPER.createObjectNode()), ModelTestView.class);
  }

  public List<Fetched<NodeView>> nodes() {
    return list("/nodes?limit=" + PAGE, NodeView.class);
  }

  /// @param state null for all
  /// @param run null for all
  public List<Fetched<Approval>> approvals(@Nullable String state, @Nullable String run) {
    var query = state == null ? "" : "&filter=" + segment("state:" + state);
    query += run == null ? "" : "&run=" + segment(run);
    return list("/approvals?limit=" + PAGE + query, Approval.class);
  }

  public Fetched<Approval> approval(String approval) {
    return Fetched.of(client.get("/approvals/" + segment(approval)), Approval.class);
  }

  /// @param digest what the operator has seen: another operation is refused
  public Fetched<Approval> approve(String approval, String digest) {
    var body = Json.MAPPER.createObjectNode();
    if (!digest.isEmpty()) {
      body.put("digest", digest);
    }
    return Fetched.of(
        client.post("/approvals/" + segment(approval) + "/approve", body), Approval.class);
  }

  public Fetched<Approval> reject(String approval, String reason) {
    var body = Json.MAPPER.createObjectNode().put("reason", reason);
    return Fetched.of(
        client.post("/approvals/" + segment(approval) + "/reject", body), Approval.class);
  }

  /// Writes the results of a run again.
  ///
  /// @param to absolute; null for where they belong
  public JsonNode writeResults(String run, @Nullable String to) {
    var body = Json.MAPPER.createObjectNode();
    if (to != null) {
      body.put("to", to);
    }
    return client.post("/runs/" + segment(run) + "/results", body);
  }

  <T> List<Fetched<T>> list(String path, Class<T> type) {
    return list(path, type, ITEMS_MAX);
  }

  /// @param count pages are read until there are so many
  <T> List<Fetched<T>> list(String path, Class<T> type, int count) {
    var items = new ArrayList<Fetched<T>>();
    var next = "";
    do {
      var page = client.get(next.isEmpty() ? path : path + "&cursor=" + segment(next));
      for (var item : page.path("items")) {
        items.add(Fetched.of(item, type));
      }
      next = page.path("next").asText("");
    } while (!next.isEmpty() && !next.equals("null") && items.size() < count);
    return items;
  }

  private static String workerPath(String run, String worker) {
    return "/runs/" + segment(run) + "/workers/" + segment(worker);
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
