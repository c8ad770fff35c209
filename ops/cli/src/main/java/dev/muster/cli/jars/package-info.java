/// Libraries as the JVM's AOT cache can keep them. Only the launcher uses this, after a build.
@NullMarked
package dev.muster.cli.jars;

import org.jspecify.annotations.NullMarked;
