package dev.muster.orchestrator.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.usecase.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.MergeHub;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/// One WebSocket: a client subscribes and unsubscribes as it likes, and hears what the event stream
/// tells, each subscription by itself. A subscription is asked for its next piece when the client
/// has taken the one before, so that nothing is buffered for a slow reader.
final class Socket {
  static final int MESSAGE_CHARS_MAX = 16_384;
  static final int SUBSCRIPTIONS_MAX = 8;
  static final int MISTAKES_MAX = 20;

  /// Answers that a client has asked for and does not read.
  private static final int ANSWERS_MAX = 32;

  private static final int TOPICS_MAX = 20;

  /// How long whoever is told why it ends may take to read that.
  private static final int FAREWELL_MAX_SECONDS = 5;

  private static final String NAME = "[A-Za-z0-9_.-]{1,64}";

  private final Subscribing subscribing;
  private final Standing standing;
  private final Executor executor;
  private final Materializer materializer;
  private final Sink<Said, NotUsed> hub;
  private final Source<Said, NotUsed> outgoing;
  private final BoundedSourceQueue<Said> answers;
  private final SharedKillSwitch ending = KillSwitches.shared("socket");
  private final Map<String, UniqueKillSwitch> open = new HashMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private int mistakes;

  /// How a subscription begins.
  interface Subscribing {
    /// @throws ProblemException for what is not there, or not for this caller
    Subscription begin(
        String name, List<String> topics, @Nullable String run, @Nullable String after);
  }

  /// @param last the socket is closed after it
  private record Said(String text, boolean last) {}

  private Socket(
      Subscribing subscribing, Standing standing, Executor executor, Materializer materializer) {
    this.subscribing = subscribing;
    this.standing = standing;
    this.executor = executor;
    this.materializer = materializer;
    var all = MergeHub.of(Said.class, 1).preMaterialize(materializer);
    this.hub = all.first();
    this.outgoing = all.second().takeWhile(it -> !it.last(), true).via(ending.flow());
    this.answers = Source.<Said>queue(ANSWERS_MAX).toMat(hub, Keep.left()).run(materializer);
  }

  static Flow<Message, Message, NotUsed> flow(
      Subscribing subscribing, Standing standing, Executor executor) {
    return Flow.fromMaterializer((materializer, _) ->
            new Socket(subscribing, standing, executor, materializer).coupled())
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Flow<Message, Message, NotUsed> coupled() {
    var incoming =
        Flow.of(Message.class)
            .mapAsync(1, message -> text(message).thenApplyAsync(this::take, executor))
            .to(Sink.ignore());
    return Flow.fromSinkAndSourceCoupled(
        incoming, outgoing.map(said -> (Message) TextMessage.create(said.text())));
  }

  /// Empty for what is no text, or longer than any may be.
  private CompletionStage<Optional<String>> text(Message message) {
    if (!message.isText()) return CompletableFuture.completedFuture(Optional.empty());
    var text = message.asTextMessage();
    if (text.isStrict()) {
      var whole = Optional.of(text.getStrictText()).filter(it -> it.length() <= MESSAGE_CHARS_MAX);
      return CompletableFuture.completedFuture(whole);
    }
    return text.getStreamedText()
        .runFold("", this::joined, materializer)
        .thenApply(it -> Optional.of(it).filter(whole -> whole.length() <= MESSAGE_CHARS_MAX))
        .exceptionally(_ -> Optional.empty());
  }

  /// The end of what is too long is not waited for.
  private String joined(String all, String more) {
    if (all.length() > MESSAGE_CHARS_MAX) return all;
    var longer = all + more;
    if (longer.length() > MESSAGE_CHARS_MAX) tooMuch();
    return longer;
  }

  private synchronized Done take(Optional<String> text) {
    if (text.isEmpty()) {
      tooMuch();
    } else if (!standing.holds()) {
      lostStanding();
    } else {
      carryOut(text.get());
    }
    return Done.done();
  }

  private void carryOut(String text) {
    String name = null;
    try {
      var message = Json.mapper().readTree(text);
      name = name(message);
      if (message.has("subscribe")) subscribe(name, message);
      else unsubscribe(name);
    } catch (JsonProcessingException e) {
      mistaken(null, Problem.of(400, "malformed-json", e.getOriginalMessage()));
    } catch (ProblemException e) {
      mistaken(name, e.problem());
    } catch (Refusal e) {
      mistaken(name, Problem.of(e));
    }
  }

  private static String name(JsonNode message) {
    var verbs = message.has("subscribe") ? "subscribe" : "unsubscribe";
    var name = message.path(verbs).asText("");
    if (message.isObject() && name.matches(NAME)) return name;
    throw ProblemException.of(
        400,
        "invalid-message",
        "expected {\"subscribe\": NAME, \"topics\": [...], \"run\": ID, \"after\": EVENT} or"
            + " {\"unsubscribe\": NAME}, with a name of at most 64 letters, digits, _ . and -");
  }

  private void subscribe(String name, JsonNode message) {
    if (open.containsKey(name)) {
      throw ProblemException.of(409, "subscribed", "expected a new name, found " + name);
    }
    if (open.size() >= SUBSCRIPTIONS_MAX) {
      throw ProblemException.of(
          429,
          "too-many-subscriptions",
          "expected at most %d subscriptions of a socket: end one, or open another socket"
              .formatted(SUBSCRIPTIONS_MAX));
    }
    var run = message.path("run").isTextual() ? message.path("run").asText() : null;
    var after = message.path("after").isTextual() ? message.path("after").asText() : null;
    var subscription = subscribing.begin(name, topics(message), run, after);
    answer(name, "subscribed", "{}");
    open.put(name, start(subscription));
  }

  private static List<String> topics(JsonNode message) {
    var topics = new ArrayList<String>();
    for (var topic : message.path("topics")) {
      if (topics.size() < TOPICS_MAX) topics.add(topic.asText());
    }
    return topics;
  }

  private UniqueKillSwitch start(Subscription subscription) {
    return Source.<Subscription, Said>unfoldAsync(
            subscription, state -> CompletableFuture.supplyAsync(() -> next(state), executor))
        .filter(said -> !said.text().isEmpty())
        .viaMat(KillSwitches.<Said>single(), Keep.right())
        .to(hub)
        .run(materializer);
  }

  private Optional<Pair<Subscription, Said>> next(Subscription subscription) {
    if (standing.holds()) {
      return Optional.of(
          Pair.create(subscription, new Said(subscription.next().utf8String(), false)));
    }
    lostStanding();
    return Optional.empty();
  }

  private void unsubscribe(String name) {
    var ending = open.remove(name);
    if (ending == null) {
      throw ProblemException.of(
          404, "not-subscribed", "expected the name of a subscription, found " + name);
    }
    ending.shutdown();
    answer(name, "unsubscribed", "{}");
  }

  private void mistaken(@Nullable String name, Problem problem) {
    if (++mistakes > MISTAKES_MAX) {
      end(400, "too-many-mistakes", "expected messages as /api/openapi.yaml has them");
    } else {
      answer(name, "problem", Json.text(problem));
    }
  }

  private void tooMuch() {
    end(400, "invalid-message", "expected text of at most " + MESSAGE_CHARS_MAX + " characters");
  }

  private void lostStanding() {
    end(401, "session-ended", "expected a caller who may still read: log in again");
  }

  private void end(int status, String code, String detail) {
    if (ended.getAndSet(true)) return;
    say(null, "problem", Json.text(Problem.of(status, code, detail)), true);
    CompletableFuture.delayedExecutor(FAREWELL_MAX_SECONDS, TimeUnit.SECONDS)
        .execute(ending::shutdown);
  }

  private void answer(@Nullable String name, String event, String json) {
    say(name, event, json, false);
  }

  /// A client that does not read what it asks for has none of it, and no socket.
  private void say(@Nullable String name, String event, String json, boolean last) {
    var frame = new Frames(name == null ? "" : name);
    frame.event(event, null, json);
    if (!answers.offer(new Said(frame.take().utf8String(), last)).isEnqueued()) {
      ending.shutdown();
    }
  }
}
