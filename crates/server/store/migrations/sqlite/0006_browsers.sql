-- A browser may be on several sites of the workspace.
CREATE INDEX claims_by_visitor ON claims (visitor);
CREATE INDEX spans_by_visitor ON spans (visitor);
