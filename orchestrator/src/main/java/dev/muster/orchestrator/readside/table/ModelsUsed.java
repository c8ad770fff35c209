package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.view.ModelUse;
import dev.muster.protocol.worker.AgentStep;
import java.util.Map;

/// What the models of one worker answered and cost, in all its attempts. It is kept as its fields
/// are.
final class ModelsUsed {
  private Map<String, ModelUse> byModel = Map.of();
  private Map<String, ModelUse> byProfile = Map.of();

  void add(AgentStep.Use use) {
    byModel = ModelUse.with(byModel, use.provider() + "/" + use.model(), use);
    byProfile = ModelUse.with(byProfile, use.profile(), use);
  }

  boolean isEmpty() {
    return byModel().isEmpty();
  }

  Map<String, ModelUse> byModel() {
    return byModel;
  }

  /// By the profile that was asked.
  Map<String, ModelUse> byProfile() {
    return byProfile;
  }
}
