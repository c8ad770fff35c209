package dev.muster.protocol.view;

/// Is told everything that the API answers, as it leaves. In a node that works there is none: tests
/// bring one along as a service (`java.util.ServiceLoader`), so that what real nodes answered is
/// held against the contract, whoever had asked. It must return soon and never throw.
public interface AnswerWitness {
  /// A WebSocket's messages are told as an answer with this status.
  int SOCKET = 101;

  /// Asked once, before anything is answered: whoever does not listen costs nothing.
  boolean listens();

  /// @param type media type
  /// @param body all of it, or one piece of a stream as it was sent
  void saw(String method, String path, int status, String type, byte[] body);
}
