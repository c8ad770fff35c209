/// The approval gate's protocol: operations, decisions and permits.
@NullMarked
package dev.muster.protocol.approval;

import org.jspecify.annotations.NullMarked;
