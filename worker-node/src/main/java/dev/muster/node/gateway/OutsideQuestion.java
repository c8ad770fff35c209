package dev.muster.node.gateway;

import dev.muster.node.gateway.Speech.UnfitException;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an outside agent once asked, for people.
public final class OutsideQuestion {
  private OutsideQuestion() {}

  /// @param body as the agent wrote it
  /// @param digest of the question, by which it is told in which protocol it was
  /// @return null when it is no such question
  public static @Nullable ModelRequest of(String body, @Nullable String digest) {
    for (Speech speech : List.of(new ChatSpeech(), new MessagesSpeech(), new ResponsesSpeech())) {
      try {
        var request = speech.request(Hearing.object(body));
        if (RequestDigest.of(request).equals(digest)) return request;
      } catch (UnfitException _) {
        // Perhaps it is another one.
      }
    }
    return null;
  }
}
