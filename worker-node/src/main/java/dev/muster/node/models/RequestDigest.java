package dev.muster.node.models;

import dev.muster.protocol.proof.Sha256;

/// Names what a model is asked, so that the same question is known again, whoever asks it whom.
///
/// Of the tools only the names count: what they say of themselves may be put in other words without
/// making an answer a wrong one. Limits, models and marks of protocols do not count either.
public final class RequestDigest {
  private final StringBuilder text = new StringBuilder("muster request 1");

  private RequestDigest() {}

  public static String of(ModelRequest request) {
    var digest = new RequestDigest();
    digest.word(request.system());
    for (var message : request.messages()) digest.message(message);
    for (var tool : request.tools()) digest.word("tool").word(tool.name());
    var output = request.output();
    if (output != null) digest.word("output").word(output.name()).word(output.schema());
    return Sha256.of(digest.text.toString());
  }

  private void message(Message message) {
    switch (message) {
      case Message.User(var said) -> word("user").word(said);
      case Message.Assistant(var said, var calls) -> {
        word("assistant").word(said);
        for (var call : calls) word(call.id()).word(call.name()).word(call.arguments());
      }
      case Message.ToolResult(var id, var tool, var said, var failed) ->
          word("result").word(id).word(tool).word(said).word(failed ? "failed" : "done");
    }
  }

  /// With its length before it, so that no two run together.
  private RequestDigest word(String it) {
    text.append(' ').append(it.length()).append(':').append(it);
    return this;
  }
}
