package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about file names, and which paths a worker may own.
final class RelativePath {
  private static final Set<String> ENDINGS =
      Set.of(
          ("7z aac adoc apk avi avro bak bash bat bib bin bmp bz2 c cbor cc cer cfg cjs class clj"
               + " cmake cmd conf cpp cpt crt cs csproj css csv cue dart dat data db deb der"
               + " desktop diff dll docx doc dot drawio ear ejs el elf env eps epub erl ex exe exs"
               + " feather fish flac gem geojson gif go gpx gradle graphql groovy gz h h5 hbs hcl"
               + " hdf5 heic hpp hs htm html ico ics img in ini ipynb iso j2 jar java jks joblib"
               + " jpeg jpg js json json5 jsonl jsonnet jsx key kml kt kts less lib lock log lua m"
               + " map mat md mdx mermaid mjs mk mkv mmd mov mp3 mp4 msg msi nc ndjson npy npz o"
               + " obj odp ods odt ogg onnx orc org out p12 parquet patch pb pbix pdb pdf pem pfx"
               + " php pickle pid pkl pl plist png ppt pptx properties proto ps ps1 psd pt pth pub"
               + " puml py pyc pyi pyx qcow2 r rar rb rds rmd rpm rs rss rst rtf safetensors sarif"
               + " sass sav sbom scala scss service sh sha256 shp sig so sql sqlite sqlite3 srt stl"
               + " styl sum svelte svg swift tar tex tf tfvars tgz tif tiff tmpl toml tpl ts tsv"
               + " tsx ttf txt typ vb vcf vsdx vtt vue war wasm wav webm webp whl woff woff2 wsdl"
               + " xcf xhtml xls xlsx xml xsd xsl xslt xz yaml yml zig zip zsh zst")
              .split(" "));
  private static final Set<String> NAMES =
      Set.of(
          ("Dockerfile Makefile Jenkinsfile Containerfile LICENSE LICENCE Procfile README CHANGELOG"
               + " CHANGES NOTICE AUTHORS CONTRIBUTORS CODEOWNERS COPYING VERSION Gemfile Rakefile"
               + " Vagrantfile Brewfile Justfile Tiltfile Earthfile Pipfile BUILD WORKSPACE"
               + " CMakeLists INSTALL TODO crontab gradlew mvnw makefile justfile")
              .split(" "));

  private RelativePath() {}

  /// Whether files end so; `analyze` behind a dot is no ending.
  static boolean isEnding(String text) {
    return ENDINGS.contains(text.toLowerCase(Locale.ROOT));
  }

  /// Whether files are called so without an ending, such as `Makefile` or `Dockerfile.test`.
  static boolean isName(String text) {
    var dot = text.indexOf('.');
    return NAMES.contains(dot < 0 ? text : text.substring(0, dot));
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
