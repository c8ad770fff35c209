/// The run's protocol: the plan it carries, its commands, events and status.
@NullMarked
package dev.muster.protocol.run;

import org.jspecify.annotations.NullMarked;
