package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
  private final Shares shares = new Shares(16, 4);

  private static Principal viewer(String name) {
    return new Principal(name, Principal.Kind.USER, name, Set.of(Role.VIEWER), null);
  }

  private int taken(Principal by, int tries) {
    return (int) IntStream.range(0, tries).filter(_ -> shares.take(by) != null).count();
  }

  private int takenByStrangers(String group, int tries) {
    return (int)
        IntStream.range(0, tries).filter(_ -> shares.takeAsStranger(group) != null).count();
  }

  @Test
  void nobodyTakesMoreThanHalf() {
    assertThat(taken(viewer("a"), 20)).isEqualTo(8);
  }

  @Test
  void aQuarterIsKeptForAdministrators() {
    taken(viewer("a"), 20);
    assertThat(taken(viewer("b"), 20)).isEqualTo(4);
    assertThat(taken(Principal.OWNER, 20)).isEqualTo(4);
  }

  @Test
  void strangersHaveFewOfTheirOwn() {
    assertThat(takenByStrangers("a", 20)).isEqualTo(2);
    assertThat(takenByStrangers("b", 20)).isEqualTo(2);
    assertThat(takenByStrangers("c", 20)).isZero();
    assertThat(taken(Principal.OWNER, 20)).isEqualTo(16);
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    var leave = Objects.requireNonNull(shares.take(viewer("a")));
    leave.run();
    leave.run();
    assertThat(taken(Principal.OWNER, 20)).isEqualTo(16);
  }
}
