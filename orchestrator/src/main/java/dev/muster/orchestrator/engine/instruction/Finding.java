package dev.muster.orchestrator.engine.instruction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.regex.Pattern;

/// Something a person should know about an instruction file.
///
/// @param file the path as the caller would write it
/// @param line from 1; 1 when it concerns the whole file
/// @param message one sentence: what was found, and what was expected
/// @param fix how to mend it
public record Finding(
    Code code, Severity severity, String file, int line, String message, String fix) {
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
  private static final int MESSAGE_CHARS_MAX = 500;

  public Finding {
    if (line < 1) throw new IllegalArgumentException("finding " + code + " at line " + line);
    message = printable(message);
  }

  /// Messages quote files, and a file may hold what would command a terminal.
  private static String printable(String message) {
    var text = CONTROLS.matcher(message).replaceAll("?");
    return text.length() <= MESSAGE_CHARS_MAX ? text : text.substring(0, MESSAGE_CHARS_MAX) + "…";
  }

  public static Finding of(Code code, String file, int line, String message, String fix) {
    return new Finding(code, code.severity(), file, line, message, fix);
  }

  @JsonIgnore
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// A warning as an error.
  public Finding raised() {
    return severity != Severity.WARNING
        ? this
        : new Finding(code, Severity.ERROR, file, line, message, fix);
  }

  @Override
  public String toString() {
    return file + ":" + line + " " + code.text() + ": " + message;
  }
}
