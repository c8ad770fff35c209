/// The worker's protocol: commands, events, and what an attempt reports.
@NullMarked
package dev.muster.protocol.worker;

import org.jspecify.annotations.NullMarked;
