package dev.muster.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// An image as `docker load` takes it, read.
///
/// @param config what Docker calls `Config`
/// @param files mode by path, of all layers
/// @param texts contents by path, of small files
record ImageTar(JsonNode config, Map<String, Integer> files, Map<String, String> texts) {
  private static final int TEXT_BYTES_MAX = 16_384;

  static ImageTar read(Path tar) throws IOException {
    var parts = new TreeMap<String, byte[]>();
    try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    }
    var json = new ObjectMapper();
    var manifest = json.readTree(part(parts, "manifest.json")).get(0);
    var files = new TreeMap<String, Integer>();
    var texts = new TreeMap<String, String>();
    for (var layer : manifest.get("Layers")) {
      addLayer(new ByteArrayInputStream(part(parts, layer.asText())), files, texts);
    }
    var config = json.readTree(part(parts, manifest.get("Config").asText())).get("config");
    return new ImageTar(config, files, texts);
  }

  private static byte[] part(Map<String, byte[]> parts, String name) {
    var bytes = parts.get(name);
    if (bytes == null) throw new AssertionError("the tar has no " + name + ": " + parts.keySet());
    return bytes;
  }

  private static void addLayer(
      InputStream layer, Map<String, Integer> files, Map<String, String> texts) throws IOException {
    try (var in = new TarArchiveInputStream(new GZIPInputStream(layer))) {
      for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
        var path = "/" + entry.getName().replaceFirst("/$", "");
        files.put(path, entry.getMode() & 0777);
        if (entry.isFile() && entry.getSize() <= TEXT_BYTES_MAX) {
          texts.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }
}
