/// What a run gives to its agents, and their conversations as they are kept: whoever shows them
/// reads what whoever had them wrote.
@NullMarked
package dev.muster.protocol.agent;

import org.jspecify.annotations.NullMarked;
