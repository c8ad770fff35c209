package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.TextChanges;
import dev.muster.protocol.view.WorkerView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The resources of the API by name. Lists are read page by page, as far as their stream is.
public final class Api implements AutoCloseable {
  static final int PAGE = 200;
  private static final Comparator<Fetched<RunView>> NEWEST =
      Comparator.<Fetched<RunView>, Instant>comparing(it -> it.view().startedAt())
          .thenComparing(it -> it.view().id())
          .reversed();

  private final NodeClient client;

  private Api(NodeClient client) {
    this.client = client;
  }

  /// Nothing is sent before something is asked.
  public static Api open(Options options) {
    return new Api(new NodeClient(options));
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

  /// What was said in a run.
  public TalkApi talk() {
    return new TalkApi(this);
  }

  /// What carries the runs.
  public SystemApi system() {
    return new SystemApi(this);
  }

  /// What is sent to a node, and fetched from it, as files.
  public FilesApi files() {
    return new FilesApi(client);
  }

  /// What happens, as it happens.
  ///
  /// @param topics of `runs`, `workers`, `approvals`, `nodes`, `journal`
  /// @param run null for all
  public Events events(Set<String> topics, @Nullable String run) {
    return new Events(client, topics, run);
  }

  public Fetched<RunView> createRun(ObjectNode order) {
    return client.post("/runs", order, RunView.class);
  }

  public Stream<Fetched<RunView>> runs() {
    return runs("");
  }

  public Optional<Fetched<RunView>> newestRun() {
    return client.list("/runs?limit=1", RunView.class).findFirst();
  }

  /// @param filter as the API takes it; empty for all
  public Stream<Fetched<RunView>> runs(String filter) {
    return client.list("/runs?limit=" + PAGE + filter(filter), RunView.class);
  }

  /// The first of those, at most so many.
  public Stream<Fetched<RunView>> runs(String filter, int count) {
    var query = "?limit=" + Math.min(count, PAGE) + "&filter=" + segment(filter);
    return client.list("/runs" + query, RunView.class).limit(count);
  }

  /// Those that have not ended, newest first; however many have, they are not gone through.
  public List<Fetched<RunView>> openRuns() {
    return Arrays.stream(RunPhase.values())
        .filter(phase -> !phase.finished())
        .flatMap(phase -> runs("state:" + phase))
        .sorted(NEWEST)
        .toList();
  }

  public Fetched<RunView> run(String run) {
    return client.get("/runs/" + segment(run), RunView.class);
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
    return client.post("/runs/" + segment(run) + "/" + action, body, RunView.class);
  }

  /// What it is found by from now on; capitals do not matter.
  public Fetched<RunView> tag(String run, Collection<String> add, Collection<String> remove) {
    var body = Json.MAPPER.createObjectNode();
    add.forEach(body.putArray("add")::add);
    remove.forEach(body.putArray("remove")::add);
    return client.post("/runs/" + segment(run) + "/tags", body, RunView.class);
  }

  public TextChanges changes(String run) {
    return client.get("/runs/" + segment(run) + "/changes", TextChanges.class).view();
  }

  /// A retry that also takes the new texts of files that have changed.
  public Fetched<RunView> refresh(String run, List<String> workers) {
    var body = Json.MAPPER.createObjectNode().put("refresh", true);
    if (!workers.isEmpty()) {
      workers.forEach(body.putArray("workers")::add);
    }
    return client.post("/runs/" + segment(run) + "/retry", body, RunView.class);
  }

  /// @param filter as the API takes it; null for all
  public Stream<Fetched<RunView.Wave>> waves(String run, @Nullable String filter) {
    var path = "/runs/" + segment(run) + "/waves?limit=" + PAGE + filter(filter);
    return client.list(path, RunView.Wave.class);
  }

  public Fetched<RunView> launchWave(String run, int wave) {
    var body = Json.MAPPER.createObjectNode();
    return client.post("/runs/" + segment(run) + "/waves/" + wave + "/launch", body, RunView.class);
  }

  /// @param filter as the API takes it; null for all
  public Stream<Fetched<WorkerView>> workers(String run, @Nullable String filter) {
    return client.list(
        "/runs/" + segment(run) + "/workers?limit=" + PAGE + filter(filter), WorkerView.class);
  }

  /// The first of those, at most so many.
  public Stream<Fetched<WorkerView>> workers(String run, String filter, int count) {
    var query = "?limit=" + Math.min(count, PAGE) + "&filter=" + segment(filter);
    return client.list("/runs/" + segment(run) + "/workers" + query, WorkerView.class).limit(count);
  }

  /// Lints one text.
  public JsonNode check(String name, String text) {
    var body = Json.MAPPER.createObjectNode().put("name", name).put("text", text);
    return client.post("/instructions/check", body);
  }

  /// The texts that one of its instructions has had.
  public VersionsApi versions(String workforce, String worker) {
    return new VersionsApi(client, workforce, worker);
  }

  /// Who the caller is, as the node sees it.
  public JsonNode me() {
    return client.get("/me");
  }

  public Fetched<WorkerView> worker(String run, String worker) {
    return client.get(workerPath(run, worker), WorkerView.class);
  }

  public void workerEvents(String run, String worker, Consumer<String> each) {
    client.lines(workerPath(run, worker) + "/events", each);
  }

  /// @param from the `next` of an earlier piece; null for the last lines
  /// @param lines how many those are
  public LogPiece workerLog(
      String run, String worker, int attempt, @Nullable Long from, int lines) {
    var position = from == null ? "&lines=" + lines : "&from=" + from;
    return client.piece(workerPath(run, worker) + "/log?attempt=" + attempt + position);
  }

  /// @param state null for all
  /// @param run null for all
  public Stream<Fetched<Approval>> approvals(@Nullable String state, @Nullable String run) {
    return approvals(state, run, "");
  }

  /// @param filter as the API takes it; empty for all
  public Stream<Fetched<Approval>> approvals(
      @Nullable String state, @Nullable String run, String filter) {
    return approvals(state, run, filter, PAGE);
  }

  /// What waits longest for a decision, at most so many.
  public Stream<Fetched<Approval>> waiting(int count) {
    return approvals("PENDING", null, "", Math.min(count, PAGE)).limit(count);
  }

  private Stream<Fetched<Approval>> approvals(
      @Nullable String state, @Nullable String run, String filter, int page) {
    var terms = ((state == null ? "" : "state:" + state + " ") + filter).strip();
    var query = terms.isEmpty() ? "" : "&filter=" + segment(terms);
    query += run == null ? "" : "&run=" + segment(run);
    return client.list("/approvals?limit=" + page + query, Approval.class);
  }

  public Fetched<Approval> approval(String approval) {
    return client.get("/approvals/" + segment(approval), Approval.class);
  }

  /// @param digest what the operator has seen: another operation is refused
  public Fetched<Approval> approve(String approval, String digest) {
    var body = Json.MAPPER.createObjectNode();
    if (!digest.isEmpty()) {
      body.put("digest", digest);
    }
    return client.post("/approvals/" + segment(approval) + "/approve", body, Approval.class);
  }

  public Fetched<Approval> reject(String approval, String reason) {
    var body = Json.MAPPER.createObjectNode().put("reason", reason);
    return client.post("/approvals/" + segment(approval) + "/reject", body, Approval.class);
  }

  static String workerPath(String run, String worker) {
    return "/runs/" + segment(run) + "/workers/" + segment(worker);
  }

  /// The rest of a query that lists what fits; nothing for all.
  static String filter(@Nullable String filter) {
    return filter == null || filter.isBlank() ? "" : "&filter=" + segment(filter);
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.close();
  }
}
