package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.plan.SubPlan;
import dev.muster.orchestrator.engine.plan.SubPlan.UnfitException;
import dev.muster.orchestrator.engine.wave.Sowing;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.orchestrator.journal.storage.InstructionStore.Stored;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Instructions of sub-workers, stored like those of files.
record StoredSowing(InstructionStore store, Manifests manifests) implements Sowing {
  @Override
  public Sown sow(Planned parent, @Nullable String agents, List<Wanted> wanted) {
    var instruction = store.find(parent.instructionDigest());
    if (instruction == null) return Sown.refused("the instruction of its parent is not stored");
    var tasks = wanted.stream().map(Wanted::task).toList();
    var clash = SubPlan.clash(tasks);
    if (clash != null) {
      return Sown.refused("two sub-workers of one call would write `%s`".formatted(clash));
    }
    var setup = agents == null ? null : manifests.find(agents, AgentSetup.class);
    var plan = new SubPlan(instruction, parent, setup);
    var made = new ArrayList<SubPlan.Made>();
    for (var one : wanted) {
      try {
        made.add(plan.make(one.id(), one.task()));
      } catch (UnfitException e) {
        return Sown.refused("`%s`: %s".formatted(shown(one.task()), e.getMessage()));
      }
    }
    store.put(made.stream().map(it -> new Stored(it.text(), it.instruction())).toList());
    return new Sown(null, made.stream().map(SubPlan.Made::planned).toList());
  }

  private static String shown(SubTask task) {
    var line = task.title().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
