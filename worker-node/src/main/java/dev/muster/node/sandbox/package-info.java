/// Runs one script at a time where it can do no harm, and ends everything it started.
///
/// Begin with [Sandbox], then [NamespaceSandbox].
@NullMarked
package dev.muster.node.sandbox;

import org.jspecify.annotations.NullMarked;
