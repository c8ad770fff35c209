package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import java.util.ArrayList;
import java.util.List;

/// Decides what may go on. Pure: the same state and headroom always give the same release.
///
/// Waves go in order, each after everything before it has settled. Inside a wave a worker goes once
/// what it depends on has completed. Nothing goes without headroom, and each hold says why.
final class ReleasePolicy {
  /// Workers that may wait for a decision before no more are released.
  static final int AWAITING_MAX = 1_000;

  /// Holds of single workers that are spelled out; the rest are counted.
  private static final int WORKER_HOLDS_MAX = 20;

  private final Carried state;
  private final Headroom headroom;
  private final int awaiting;
  private final List<Member> busy;
  private final Stranded stranded;
  private final Places places;

  private final List<Integer> waves = new ArrayList<>();
  private final List<Integer> gates = new ArrayList<>();
  private final List<String> workers = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private int dependencyHolds;
  private int placementHolds;

  private ReleasePolicy(Carried state, Live live, Headroom headroom) {
    this.state = state;
    this.headroom = headroom;
    this.busy = state.underWay().filter(live::busy).toList();
    this.stranded = new Stranded(state.run(), live, headroom, busy);
    this.places = new Places(headroom, stranded.reachable());
    this.awaiting = (int) state.underWay().filter(live::awaiting).count();
  }

  static Release next(Carried state, Live live, Headroom headroom) {
    return new ReleasePolicy(state, live, headroom).decide();
  }

  private Release decide() {
    if (state.finished()) return Release.NOTHING;
    if (state.paused()) {
      var hold = new Hold(0, "run", Hold.Kind.PAUSED, "the run is paused");
      return new Release(List.of(), List.of(), List.of(), List.of(hold));
    }
    for (var wave : state.waves().values()) {
      if (wave.unsettled() == 0) continue;
      if (!wave.released() && !mayBegin(wave)) break;
      releaseWorkers(wave);
    }
    if (dependencyHolds > WORKER_HOLDS_MAX) {
      var more = dependencyHolds - WORKER_HOLDS_MAX;
      holds.add(new Hold(0, "run", Hold.Kind.DEPENDENCY, more + " more workers wait for others"));
    }
    if (placementHolds > WORKER_HOLDS_MAX) {
      var more = placementHolds - WORKER_HOLDS_MAX;
      var reason = more + " more workers need labels that no node offers";
      holds.add(new Hold(0, "run", Hold.Kind.PLACEMENT, reason));
    }
    return new Release(waves, gates, workers, holds);
  }

  private boolean mayBegin(WaveProgress wave) {
    var number = wave.number();
    for (var earlier : state.waves().headMap(number).values()) {
      if (!earlier.isSettled()) {
        hold(
            number,
            Hold.Kind.EARLIER_WAVE,
            "waits for wave %d, in which %d of %d workers have not settled"
                .formatted(earlier.number(), earlier.unsettled(), earlier.total()));
        return false;
      }
      var lost = earlier.total() - earlier.completed();
      if (lost > 0 && earlier.wave().onFailure() == FailurePolicy.STOP && !wave.launchedByHand()) {
        hold(
            number,
            Hold.Kind.STOPPED,
            "stopped: %d of %d workers of wave %d did not complete, and the wave plan says stop;"
                    .formatted(lost, earlier.total(), earlier.number())
                + " retry them, launch the wave by hand, or cancel the run");
        return false;
      }
    }
    return passesGate(wave) && hasHeadroom(wave) && begin(number);
  }

  private boolean begin(int wave) {
    waves.add(wave);
    return true;
  }

  private boolean passesGate(WaveProgress wave) {
    if (wave.gatePassed()) return true;
    var number = wave.number();
    if (wave.gate().decision() != null) {
      hold(
          number,
          Hold.Kind.STOPPED,
          "its release was %s: %s; launch it by hand, or cancel the run"
              .formatted(wave.gate().decision(), wave.gate().reason()));
      return false;
    }
    if (wave.gate().approval() == null) gates.add(number);
    hold(number, Hold.Kind.APPROVAL, "its release waits for an operator's approval");
    return false;
  }

  private boolean hasHeadroom(WaveProgress wave) {
    if (headroom.open()) return true;
    hold(wave.number(), Hold.Kind.HEADROOM, String.join("; ", headroom.reasons()));
    return false;
  }

  private void releaseWorkers(WaveProgress wave) {
    var number = wave.number();
    List<Member> ready = new ArrayList<>();
    state
        .inOrder()
        .filter(member -> member.planned().wave() == number && member.enlisted())
        .forEach(member -> {
          if (isReady(member)) ready.add(member);
        });
    if (ready.isEmpty() || !hasHeadroom(wave)) return;
    if (awaiting >= AWAITING_MAX) {
      hold(number, Hold.Kind.APPROVAL, awaiting + " operations wait for a decision already");
      return;
    }
    place(wave, ready);
  }

  private void place(WaveProgress wave, List<Member> ready) {
    var number = wave.number();
    var inWave = busy.stream().filter(m -> m.planned().wave() == number).count();
    var room = wave.wave().parallelMax() - (int) inWave;
    var left = new ArrayList<Member>();
    for (var member : ready) {
      if (room > 0 && takesPlace(member)) {
        workers.add(member.id());
        room--;
      } else {
        left.add(member);
      }
    }
    if (left.isEmpty()) return;
    hold(
        number,
        Hold.Kind.PARALLEL,
        "%d workers wait for a place: %d are under way, the nodes take %d and the wave %d at once%s%s"
            .formatted(
                left.size(),
                busy.size(),
                headroom.capacity(),
                wave.wave().parallelMax(),
                room > 0 ? scarce(left) : "",
                stranded.inWords()));
  }

  private boolean takesPlace(Member member) {
    var silent = stranded.silentNode(member);
    return silent == null ? places.take(member.planned().labels()) : stranded.follow(silent);
  }

  /// What those need that wait although others would find a place.
  private String scarce(List<Member> waiting) {
    var left = waiting.stream().filter(it -> stranded.silentNode(it) == null).toList();
    if (left.isEmpty() || !places.hasRoom(List.of())) return "";
    var labels = left.getFirst().planned().labels();
    var many = left.stream().filter(it -> it.planned().labels().equals(labels)).count();
    var reasons = headroom.reasons(labels);
    var why =
        reasons.isEmpty()
            ? "the nodes that offer it take " + headroom.capacity(labels)
            : String.join("; ", reasons);
    return "; %d of them need %s: %s".formatted(many, String.join(", ", labels), why);
  }

  private boolean isReady(Member member) {
    if (state.wishes().pauses(member.id())) {
      holds.add(new Hold(member.planned().wave(), member.id(), Hold.Kind.PAUSED, "it is paused"));
      return false;
    }
    for (var dependency : state.dependencies().directly(member.id())) {
      if (!state.member(dependency).satisfied()) {
        if (++dependencyHolds <= WORKER_HOLDS_MAX) {
          holds.add(
              new Hold(
                  member.planned().wave(),
                  member.id(),
                  Hold.Kind.DEPENDENCY,
                  "waits for " + dependency));
        }
        return false;
      }
    }
    return canBePlaced(member);
  }

  private boolean canBePlaced(Member member) {
    var refusal = headroom.placementRefusal(member.planned().labels());
    if (refusal == null) return true;
    if (++placementHolds <= WORKER_HOLDS_MAX) {
      holds.add(
          new Hold(
              member.planned().wave(),
              member.id(),
              Hold.Kind.PLACEMENT,
              member.id() + " " + refusal));
    }
    return false;
  }

  private void hold(int wave, Hold.Kind kind, String reason) {
    holds.add(new Hold(wave, "wave " + wave, kind, reason));
  }
}
