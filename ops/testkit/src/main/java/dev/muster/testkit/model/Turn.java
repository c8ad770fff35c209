package dev.muster.testkit.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the server does with one request.
public sealed interface Turn {
  record Say(String text) implements Turn {}

  /// Several at once are one answer.
  record Call(List<Tool> tools) implements Turn {
    public Call {
      tools = List.copyOf(tools);
    }
  }

  /// @param arguments as they go on the wire, JSON or not; in protocols where they are no text,
  ///   what is not JSON goes as a string
  record Tool(String name, String arguments) {}

  /// An error, with its body as it goes on the wire.
  record Status(int status, Map<String, String> headers, String body) implements Turn {
    public Status {
      headers = Map.copyOf(headers);
    }
  }

  /// With status 200.
  record Garbage(String contentType, String body) implements Turn {}

  /// The answer ends in good order, but before its end.
  record Half(String text) implements Turn {}

  /// The connection ends in the middle of the answer.
  record Cut(String text) implements Turn {}

  /// An answer of so many bytes.
  record Big(int bytes) implements Turn {}

  /// Nothing at all, until the caller goes away.
  record Silence() implements Turn {}

  record Late(Duration after, Turn then) implements Turn {}

  /// An error in the middle of a stream, as the protocol has it.
  record Breakdown(String text, String type, String message) implements Turn {}

  static Turn say(String text) {
    return new Say(text);
  }

  static Turn call(String name, String arguments) {
    return new Call(List.of(new Tool(name, arguments)));
  }

  static Turn status(int status, String body) {
    return new Status(status, Map.of(), body);
  }

  static Turn limited(String retryAfter) {
    return new Status(
        429, Map.of("Retry-After", retryAfter), "{\"error\":{\"message\":\"slow down\"}}");
  }
}
