package dev.muster.bench;

import java.util.ArrayList;
import java.util.List;

/// Rehearsals of Muster on either database, rivals, and what the database allows.
final class W1 {
  private W1() {}

  static List<Engine> engines(Scope scope) {
    var engines = new ArrayList<Engine>();
    for (var build : scope.builds()) {
      engines.add(new MusterEngine(build, scope.home(), null));
      engines.add(new MusterEngine(build, scope.home(), scope.server()));
    }
    engines.addAll(Rivals.on(scope.server(), scope.home()));
    engines.add(
        new JdbcEngine("floor", Child.ownClassPath(), Floor.class.getName(), scope.server()));
    return engines;
  }
}
