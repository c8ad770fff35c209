/// Folders and files of an attempt: where it works, what it gets, what it leaves.
@NullMarked
package dev.muster.node.workspace;

import org.jspecify.annotations.NullMarked;
