package dev.muster.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosScriptTest {
  private static final List<String> ORCHESTRATORS = List.of("o1");
  private static final List<String> WORKERS = List.of("w1", "w2", "w3");

  private static ChaosScript script(long seed) {
    return ChaosScript.of(seed, ORCHESTRATORS, WORKERS);
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    for (var seed = 0; seed < 50; seed++) assertThat(script(seed)).isEqualTo(script(seed));
  }

  @Test
  void threeSeedsInARowHaveEveryKindOfFault() {
    for (var seed = 0; seed < 12; seed++) {
      Set<Class<?>> kinds = new HashSet<>();
      for (var i = 0; i < 3; i++) {
        script(seed + i).steps().forEach(step -> kinds.add(step.fault().getClass()));
      }
      assertThat(kinds).containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
    }
  }

  @Test
  void everySeedRebuildsTheReaderOnceAfterTheFirstFault() {
    for (var seed = 0; seed < 50; seed++) {
      var steps = script(seed).steps();
      assertThat(steps).filteredOn(step -> step.fault() instanceof Fault.Rebuild).hasSize(1);
      assertThat(steps.getFirst().fault()).isNotInstanceOf(Fault.Rebuild.class);
    }
  }

  @Test
  void seedsDiffer() {
    Set<String> scripts = new HashSet<>();
    for (var seed = 0; seed < 50; seed++) scripts.add(script(seed).steps().toString());
    assertThat(scripts).hasSize(50);
  }
}
