package dev.muster.protocol.commons;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// What a worker wants of what is shared.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CommonsRequest.Put.class, name = "put"),
  @JsonSubTypes.Type(value = CommonsRequest.Get.class, name = "get"),
  @JsonSubTypes.Type(value = CommonsRequest.ListKeys.class, name = "list"),
  @JsonSubTypes.Type(value = CommonsRequest.Remember.class, name = "remember"),
  @JsonSubTypes.Type(value = CommonsRequest.Recall.class, name = "recall"),
  @JsonSubTypes.Type(value = CommonsRequest.Post.class, name = "post"),
  @JsonSubTypes.Type(value = CommonsRequest.Ask.class, name = "ask"),
  @JsonSubTypes.Type(value = CommonsRequest.Floor.class, name = "floor"),
  @JsonSubTypes.Type(value = CommonsRequest.Await.class, name = "await"),
  @JsonSubTypes.Type(value = CommonsRequest.Read.class, name = "read"),
  @JsonSubTypes.Type(value = CommonsRequest.News.class, name = "news"),
  @JsonSubTypes.Type(value = CommonsRequest.Lessons.class, name = "lessons")
})
public sealed interface CommonsRequest {
  /// Sets a value of the run.
  ///
  /// @param expected the version it must have, 0 for one that is not there; null sets it anyway
  record Put(String key, String value, @Nullable Long expected) implements CommonsRequest {}

  record Get(String key) implements CommonsRequest {}

  /// @param prefix of the keys; empty for all
  record ListKeys(String prefix) implements CommonsRequest {}

  /// Keeps a note of the worker's own.
  record Remember(String key, String value) implements CommonsRequest {}

  /// @param key null lists the keys
  record Recall(@Nullable String key) implements CommonsRequest {}

  /// Says something in the room of the worker's wave.
  ///
  /// @param to whom; null for everybody
  /// @param answers number of the question that this answers; null for none
  record Post(String text, @Nullable String to, @Nullable Long answers) implements CommonsRequest {}

  /// Gives the floor to somebody of the room, and takes a round.
  ///
  /// @param to null leaves it to the room whose turn it is
  /// @param waitSeconds for the answer
  /// @param chosen what the room's coordinator said when it was asked to choose; empty when it said
  ///   nothing, null when there is none
  record Ask(String text, @Nullable String to, int waitSeconds, @Nullable String chosen)
      implements CommonsRequest {
    /// Without a coordinator.
    public Ask(String text, @Nullable String to, int waitSeconds) {
      this(text, to, waitSeconds, null);
    }
  }

  /// Whom a question could be put to, in words for whoever is to choose. Nothing to choose between
  /// is no words; what may not be asked is refused as `Ask` would be.
  record Floor(String text, int waitSeconds) implements CommonsRequest {}

  /// Whether a question of the worker's own has been answered.
  record Await(long question) implements CommonsRequest {}

  /// @param after number of the last message that is known
  record Read(long after) implements CommonsRequest {}

  /// What was said to this worker, and by whom it is asked. Also says that the worker is there.
  ///
  /// @param after number of the last message that it has heard of
  record News(long after) implements CommonsRequest {}

  /// What was learned by those whose work the worker's rests on, and by the same worker in earlier
  /// runs of the workforce.
  record Lessons() implements CommonsRequest {}

  /// Whether it may change something, so that it must not be done twice.
  default boolean changes() {
    return switch (this) {
      case Put _, Remember _, Post _, Ask _ -> true;
      case Get _, ListKeys _, Recall _, Floor _, Await _, Read _, News _, Lessons _ -> false;
    };
  }

  /// Whether it is the worker's own affair and nobody else's.
  default boolean isPrivate() {
    return switch (this) {
      case Remember _, Recall _, Lessons _ -> true;
      case Put _, Get _, ListKeys _, Post _, Ask _, Floor _, Await _, Read _, News _ -> false;
    };
  }
}
