/// From a folder of Markdown files to instructions and findings: read, parse, compile, lint.
@NullMarked
package dev.muster.orchestrator.engine.instruction;

import org.jspecify.annotations.NullMarked;
