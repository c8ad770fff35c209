package dev.muster.cli.jars;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;

/// The AOT cache of JDK 25 keeps no class that is older than Java 6, as those of the parser of the
/// command line are. They are given the version of Java 8, and the maps of the stack by which the
/// JVM verifies what is not that old.
final class NewerClasses {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private final ClassFile format;

  /// @param types what the classes name
  NewerClasses(ClassHierarchyResolver types) {
    this.format =
        ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(types));
  }

  /// The same array for a class that is new enough.
  ///
  /// @throws IllegalArgumentException when it cannot be verified
  byte[] newer(byte[] classFile) {
    var old = format.parse(classFile);
    if (old.majorVersion() >= JAVA_6) return classFile;
    var rewritten = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    return format.transformClass(
        old,
        rewritten.andThen((builder, element) -> {
          if (element instanceof ClassFileVersion) builder.withVersion(JAVA_8, 0);
          else builder.with(element);
        }));
  }
}
