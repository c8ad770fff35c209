package dev.muster.orchestrator.usecase;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Why something failed, in the words of whoever keeps files and not of Java.
public final class Why {
  private Why() {}

  /// Without the path, which the sentence around it names.
  public static String of(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "nobody says why";
      case AccessDeniedException _ -> "permission is denied";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileSystemException system when system.getReason() != null -> system.getReason();
      case EOFException _ -> "it ends in the middle";
      case TimeoutException _ ->
          "no answer came in time, so the node or its database is very busy, or away";
      default ->
          failure.getMessage() == null || failure.getMessage().isBlank()
              ? failure.getClass().getSimpleName()
              : failure.getMessage();
    };
  }
}
