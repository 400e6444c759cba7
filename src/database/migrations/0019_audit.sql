CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"begun_at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_id" bigint,
	"act" text NOT NULL,
	"course_id" bigint,
	"placement_id" bigint,
	"attempt_id" bigint,
	"subject_ids" bigint[] NOT NULL,
	"target" jsonb NOT NULL,
	"request_id" text,
	CONSTRAINT "audit_entries_actor" CHECK (("audit_entries"."actor" = 'person') = ("audit_entries"."actor_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "audit_outcomes" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	CONSTRAINT "audit_outcomes_outcome" CHECK ("audit_outcomes"."outcome" in ('done', 'refused', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_id_people_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_outcomes" ADD CONSTRAINT "audit_outcomes_entry_id_audit_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_course_id_id_index" ON "audit_entries" USING btree ("course_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_course_id_act_id_index" ON "audit_entries" USING btree ("course_id","act","id");--> statement-breakpoint
CREATE INDEX "audit_entries_course_id_actor_id_id_index" ON "audit_entries" USING btree ("course_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_ids_index" ON "audit_entries" USING gin ("subject_ids");--> statement-breakpoint
CREATE INDEX "audit_entries_begun_at_index" ON "audit_entries" USING btree ("begun_at");--> statement-breakpoint
CREATE INDEX "audit_entries_of_nobody_of_a_course" ON "audit_entries" USING btree ("id") WHERE "audit_entries"."actor" <> 'person';--> statement-breakpoint
-- What somebody did was done, and what became of it stays so, whoever asks.
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_outcomes_append_only BEFORE UPDATE OR DELETE ON "audit_outcomes" FOR EACH ROW EXECUTE FUNCTION refuse_change();