/// The approval gate: holds operations until there is a decision, and makes permits.
///
/// Begin with [ApprovalGate], then [GateState].
@NullMarked
package dev.muster.orchestrator.engine.approval;

import org.jspecify.annotations.NullMarked;
