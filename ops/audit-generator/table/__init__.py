"""The table that the audit workforce is generated from: one module per category of rules, one per stage of the other workers."""
