package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Phase;
import dev.muster.orchestrator.engine.instruction.WorkerIds;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A choice of workers, as `--only` takes it. Terms are separated by commas, and a worker is chosen
/// when any of them fits:
///
/// | term | chooses |
/// | --- | --- |
/// | `WORKER_014` | that worker |
/// | `WORKER_001-020` | the workers from one number to the other |
/// | `wave=1`, `wave=1-3` | the workers of these waves |
/// | `priority=2` | those whose file says so explicitly |
/// | `phase=2`, `phase=1.2`, `phase=1-2`, `phase=5-` | those of a phase, of several, of 5 and above |
/// | `tag=docker` | those whose `Tags` line names it |
/// | `unplaced` | those with neither priority nor phase |
public record Selector(List<Term> terms) {
  private static final Pattern WORKER =
      Pattern.compile("(?i)WORKER_(\\d{1,9})(?:-(?:WORKER_)?(\\d{1,9}))?");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,4})(-(\\d{1,4})?)?");
  private static final String PHASE = "\\d{1,4}(?:\\.\\d{1,4})?";
  private static final Pattern PHASES = Pattern.compile("(" + PHASE + ")(-(" + PHASE + ")?)?");
  private static final int TERMS_MAX = 10_000;

  public Selector {
    terms = List.copyOf(terms);
  }

  /// One way to fit.
  public sealed interface Term {
    boolean fits(Instruction instruction, int wave);

    record Workers(int from, int to) implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        var number = instruction.id() == null ? -1 : WorkerIds.number(instruction.id());
        return from <= number && number <= to;
      }
    }

    record Waves(int from, int to) implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        return from <= wave && wave <= to;
      }
    }

    record Priorities(int from, int to) implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        var priority = instruction.placement().priority();
        return priority != null && from <= priority && priority <= to;
      }
    }

    record Phases(Phase from, Phase to) implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        var phase = instruction.placement().phase();
        return phase != null && phase.within(from, to);
      }
    }

    record Tag(String name) implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        return instruction.placement().tags().stream().anyMatch(name::equalsIgnoreCase);
      }
    }

    record Unplaced() implements Term {
      @Override
      public boolean fits(Instruction instruction, int wave) {
        var placement = instruction.placement();
        return placement.priority() == null && placement.phase() == null;
      }
    }
  }

  /// @param wave of the worker; 0 when it has none
  public boolean matches(Instruction instruction, int wave) {
    return terms.stream().anyMatch(term -> term.fits(instruction, wave));
  }

  /// Throws `IllegalArgumentException` that names the term and says what is expected.
  public static Selector parse(String expression) {
    var terms = new ArrayList<Term>();
    for (var text : expression.split(",", -1)) {
      if (terms.size() == TERMS_MAX) {
        throw new IllegalArgumentException("a selection has at most " + TERMS_MAX + " terms");
      }
      terms.add(term(text.strip()));
    }
    return new Selector(terms);
  }

  private static Term term(String text) {
    var equals = text.indexOf('=');
    if (equals < 0) return text.equalsIgnoreCase("unplaced") ? new Term.Unplaced() : workers(text);
    var value = text.substring(equals + 1).strip();
    return switch (text.substring(0, equals).strip()) {
      case "wave" -> waves(value);
      case "priority" -> priorities(value);
      case "phase" -> phases(value);
      case "tag" -> tag(value);
      case "id", "worker" -> workers(value);
      default -> throw unknown(text);
    };
  }

  static Term workers(String text) {
    var match = WORKER.matcher(text);
    if (!match.matches()) throw unknown(text);
    var from = Integer.parseInt(match.group(1));
    var to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
    return new Term.Workers(from, ascending(text, from, to));
  }

  private static Term waves(String text) {
    var span = span("wave", text);
    return new Term.Waves(span[0], span[1]);
  }

  static Term priorities(String text) {
    var span = span("priority", text);
    return new Term.Priorities(span[0], span[1]);
  }

  private static int[] span(String name, String text) {
    var match = SPAN.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          name + " is '" + text + "', expected a number or a range such as 1-3");
    }
    var from = Integer.parseInt(match.group(1));
    var open = match.group(2) != null && match.group(3) == null;
    var to = match.group(3) != null ? Integer.parseInt(match.group(3)) : open ? 9999 : from;
    return new int[] {from, ascending(text, from, to)};
  }

  static Term phases(String text) {
    var match = PHASES.matcher(text);
    var from = match.matches() ? Phase.parse(match.group(1)) : null;
    if (from == null) {
      throw new IllegalArgumentException(
          "phase is '" + text + "', expected one such as 2, 1.2, 1-2 or 5-");
    }
    var open = match.group(2) != null && match.group(3) == null;
    var to = match.group(3) == null ? from : Phase.parse(match.group(3));
    if (open) to = new Phase(9999, -1, "");
    if (to == null) to = from;
    ascending(text, from.major(), to.major());
    return new Term.Phases(from, to);
  }

  static Term tag(String text) {
    if (text.isBlank()) throw new IllegalArgumentException("a tag is empty, expected a name");
    return new Term.Tag(text);
  }

  private static int ascending(String text, int from, int to) {
    if (to < from) {
      throw new IllegalArgumentException("'" + text + "' runs backwards, expected low-high");
    }
    return to;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' selects nothing that is known, expected WORKER_014, WORKER_001-020, wave=1,"
            + " priority=1, phase=2, tag=name or unplaced, separated by commas");
  }
}
