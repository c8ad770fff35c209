package dev.muster.orchestrator.instruction;

import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides which words in backticks are file paths, and which of those a worker may own.
final class RelativePath {
  private static final int CHARS_MAX = 500;
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\s()\\[\\]{}<>|;&$\"'?!:#\\\\\\p{Cntrl}]");
  private static final Set<String> EXTENSIONS =
      Set.of(
          ("adoc avro bash bin bz2 c cc cfg cjs clj conf cpp cs css csv db diff dot edn env ex exs"
               + " fish gif go gradle graphql groovy gz h hcl hpp hs html htm ico ini ipynb jar"
               + " java jpeg jpg js json jsonl jsx kt kts less lock log lua md mermaid mjs mk mmd"
               + " ndjson out parquet patch pdf pem php pl png properties proto ps1 puml py r rb rs"
               + " rst sarif sass scala scss service sh sha256 sql sqlite sum svg swift tar tex tf"
               + " tgz toml ts tsv tsx txt vue wasm webp xml xsd xz yaml yml zig zip zsh")
              .split(" "));
  private static final Set<String> NAMES =
      Set.of("Dockerfile", "Makefile", "Jenkinsfile", "Containerfile", "LICENSE", "Procfile");

  private RelativePath() {}

  /// Whether somebody who wrote this in backticks meant a file.
  static boolean looksLikePath(String text) {
    if (text.isEmpty() || text.length() > CHARS_MAX || text.contains("://")) return false;
    if (FORBIDDEN.matcher(text).find() || (text.contains("*") && !text.contains("/"))) return false;
    if (text.startsWith("-") || text.startsWith("@")) return false;
    if (text.contains("/")) return text.chars().anyMatch(Character::isLetterOrDigit);
    var dot = text.lastIndexOf('.');
    return NAMES.contains(text) || (dot >= 0 && EXTENSIONS.contains(text.substring(dot + 1)));
  }

  /// Why a path cannot be delivered from a workspace; null when it can.
  static @Nullable String problem(String path) {
    if (path.startsWith("/") || path.startsWith("~")) return "is not relative to the workspace";
    if (path.contains("*")) return "is a pattern, not one file";
    if (path.endsWith("/")) return "is a folder, not a file";
    for (var segment : path.split("/", -1)) {
      if (segment.equals("..")) return "leads out of the workspace";
      if (segment.length() > 255) return "has a name longer than 255 characters";
    }
    return null;
  }

  /// Without `.` and empty segments.
  static String normal(String path) {
    var segments = new ArrayList<String>();
    for (var segment : path.split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals(".")) segments.add(segment);
    }
    return String.join("/", segments);
  }
}
