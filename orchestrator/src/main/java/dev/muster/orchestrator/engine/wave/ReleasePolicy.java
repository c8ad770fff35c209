package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pcollections.PSortedSet;

/// Decides what may go on. Pure: the same state and headroom always give the same release.
///
/// Waves go in order, each after everything before it has settled. Inside a wave a worker goes once
/// what it depends on has completed. Nothing goes without headroom, and each hold says why. What it
/// looks at are those under way and those who go on now, never all who wait.
final class ReleasePolicy {
  /// Workers that may wait for a decision before no more are released.
  static final int AWAITING_MAX = 1_000;

  /// Holds of single workers that are spelled out; the rest are counted.
  private static final int WORKER_HOLDS_MAX = 20;

  private final Carried state;
  private final Headroom headroom;
  private final int awaiting;
  private final List<Member> busy;
  private final Live live;
  private final Stranded stranded;
  private final Places places;
  private final Writing writing;

  private final List<Integer> waves = new ArrayList<>();
  private final List<Integer> gates = new ArrayList<>();
  private final List<String> workers = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private int pausedHolds;
  private int dependencyHolds;
  private int placementHolds;
  private int writeHolds;
  private int writesSpelledOut;

  private ReleasePolicy(Carried state, Live live, Headroom headroom) {
    this.state = state;
    this.headroom = headroom;
    this.live = live;
    this.busy = state.underWay().filter(live::busy).toList();
    this.stranded = new Stranded(state.run(), live, headroom, busy);
    this.places = new Places(headroom, seated());
    this.writing = new Writing(state.underWay());
    this.awaiting = (int) state.underWay().filter(live::awaiting).count();
  }

  /// Who takes a place. Those who wait for models or for their next try take none, up to what the
  /// nodes bear.
  private List<Member> seated() {
    var seated = new ArrayList<Member>();
    var waiting = 0;
    for (var member : stranded.reachable()) {
      if (state.awaitsSubs(member)) continue;
      var waits = live.talks(member) || live.rests(member);
      if (!waits || ++waiting > headroom.waitersMax()) seated.add(member);
    }
    return seated;
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
    count(pausedHolds, Hold.Kind.PAUSED, "are paused");
    count(dependencyHolds, Hold.Kind.DEPENDENCY, "wait for others");
    count(writeHolds, Hold.Kind.WRITES, "wait for others that may write where they may");
    count(placementHolds, Hold.Kind.PLACEMENT, "need labels that no node offers");
    return new Release(waves, gates, workers, holds);
  }

  private void count(int all, Hold.Kind kind, String what) {
    var more = all - WORKER_HOLDS_MAX;
    if (more > 0) holds.add(new Hold(0, "run", kind, more + " more workers " + what));
  }

  private boolean mayBegin(WaveProgress wave) {
    var number = wave.number();
    for (var earlier : state.waves().headMap(number).values()) {
      if (!earlier.isSettled()) {
        hold(
            number,
            Hold.Kind.EARLIER_WAVE,
            "waits for wave %d, in which %s".formatted(earlier.number(), earlier.toSettle()));
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
    var queue = state.turns().queue(wave.number());
    pausedHolds += each(queue.paused(), pausedHolds, Hold.Kind.PAUSED, _ -> "it is paused");
    dependencyHolds += each(queue.waiting(), dependencyHolds, Hold.Kind.DEPENDENCY, this::waitsFor);
    var placing = new Placing(state, places, stranded, writing);
    var unasked = 0;
    for (var line : queue.ready().entrySet()) {
      var need = line.getKey();
      if (!canBePlaced(need.labels(), line.getValue())) continue;
      if (need.model() && !headroom.models().isEmpty()) unasked += line.getValue().size();
      else placing.add(need, line.getValue());
    }
    if (unasked > 0) hold(wave.number(), Hold.Kind.MODELS, String.join("; ", headroom.models()));
    if (placing.waiting() == 0 || !hasHeadroom(wave)) return;
    if (awaiting >= AWAITING_MAX) {
      hold(wave.number(), Hold.Kind.APPROVAL, awaiting + " operations wait for a decision already");
      return;
    }
    place(wave, placing);
  }

  private void place(WaveProgress wave, Placing placing) {
    var number = wave.number();
    var inWave =
        busy.stream().filter(m -> m.planned().wave() == number && !state.awaitsSubs(m)).count();
    var atOnce = atOnce(wave);
    var room = atOnce - (int) inWave;
    var released = placing.release(room);
    workers.addAll(released);
    placing.clashes().forEach((member, clash) -> holdForWrites(number, member, clash));
    writeHolds += placing.held();
    if (placing.waiting() == 0) return;
    hold(
        number,
        Hold.Kind.PARALLEL,
        "%d workers wait for a place: %d are under way, the nodes take %d and the wave %d at once%s%s"
            .formatted(
                placing.waiting(),
                busy.stream().filter(m -> !live.rests(m)).count(),
                headroom.capacity(),
                atOnce,
                room > released.size() ? scarce(placing) : "",
                stranded.inWords()));
  }

  /// A wave's limit is there for what is executed, so that it does not hold up a rehearsal.
  private int atOnce(WaveProgress wave) {
    var planned = wave.wave().parallelMax();
    var rehearsal = state.created().settings().rehearse();
    return rehearsal ? Math.max(planned, headroom.capacity()) : planned;
  }

  /// What those need that wait although others would find a place.
  private String scarce(Placing placing) {
    if (placing.refused().isEmpty() || !places.hasRoom(List.of())) return "";
    var first = placing.refused().entrySet().iterator().next();
    var labels = first.getKey();
    var reasons = headroom.reasons(labels);
    var why =
        reasons.isEmpty()
            ? "the nodes that offer it take " + headroom.capacity(labels)
            : String.join("; ", reasons);
    return "; %d of them need %s: %s".formatted(first.getValue(), String.join(", ", labels), why);
  }

  private void holdForWrites(int wave, String worker, Writing.Clash clash) {
    if (++writesSpelledOut > WORKER_HOLDS_MAX) return;
    var reason = "held: %s may write %s, too".formatted(clash.worker(), clash.path());
    holds.add(new Hold(wave, worker, Hold.Kind.WRITES, reason));
  }

  private String waitsFor(Member member) {
    return "waits for " + state.turns().waitsFor(member.id(), state.dependencies());
  }

  private boolean canBePlaced(List<String> labels, ReadyLine line) {
    var refusal = headroom.placementRefusal(labels);
    if (refusal == null) return true;
    each(line.fronts(), placementHolds, Hold.Kind.PLACEMENT, member -> member.id() + " " + refusal);
    placementHolds += line.size();
    return false;
  }

  /// @param before how many holds of this kind there are already
  /// @return how many more there are, spelled out or not
  private int each(
      PSortedSet<Integer> them, int before, Hold.Kind kind, Function<Member, String> why) {
    var spelledOut = Math.max(0, WORKER_HOLDS_MAX - before);
    for (var place : them) {
      if (--spelledOut < 0) break;
      var member = state.at(place);
      holds.add(new Hold(member.planned().wave(), member.id(), kind, why.apply(member)));
    }
    return them.size();
  }

  private void hold(int wave, Hold.Kind kind, String reason) {
    holds.add(new Hold(wave, "wave " + wave, kind, reason));
  }
}
