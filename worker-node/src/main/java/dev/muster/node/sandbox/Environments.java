package dev.muster.node.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What scripts must know to find what somebody has prepared for a language: the first folder that
/// has it wins, and the system's comes last.
final class Environments {
  private Environments() {}

  /// @param folders such as a Python venv, or one with `node_modules`
  static Map<String, String> variables(List<Path> folders) {
    var programs = new ArrayList<String>();
    var modules = new ArrayList<String>();
    var variables = new LinkedHashMap<String, String>();
    for (var folder : folders) {
      for (var place : List.of(folder.resolve("bin"), folder.resolve("node_modules/.bin"))) {
        if (Files.isDirectory(place)) programs.add(place.toString());
      }
      var ofNode = folder.resolve("node_modules");
      if (Files.isDirectory(ofNode)) modules.add(ofNode.toString());
      if (Files.isRegularFile(folder.resolve("pyvenv.cfg"))) {
        variables.putIfAbsent("VIRTUAL_ENV", folder.toString());
      }
    }
    programs.add(Launch.PATH);
    variables.put("PATH", String.join(":", programs));
    if (!modules.isEmpty()) variables.put("NODE_PATH", String.join(":", modules));
    return variables;
  }
}
