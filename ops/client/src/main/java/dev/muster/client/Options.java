package dev.muster.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How to speak to a node.
///
/// @param base such as `https://muster.example:7400`
/// @param token asked for at each request, since it may be made, or change, meanwhile
/// @param answerMax how long one answer may take
/// @param workMax how long a node may work on what was asked, while it says that it does
/// @param lifeline asked when the node does not answer, or cannot for the moment
/// @param believed over https; null for whom Java believes
/// @param failures what is thrown in place of an [ApiException]
public record Options(
    URI base,
    Supplier<@Nullable String> token,
    Duration answerMax,
    Duration workMax,
    Lifeline lifeline,
    @Nullable SSLContext believed,
    Function<ApiException, RuntimeException> failures) {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  /// The folder of a new run may hold 100,000 files, and the node may have more to do.
  private static final Duration WORK_MAX = Duration.ofMinutes(30);

  /// With no token, and no patience with a node that is away.
  public static Options at(URI base) {
    return new Options(base, () -> null, ANSWER_MAX, WORK_MAX, Lifeline.NONE, null, it -> it);
  }

  public Options token(Supplier<@Nullable String> token) {
    return new Options(base, token, answerMax, workMax, lifeline, believed, failures);
  }

  public Options token(String token) {
    return token(() -> token);
  }

  public Options answerWithin(Duration longest) {
    return new Options(base, token, longest, workMax, lifeline, believed, failures);
  }

  public Options workedOnFor(Duration longest) {
    return new Options(base, token, answerMax, longest, lifeline, believed, failures);
  }

  public Options holdingOnTo(Lifeline lifeline) {
    return new Options(base, token, answerMax, workMax, lifeline, believed, failures);
  }

  /// Only what this context believes; see [Trust].
  public Options believing(@Nullable SSLContext believed) {
    return new Options(base, token, answerMax, workMax, lifeline, believed, failures);
  }

  public Options failing(Function<ApiException, RuntimeException> failures) {
    return new Options(base, token, answerMax, workMax, lifeline, believed, failures);
  }
}
