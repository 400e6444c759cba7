CREATE TABLE "erased_subjects" (
	"deployment_id" bigint NOT NULL,
	"subject_hash" text NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_subjects_deployment_id_subject_hash_pk" PRIMARY KEY("deployment_id","subject_hash")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erased_subjects" ADD CONSTRAINT "erased_subjects_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_erased" CHECK ("people"."erased_at" is null or "people"."subject" is null);
--> statement-breakpoint
-- Written by hand. What is append-only stays so, but for one change: where a column holds words about a person, erasure may put the one
-- value there that says nothing. All else of the row has to be as it was, or the change is refused as before.
CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND NEW IS DISTINCT FROM OLD AND to_jsonb(NEW) = to_jsonb(OLD) || TG_ARGV[0]::jsonb THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'Rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
-- A print is nothing but what was printed of its person: it goes with them, and with them alone.
CREATE FUNCTION refuse_removal_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM "people" WHERE "id" = OLD."person_id" AND "erased_at" IS NOT NULL) THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION 'Rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
DROP TRIGGER credit_marks_append_only ON "credit_marks";--> statement-breakpoint
CREATE TRIGGER credit_marks_append_only BEFORE UPDATE OR DELETE ON "credit_marks" FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('{"comment": "", "evidence": ""}');--> statement-breakpoint
DROP TRIGGER credit_entries_append_only ON "credit_entries";--> statement-breakpoint
CREATE TRIGGER credit_entries_append_only BEFORE UPDATE OR DELETE ON "credit_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('{"reason": "—"}');--> statement-breakpoint
DROP TRIGGER grade_decisions_append_only ON "grade_decisions";--> statement-breakpoint
CREATE TRIGGER grade_decisions_append_only BEFORE UPDATE ON "grade_decisions" FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('{"reason": ""}');--> statement-breakpoint
DROP TRIGGER grade_deliveries_append_only ON "grade_deliveries";--> statement-breakpoint
CREATE TRIGGER grade_deliveries_append_only BEFORE UPDATE ON "grade_deliveries" FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('{"detail": ""}');--> statement-breakpoint
DROP TRIGGER record_book_prints_append_only ON "record_book_prints";--> statement-breakpoint
CREATE TRIGGER record_book_prints_unchanged BEFORE UPDATE ON "record_book_prints" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER record_book_prints_append_only BEFORE DELETE ON "record_book_prints" FOR EACH ROW EXECUTE FUNCTION refuse_removal_but_erasure();
