package dev.muster.client;

import dev.muster.protocol.view.ConversationStep;
import dev.muster.protocol.view.ModelQuestion;
import dev.muster.protocol.view.QuestionDiff;
import dev.muster.protocol.view.RoomMessage;
import dev.muster.protocol.view.SharedValue;
import dev.muster.protocol.view.WorkerNote;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What agents and their models said, and what agents told each other, as resources of the API.
public final class TalkApi {
  private final Api api;

  TalkApi(Api api) {
    this.api = api;
  }

  /// What an agent and its model said to each other, step by step.
  public Stream<Fetched<ConversationStep>> conversation(String run, String worker) {
    return api.client()
        .list(
            Api.workerPath(run, worker) + "/conversation?limit=" + Api.PAGE,
            ConversationStep.class);
  }

  /// What the model was asked that answered with this step.
  public Fetched<ModelQuestion> asked(String run, String worker, int step) {
    return api.client()
        .get(Api.workerPath(run, worker) + "/conversation/" + step, ModelQuestion.class);
  }

  /// What is different in what it was asked for a step.
  ///
  /// @param against another step; null for the same
  /// @param other run whose worker of that id was asked it; null for this one
  public Fetched<QuestionDiff> askedDiff(
      String run, String worker, int step, @Nullable Integer against, @Nullable String other) {
    var query = new ArrayList<String>();
    if (against != null) query.add("against=" + against);
    if (other != null) query.add("run=" + Api.segment(other));
    return api.client()
        .get(
            Api.workerPath(run, worker)
                + "/conversation/%d/diff?".formatted(step)
                + String.join("&", query),
            QuestionDiff.class);
  }

  /// @param wave null for the rooms of all waves
  public Stream<Fetched<RoomMessage>> room(String run, @Nullable Integer wave) {
    var query = wave == null ? "" : "&wave=" + wave;
    return api.client()
        .list("/runs/" + Api.segment(run) + "/room?limit=" + Api.PAGE + query, RoomMessage.class);
  }

  public Stream<Fetched<SharedValue>> state(String run) {
    return api.client()
        .list("/runs/" + Api.segment(run) + "/state?limit=" + Api.PAGE, SharedValue.class);
  }

  public Stream<Fetched<WorkerNote>> notes(String run, String worker) {
    return api.client()
        .list(Api.workerPath(run, worker) + "/notes?limit=" + Api.PAGE, WorkerNote.class);
  }

  /// All that models answered in a run, line by line.
  public void cassette(String run, Consumer<String> each) {
    api.client().lines("/runs/" + Api.segment(run) + "/cassette", each);
  }
}
