package dev.muster.node.models;

/// Hears an answer grow. What was heard counts for nothing until the reply says that it is whole:
/// after a failure another provider begins anew, and says so.
public interface ModelEvents {
  ModelEvents NOBODY =
      new ModelEvents() {
        @Override
        public void began(String provider, String model) {}

        @Override
        public void text(String part) {}

        @Override
        public void calling(String tool) {}
      };

  /// Forget what was heard before.
  void began(String provider, String model);

  void text(String part);

  void calling(String tool);
}
