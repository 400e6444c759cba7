-- What must never change, whatever the code says: a published version is what learners saw, a delivery is what was sent.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'Rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER quiz_versions_frozen BEFORE UPDATE ON "quiz_versions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER grade_deliveries_append_only BEFORE UPDATE ON "grade_deliveries" FOR EACH ROW EXECUTE FUNCTION refuse_change();
