/// Tools that a model may call: what each is called with, and what a call comes to.
///
/// Begin with [Tool], then [Toolbox].
@NullMarked
package dev.muster.node.tools;

import org.jspecify.annotations.NullMarked;
