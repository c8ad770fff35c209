-- What still waits at one gate is found without looking at all that was ever asked there.
CREATE INDEX approval_gate_state ON approval (gate, state, requested_at, id);
