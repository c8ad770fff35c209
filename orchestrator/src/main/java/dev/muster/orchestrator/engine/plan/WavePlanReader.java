package dev.muster.orchestrator.engine.plan;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.muster.orchestrator.engine.plan.Selector.Term;
import dev.muster.orchestrator.engine.plan.WavePlanConfig.Wave;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns parsed HOCON into a wave plan and notes every fault on the way.
final class WavePlanReader {
  private static final int WAVE_MAX = 99;
  private static final int PARALLEL_MAX = 100_000;

  private final String file;
  private final ConfigObject root;
  private final List<String> problems = new ArrayList<>();

  WavePlanReader(String file, ConfigObject root) {
    this.file = file;
    this.root = root;
  }

  WavePlans.Result read() {
    onlyKeys(root, "", Set.of("name", "waves", "headroom"));
    var name = text(root, "name", file);
    var waves = waves();
    var headroom = headroom();
    if (!problems.isEmpty()) return new WavePlans.Result.Invalid(problems);
    return new WavePlans.Result.Valid(new WavePlanConfig(name, waves, headroom));
  }

  private List<Wave> waves() {
    var waves = new ArrayList<Wave>();
    var numbers = new HashSet<Integer>();
    for (var value : list(root, "waves")) {
      if (!(value instanceof ConfigObject wave)) {
        problem(value.origin(), "a wave is " + shown(value) + ", expected an object { … }");
        continue;
      }
      onlyKeys(
          wave,
          "a wave's ",
          Set.of("wave", "name", "select", "first", "max-parallel", "gate", "on-failure"));
      var number = number(wave, "wave", 1, WAVE_MAX, null);
      if (number == null) continue;
      if (!numbers.add(number)) problem(wave.origin(), "wave " + number + " is there twice");
      var parallel = number(wave, "max-parallel", 1, PARALLEL_MAX, 256);
      waves.add(
          new Wave(
              number,
              text(wave, "name", "Wave " + number),
              select(wave),
              wave.containsKey("first") ? number(wave, "first", 1, PARALLEL_MAX, null) : null,
              parallel == null ? 1 : parallel,
              choice(wave, "gate", List.of("none", "approval")).equals("approval"),
              choice(wave, "on-failure", List.of("continue", "stop")).equals("stop")
                  ? FailurePolicy.STOP
                  : FailurePolicy.CONTINUE));
    }
    if (waves.isEmpty())
      problem(root.origin(), "there is no wave, expected waves = [ { wave = 1 … } ]");
    return waves;
  }

  private Selector select(ConfigObject wave) {
    var terms = new ArrayList<Term>();
    if (wave.get("select") instanceof ConfigObject select) {
      onlyKeys(select, "select.", Set.of("priority", "phase", "ids", "tags", "unplaced"));
      terms.addAll(terms(select, "ids", Selector::workers));
      terms.addAll(terms(select, "tags", Selector::tag));
      terms.addAll(terms(select, "priority", Selector::priorities));
      terms.addAll(terms(select, "phase", Selector::phases));
      var unplaced = select.get("unplaced");
      if (unplaced != null && unplaced.valueType() != ConfigValueType.BOOLEAN) {
        problem(unplaced.origin(), "unplaced is " + shown(unplaced) + ", expected true or false");
      } else if (unplaced != null && unplaced.unwrapped().equals(true)) {
        terms.add(new Term.Unplaced());
      }
      if (terms.isEmpty()) problem(select.origin(), "select chooses nothing");
    } else {
      problem(
          wave.origin(), "a wave has no select, expected select { priority = [1] } or the like");
    }
    return new Selector(terms);
  }

  private List<Term> terms(ConfigObject select, String key, Function<String, Term> parse) {
    var terms = new ArrayList<Term>();
    if (!select.containsKey(key)) return terms;
    for (var value : list(select, key)) {
      try {
        terms.add(parse.apply(String.valueOf(value.unwrapped())));
      } catch (IllegalArgumentException e) {
        problem(value.origin(), String.valueOf(e.getMessage()));
      }
    }
    return terms;
  }

  private @Nullable HeadroomLimits headroom() {
    var value = root.get("headroom");
    if (value == null) return null;
    if (!(value instanceof ConfigObject limits)) {
      problem(value.origin(), "headroom is " + shown(value) + ", expected an object { … }");
      return null;
    }
    onlyKeys(limits, "headroom.", Set.of("cpu-percent", "memory-percent", "disk-percent"));
    var standard = HeadroomLimits.DEFAULT;
    return new HeadroomLimits(
        percent(limits, "cpu-percent", standard.cpuPercent()),
        percent(limits, "memory-percent", standard.memoryPercent()),
        percent(limits, "disk-percent", standard.diskPercent()));
  }

  private double percent(ConfigObject limits, String key, double standard) {
    var value = limits.get(key);
    if (value == null) return standard;
    if (value.unwrapped() instanceof Number number
        && number.doubleValue() > 0
        && number.doubleValue() <= 100) {
      return number.doubleValue();
    }
    problem(value.origin(), key + " is " + shown(value) + ", expected above 0 up to 100");
    return standard;
  }

  private List<ConfigValue> list(ConfigObject object, String key) {
    var value = object.get(key);
    if (value instanceof ConfigList list) return list;
    if (value != null)
      problem(value.origin(), key + " is " + shown(value) + ", expected a list [ … ]");
    return List.of();
  }

  private String text(ConfigObject object, String key, String standard) {
    var value = object.get(key);
    if (value == null) return standard;
    if (value.valueType() == ConfigValueType.STRING) return String.valueOf(value.unwrapped());
    problem(value.origin(), key + " is " + shown(value) + ", expected a text");
    return standard;
  }

  private @Nullable Integer number(
      ConfigObject object, String key, int min, int max, @Nullable Integer standard) {
    var value = object.get(key);
    if (value == null && standard != null) return standard;
    if (value != null
        && value.unwrapped() instanceof Integer number
        && number >= min
        && number <= max) {
      return number;
    }
    problem(
        value == null ? object.origin() : value.origin(),
        key
            + (value == null ? " is missing" : " is " + shown(value))
            + ", expected a whole number from "
            + min
            + " to "
            + max);
    return null;
  }

  private String choice(ConfigObject object, String key, List<String> choices) {
    var text = text(object, key, choices.getFirst());
    if (choices.contains(text)) return text;
    var value = object.get(key);
    problem(
        value == null ? object.origin() : value.origin(),
        key + " is '" + text + "', expected one of " + choices);
    return choices.getFirst();
  }

  private void onlyKeys(ConfigObject object, String prefix, Set<String> known) {
    object.forEach((key, value) -> {
      if (!known.contains(key)) {
        problem(
            value.origin(), prefix + key + " is unknown, expected one of " + new TreeSet<>(known));
      }
    });
  }

  private static String shown(ConfigValue value) {
    var text = value.render(ConfigRenderOptions.concise());
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private void problem(ConfigOrigin origin, String message) {
    problems.add(file + ":" + Math.max(1, origin.lineNumber()) + ": " + message);
  }
}
