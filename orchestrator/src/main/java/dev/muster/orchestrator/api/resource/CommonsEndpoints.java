package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Cursor;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.readside.table.CommonsViews;
import dev.muster.orchestrator.usecase.RunLookup;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the workers of a run share, keep for themselves, and say to one another.
public final class CommonsEndpoints {
  private static final String WAVE = "[0-9]{1,9}";
  private static final String PLACE = "([0-9]{1,9}):([0-9]{1,18})";

  private final CommonsViews commons;
  private final RunLookup lookup;
  private final Journals journals;

  public CommonsEndpoints(CommonsViews commons, RunLookup lookup, Journals journals) {
    this.commons = commons;
    this.lookup = lookup;
    this.journals = journals;
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/runs/{run}/state", this::state),
        get("/api/v1/runs/{run}/room", this::room),
        get("/api/v1/runs/{run}/workers/{worker}/notes", this::notes));
  }

  private Answer state(Call call) {
    var run = lookup.existing(call.part("run"));
    var cursor = Cursor.decode(call, "key");
    var found = commons.values(run, cursor == null ? "" : cursor, Listing.limit(call) + 1);
    return page(call, found, it -> Cursor.encode(call, "key", it.key()));
  }

  private Answer notes(Call call) {
    var run = call.part("run");
    var worker = lookup.worker(run, call.part("worker"));
    var found = commons.notes(run, worker.id(), journals.cursor(call), Listing.limit(call) + 1);
    return page(call, found, it -> journals.cursor(call, it.number()));
  }

  private Answer room(Call call) {
    var run = lookup.existing(call.part("run"));
    var wave = wave(call);
    var cursor = Cursor.decode(call, "room");
    if (cursor != null && !cursor.matches(PLACE)) throw Cursor.invalid();
    var place = cursor == null ? List.of("-1", "0") : List.of(cursor.split(":", 2));
    var found =
        commons.messages(
            run,
            wave,
            Integer.parseInt(place.getFirst()),
            Long.parseLong(place.getLast()),
            Listing.limit(call) + 1);
    return page(call, found, it -> Cursor.encode(call, "room", it.wave() + ":" + it.number()));
  }

  private static @Nullable Integer wave(Call call) {
    var wave = call.query("wave");
    if (wave == null) return null;
    if (wave.matches(WAVE)) return Integer.valueOf(wave);
    throw ProblemException.of(
        400, "invalid-wave", "expected the number of a wave, such as 2, found " + wave);
  }

  private static <T> Answer page(Call call, List<T> found, Function<T, String> cursor) {
    var limit = Listing.limit(call);
    var more = found.size() > limit;
    var shown = more ? found.subList(0, limit) : found;
    return Answer.ok(new Listing.Page<>(shown, more ? cursor.apply(shown.getLast()) : null));
  }
}
