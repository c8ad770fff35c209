package dev.muster.orchestrator.readside.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.readside.view.Delivery;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.worker.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  @Test
  void ofTwoThatDoNotWaitForOneAnotherBothAreKeptAndNamed() {
    var found = Deliveries.of(List.of(one("001", "", "a.txt=x"), one("002", "", "a.txt=y")));

    assertThat(places(found))
        .containsExactlyInAnyOrder("deliverables/a.txt=y", "conflicts/WORKER_001/a.txt=x");
    assertThat(found.conflicts(50))
        .containsExactly(
            new DeliveryConflict(
                "a.txt",
                "WORKER_002",
                1,
                new TreeMap<>(Map.of("conflicts/WORKER_001/a.txt", "WORKER_001"))));
    assertThat(found.conflictsTotal()).isOne();
  }

  @Test
  void alongAChainTheLastVersionStandsAndNothingIsAConflict() {
    var chain =
        List.of(
            one("001", "", "a.txt=x"),
            one("002", "001", ""),
            one("003", "002", "a.txt=y"),
            one("004", "003", "a.txt=z"));

    var found = Deliveries.of(chain);

    assertThat(places(found)).containsExactly("deliverables/a.txt=z");
    assertThat(found.conflictsTotal()).isZero();
  }

  @Test
  void whoWaitsComesLastAlsoAgainstTheOrderOfThePlan() {
    var found =
        Deliveries.of(List.of(one("001", "002", "a.txt=late"), one("002", "", "a.txt=early")));

    assertThat(places(found)).containsExactly("deliverables/a.txt=late");
  }

  @Test
  void besideAChainOnlyItsLastVersionIsAConflict() {
    var found =
        Deliveries.of(
            List.of(
                one("001", "", "a.txt=x"),
                one("002", "001", "a.txt=y"),
                one("003", "", "a.txt=z")));

    assertThat(places(found))
        .containsExactlyInAnyOrder("deliverables/a.txt=z", "conflicts/WORKER_002/a.txt=y");
  }

  @Test
  void theSameContentTwiceIsNoConflict() {
    var found = Deliveries.of(List.of(one("001", "", "a.txt=x"), one("002", "", "./a.txt=x")));

    assertThat(places(found)).containsExactly("deliverables/a.txt=x");
  }

  @Test
  void aFileWhereAnotherDeliveredAFolderLosesNothing() {
    var fileFirst =
        Deliveries.of(List.of(one("001", "", "a=x"), one("002", "", "a/b/c=y", "a/d=z")));
    assertThat(places(fileFirst))
        .containsExactlyInAnyOrder(
            "deliverables/a/b/c=y", "deliverables/a/d=z", "conflicts/WORKER_001/a=x");

    var folderFirst =
        Deliveries.of(List.of(one("001", "", "a/b/c=y", "a/d=z"), one("002", "", "a=x")));
    assertThat(places(folderFirst))
        .containsExactlyInAnyOrder(
            "deliverables/a=x", "conflicts/WORKER_001/a/b/c=y", "conflicts/WORKER_001/a/d=z");

    var handedOver = Deliveries.of(List.of(one("001", "", "a=x"), one("002", "001", "a/b=y")));
    assertThat(places(handedOver)).containsExactly("deliverables/a/b=y");
  }

  @Test
  void aPathThatLeavesItsFolderGoesNowhere() {
    var found = Deliveries.of(List.of(one("001", "", "../x=a", "/etc/x=a", "a/../..=a", "\0=a")));

    assertThat(found.placed()).isEmpty();
  }

  @Test
  void twentyThousandWorkersOfOnePathAreSortedInTime() {
    var chain =
        IntStream.range(0, 20_000)
            .mapToObj(n -> one("" + n, n == 0 ? "" : "" + (n - 1), "a.txt=" + n))
            .toList();
    assertThat(places(Deliveries.of(chain))).containsExactly("deliverables/a.txt=19999");

    var strangers =
        IntStream.range(0, 20_000).mapToObj(n -> one("" + n, "", "a.txt=" + n)).toList();
    var found = Deliveries.of(strangers);
    assertThat(found.placed()).hasSize(20_000);
    assertThat(found.conflictsTotal()).isOne();
    assertThat(found.conflicts(50).getFirst().others()).isEqualTo(19_999);
    assertThat(found.conflicts(50).getFirst().kept()).hasSize(20);
  }

  /// @param delivered `path=content`
  private static Delivery one(String number, String after, String... delivered) {
    var artifacts = new ArrayList<Artifact>();
    for (var file : delivered) {
      var at = file.indexOf('=');
      if (at > 0)
        artifacts.add(new Artifact(file.substring(0, at), file.substring(at + 1), 1, false));
    }
    var dependencies = after.isEmpty() ? List.<String>of() : List.of("WORKER_" + after);
    return new Delivery("WORKER_" + number, dependencies, artifacts);
  }

  private static List<String> places(Deliveries found) {
    return found.placed().stream().map(it -> it.place() + "=" + it.artifact().sha256()).toList();
  }
}
