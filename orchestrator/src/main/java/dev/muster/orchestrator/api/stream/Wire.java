package dev.muster.orchestrator.api.stream;

import org.jspecify.annotations.Nullable;

/// How a reader of events is told.
interface Wire {
  /// @param id null where there is nothing to resume after
  /// @param json the data
  void event(String name, @Nullable Long id, String json);

  /// It goes on where it ended.
  void resumed(long after);

  /// There is nothing to say; only writing shows whether the reader is still there.
  void silence();

  boolean isEmpty();

  /// All that was said since this was asked last.
  String take();

  /// `text/event-stream`.
  static Wire events() {
    return new Wire() {
      private final StringBuilder out = new StringBuilder();

      @Override
      public void event(String name, @Nullable Long id, String json) {
        out.append("event: ").append(name);
        if (id != null) out.append("\nid: ").append(id);
        out.append("\ndata: ").append(json).append("\n\n");
      }

      @Override
      public void resumed(long after) {
        out.append(": resumed after ").append(after).append("\n\n");
      }

      @Override
      public void silence() {
        out.append(":\n\n");
      }

      @Override
      public boolean isEmpty() {
        return out.isEmpty();
      }

      @Override
      public String take() {
        var said = out.toString();
        out.setLength(0);
        return said;
      }
    };
  }
}
