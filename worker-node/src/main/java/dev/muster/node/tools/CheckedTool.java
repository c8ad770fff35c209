package dev.muster.node.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Refused;
import dev.muster.node.tools.ToolPlan.Said;
import dev.muster.node.tools.Violation.Kind;
import dev.muster.node.workspace.UnusableException;
import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// A tool whose arguments are looked at before it is, and whose failures are told in words.
record CheckedTool(ToolSpec spec, Parameters parameters, Body body) implements Tool {
  static CheckedTool of(String name, String description, Parameters parameters, Body body) {
    return new CheckedTool(new ToolSpec(name, description, parameters.schema()), parameters, body);
  }

  @FunctionalInterface
  interface Body {
    ToolPlan plan(Arguments arguments, ToolPlace place)
        throws UnfitException, IOException, RefusedException;
  }

  /// The policy forbids it.
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Violation violation;

    RefusedException(Kind kind, String rule, String what) {
      super(rule);
      this.violation = new Violation(kind, rule, what);
    }

    Violation violation() {
      return violation;
    }
  }

  @FunctionalInterface
  interface Doing {
    ToolOutcome carryOut() throws UnfitException, IOException, RefusedException;
  }

  @Override
  public ToolPlan plan(JsonNode arguments, ToolPlace place) throws IOException {
    try {
      return body.plan(parameters.read(arguments), place);
    } catch (RefusedException e) {
      return new Refused(e.violation());
    } catch (UnsafePathException e) {
      return new Refused(traversal(e));
    } catch (UnfitException e) {
      return new Said(ToolOutcome.failure(String.valueOf(e.getMessage())));
    } catch (UnusableException | NoSuchFileException | AccessDeniedException e) {
      return new Said(ToolOutcome.failure(inWords(e)));
    }
  }

  /// The same for what is done later.
  static ToolPlan.Change change(Doing doing) {
    return new ToolPlan.Change(() -> {
      try {
        return doing.carryOut();
      } catch (RefusedException e) {
        return ToolOutcome.refused(e.violation());
      } catch (UnsafePathException e) {
        return ToolOutcome.refused(traversal(e));
      } catch (UnfitException e) {
        return ToolOutcome.failure(String.valueOf(e.getMessage()));
      } catch (UnusableException | NoSuchFileException | AccessDeniedException e) {
        return ToolOutcome.failure(inWords(e));
      }
    });
  }

  private static Violation traversal(UnsafePathException e) {
    return new Violation(Kind.PATH_TRAVERSAL, String.valueOf(e.getMessage()), e.path());
  }

  /// Without the path by which this node knows the file.
  private static String inWords(IOException e) {
    return switch (e) {
      case NoSuchFileException missing when !missing.getFile().startsWith("/") ->
          "there is no `%s`; `list` shows what there is".formatted(missing.getFile());
      case NoSuchFileException _ -> "it is not there any more";
      case AccessDeniedException _ ->
          "its permissions forbid that; `chmod` it by `shell`, or choose another path";
      default -> String.valueOf(e.getMessage());
    };
  }
}
