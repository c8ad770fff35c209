package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.usecase.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the API: a method, a path with `{placeholders}`, and what carries it out.
///
/// @param needs what a caller must be allowed to do; null for what anybody may ask
/// @param bodyBytesMax larger bodies are refused before they are read
/// @param types what it can answer; empty when it decides by itself
/// @param early answers even before the node is ready
/// @param takes the media type of its body
/// @param changes something, and is written down before and after
/// @param scoped for callers of one workforce, too: it looks after that itself, or there is nothing
///   to look after. What names a run or an approval in its path is looked after for it
public record Endpoint(
    String method,
    List<String> segments,
    Handler handler,
    @Nullable Permission needs,
    int bodyBytesMax,
    List<String> types,
    boolean early,
    boolean scoped,
    String takes,
    boolean changes) {
  public static final int MIB = 1 << 20;

  public Endpoint {
    segments = List.copyOf(segments);
    types = List.copyOf(types);
  }

  /// May block, and throws `ProblemException` or `Refusal` to refuse.
  @FunctionalInterface
  public interface Handler {
    Answer handle(Call call);
  }

  /// What is refused below the API becomes a problem here.
  public Answer answer(Call call) {
    try {
      return handler.handle(call);
    } catch (Refusal e) {
      throw Problem.of(e).exception();
    }
  }

  public static Endpoint get(String path, Handler handler) {
    return of("GET", path, handler, Permission.READ);
  }

  public static Endpoint post(String path, Handler handler) {
    return of("POST", path, handler, Permission.OPERATE);
  }

  public static Endpoint delete(String path, Handler handler) {
    return of("DELETE", path, handler, Permission.OPERATE);
  }

  private static Endpoint of(String method, String path, Handler handler, Permission needs) {
    return new Endpoint(
        method,
        split(path),
        handler,
        needs,
        MIB,
        List.of(Answer.JSON),
        false,
        false,
        Answer.JSON,
        !method.equals("GET"));
  }

  public Endpoint by(Handler other) {
    return new Endpoint(
        method, segments, other, needs, bodyBytesMax, types, early, scoped, takes, changes);
  }

  public Endpoint answering(String... answers) {
    return new Endpoint(
        method,
        segments,
        handler,
        needs,
        bodyBytesMax,
        List.of(answers),
        early,
        scoped,
        takes,
        changes);
  }

  public Endpoint needing(Permission permission) {
    return new Endpoint(
        method, segments, handler, permission, bodyBytesMax, types, early, scoped, takes, changes);
  }

  /// Anybody may ask, without saying who they are.
  public Endpoint open() {
    return new Endpoint(
        method, segments, handler, null, bodyBytesMax, types, early, scoped, takes, changes);
  }

  public Endpoint beforeReady() {
    return new Endpoint(
        method, segments, handler, needs, bodyBytesMax, types, true, scoped, takes, changes);
  }

  public Endpoint taking(int bytesMax) {
    return new Endpoint(
        method, segments, handler, needs, bytesMax, types, early, scoped, takes, changes);
  }

  public Endpoint changingNothing() {
    return new Endpoint(
        method, segments, handler, needs, bodyBytesMax, types, early, scoped, takes, false);
  }

  /// As programs log in by OAuth 2.
  public Endpoint takingAForm() {
    return takingA(Answer.FORM);
  }

  public Endpoint takingA(String type) {
    return new Endpoint(
        method, segments, handler, needs, bodyBytesMax, types, early, scoped, type, changes);
  }

  public Endpoint alsoScoped() {
    return new Endpoint(
        method, segments, handler, needs, bodyBytesMax, types, early, true, takes, changes);
  }

  /// What the placeholders stand for; null when the path is another one.
  public @Nullable Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) return null;
    var parts = new LinkedHashMap<String, String>();
    for (var i = 0; i < path.size(); i++) {
      var segment = segments.get(i);
      if (segment.startsWith("{")) {
        parts.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return null;
      }
    }
    return parts;
  }

  /// With its placeholders.
  public String path() {
    return "/" + String.join("/", segments);
  }

  private static List<String> split(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }
}
