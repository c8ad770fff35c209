/// Conversations of agents as they are kept: whoever shows them reads what whoever had them wrote.
@NullMarked
package dev.muster.protocol.agent;

import org.jspecify.annotations.NullMarked;
