package dev.muster.node.models;

import java.io.IOException;

/// Where the key of a provider comes from; asked anew for each call, so that a key can be changed.
public interface KeySource {
  /// For providers on the own machine.
  KeySource NONE =
      new KeySource() {
        @Override
        public String reveal() {
          return "";
        }

        @Override
        public String words() {
          return "none";
        }
      };

  /// Empty when none is needed.
  ///
  /// @throws IOException in words that say what to set, and hold no key
  String reveal() throws IOException;

  /// Where it is, never what it is: `env OPENAI_API_KEY`.
  String words();
}
