/// Folders and files of an attempt: where it works, what it gets, what it leaves.
///
/// Begin with [Workspace].
@NullMarked
package dev.muster.node.workspace;

import org.jspecify.annotations.NullMarked;
