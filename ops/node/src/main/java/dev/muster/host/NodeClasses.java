package dev.muster.host;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/// The classes that the actor system is made of: those of this program. It asks all jars for their
/// manifests, 1.4 MB of which the most are digests of a library that it has nothing to do with, to
/// find out whether its own parts are of one version. The build says that they are.
final class NodeClasses extends ClassLoader {
  static final ClassLoader ALL = new NodeClasses();

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private NodeClasses() {
    super(NodeClasses.class.getClassLoader());
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(MANIFEST) ? Collections.emptyEnumeration() : super.getResources(name);
  }
}
