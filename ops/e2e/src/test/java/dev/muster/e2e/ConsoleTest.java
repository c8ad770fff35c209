package dev.muster.e2e;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Says in one line what a build without a browser does not test.
class ConsoleTest {
  @Test
  void worksInABrowser() {
    Assumptions.abort("the console in a browser is tested by: mvn -Pbrowser verify");
  }
}
