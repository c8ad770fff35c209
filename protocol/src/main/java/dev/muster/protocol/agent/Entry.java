package dev.muster.protocol.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AgentStep.Violated;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that happened in a conversation, whole. Kept in the artifact store: fields may be
/// added, never renamed or removed.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = Entry.Turn.class, name = "turn"),
  @JsonSubTypes.Type(value = Entry.Intent.class, name = "intent"),
  @JsonSubTypes.Type(value = Entry.Outcome.class, name = "outcome"),
  @JsonSubTypes.Type(value = Entry.Repair.class, name = "repair"),
  @JsonSubTypes.Type(value = Entry.Summary.class, name = "summary"),
  @JsonSubTypes.Type(value = Entry.Nudge.class, name = "nudge"),
  @JsonSubTypes.Type(value = Entry.Heard.class, name = "heard"),
  @JsonSubTypes.Type(value = Entry.Raised.class, name = "raised"),
  @JsonSubTypes.Type(value = Entry.Session.class, name = "session"),
  @JsonSubTypes.Type(value = Entry.Aside.class, name = "aside")
})
public sealed interface Entry {
  /// What the model is told before anything else, so that every later request can be made again.
  ///
  /// @param lessons what others have learned before; null when there is nothing, and in a replay,
  ///   so that a tape does not hang on what happened elsewhere
  record Begun(String system, String user, List<Offer> tools, @Nullable String lessons)
      implements Entry {
    public Begun {
      tools = List.copyOf(tools);
    }

    public Begun(String system, String user, List<Offer> tools) {
      this(system, user, tools, null);
    }

    public Begun withLessons(@Nullable String learned) {
      return new Begun(system, user, tools, learned);
    }
  }

  /// A tool that the model may call.
  ///
  /// @param schema of its arguments: a JSON Schema of an object, as text
  record Offer(String name, String description, String schema) {}

  /// What a model wants done.
  ///
  /// @param arguments as it wrote them
  /// @param problem why it cannot be carried out, for the model; null when it can
  /// @param mark of the protocol, to be sent back as it came; null when there is none
  record Call(
      String id, String name, String arguments, @Nullable String problem, @Nullable String mark) {}

  /// @param cut it had more to say than it was allowed
  /// @param request digest of what was asked; null where nobody made one
  /// @param counted whether the provider counted the tokens; else they are an estimate
  /// @param costMicros in millionths of a dollar; null when the price is not known
  /// @param asked the question as an agent of somebody else's wrote it; null of our own, whose
  ///   questions follow from what was said before
  record Turn(
      String text,
      List<Call> calls,
      boolean cut,
      @Nullable String request,
      long tokensIn,
      long tokensOut,
      long tokensCached,
      boolean counted,
      String profile,
      String provider,
      String model,
      @Nullable Long costMicros,
      long millis,
      @Nullable String asked)
      implements Entry {
    public Turn {
      calls = List.copyOf(calls);
    }

    public Turn asked(String body) {
      return new Turn(
          text,
          calls,
          cut,
          request,
          tokensIn,
          tokensOut,
          tokensCached,
          counted,
          profile,
          provider,
          model,
          costMicros,
          millis,
          body);
    }
  }

  /// What is about to be carried out. Written before it begins.
  ///
  /// @param mark by which somebody else can tell afterwards whether it has happened, known only
  ///   once it may begin; null where there is none
  record Intent(String callId, String tool, Way way, @Nullable String mark) implements Entry {
    public Intent(String callId, String tool, Way way) {
      this(callId, tool, way, null);
    }
  }

  /// @param violation what the policy refused; null mostly
  /// @param millis how long it took
  record Outcome(
      String callId,
      String tool,
      String text,
      boolean failed,
      @Nullable Violated violation,
      long millis)
      implements Entry {}

  /// The work was claimed to be finished, and the runtime's tests failed.
  ///
  /// @param round from 1
  record Repair(String callId, String tool, int round, String text, long millis) implements Entry {}

  /// Stands for everything up to a step.
  ///
  /// @param upTo the last step that it stands for
  record Summary(String text, int upTo) implements Entry {}

  record Nudge(String text) implements Entry {}

  /// What other workers have said to this one.
  ///
  /// @param upTo number of the last message of these
  record Heard(String text, long upTo) implements Entry {}

  /// A limit was reached, and somebody let the agent use as much again.
  ///
  /// @param limit in words with figures
  record Raised(String limit, String by) implements Entry {}

  /// A conversation of the agent's own with a model was opened or closed. It is part of this one,
  /// and ends with it.
  ///
  /// @param role as the agent named it; null for none
  /// @param system what the model is told before anything else
  /// @param profiles who may be asked, in the order of preference
  record Session(
      String callId,
      String session,
      boolean open,
      @Nullable String role,
      String system,
      List<String> profiles,
      Instant at)
      implements Entry {
    public Session {
      profiles = List.copyOf(profiles);
    }

    public Session closed(String call, Instant when) {
      return new Session(call, session, false, role, system, profiles, when);
    }
  }

  /// A model was asked something beside the conversation, and has answered.
  ///
  /// @param callId during which call
  /// @param session what both belong to
  record Aside(String callId, String session, String system, String said, Turn answer, Instant at)
      implements Entry {}

  /// How a call is carried out, as far as it matters to whoever finds it begun.
  enum Way {
    CHANGE,
    COMMAND,
    GATED,
    SHARE,
    SPAWN,
    FINISH
  }

  default Kind kind() {
    return switch (this) {
      case Begun _ -> Kind.BEGUN;
      case Turn _ -> Kind.TURN;
      case Intent _ -> Kind.INTENT;
      case Outcome _ -> Kind.OUTCOME;
      case Repair _ -> Kind.REPAIR;
      case Summary _ -> Kind.SUMMARY;
      case Nudge _ -> Kind.NUDGE;
      case Heard _ -> Kind.HEARD;
      case Raised _ -> Kind.RAISED;
      case Session _ -> Kind.SESSION;
      case Aside _ -> Kind.ASIDE;
    };
  }

  /// What a model said in it; null for what asked none.
  default @Nullable Turn answered() {
    return switch (this) {
      case Turn turn -> turn;
      case Aside aside -> aside.answer();
      case Begun _,
          Intent _,
          Outcome _,
          Repair _,
          Summary _,
          Nudge _,
          Heard _,
          Raised _,
          Session _ ->
          null;
    };
  }

  /// The tool that was called; null for what is no call.
  default @Nullable String calledTool() {
    return switch (this) {
      case Intent intent -> intent.tool();
      case Outcome outcome -> outcome.tool();
      case Repair repair -> repair.tool();
      case Begun _, Turn _, Summary _, Nudge _, Heard _, Raised _, Session _, Aside _ -> null;
    };
  }

  /// How long it took.
  default long spentMillis() {
    return switch (this) {
      case Turn turn -> turn.millis();
      case Outcome outcome -> outcome.millis();
      case Repair repair -> repair.millis();
      case Aside aside -> aside.answer().millis();
      case Begun _, Intent _, Summary _, Nudge _, Heard _, Raised _, Session _ -> 0;
    };
  }
}
