CREATE TABLE "accommodations" (
	"course_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"extra_time_percent" integer NOT NULL,
	"due_until" timestamp (3) with time zone,
	"changed_by" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "accommodations_course_id_person_id_pk" PRIMARY KEY("course_id","person_id"),
	CONSTRAINT "accommodations_extra_time" CHECK ("accommodations"."extra_time_percent" between 0 and 400)
);
--> statement-breakpoint
CREATE TABLE "delivery_lanes" (
	"registration_id" bigint PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"paused_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "grade_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grade_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"placement_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"may_lower" boolean DEFAULT false NOT NULL,
	"decided_by" bigint NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "grade_decisions_kind" CHECK ("grade_decisions"."kind" in ('regrade', 'zeros', 'zeros-taken-back'))
);
--> statement-breakpoint
CREATE TABLE "question_corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "question_corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"decision_id" bigint NOT NULL,
	"placement_id" bigint NOT NULL,
	"quiz_version_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"question" jsonb,
	CONSTRAINT "question_corrections_kind" CHECK ("question_corrections"."kind" in ('key', 'full-points', 'dropped', 'as-published')),
	CONSTRAINT "question_corrections_key" CHECK (("question_corrections"."kind" = 'key') = ("question_corrections"."question" is not null))
);
--> statement-breakpoint
CREATE TABLE "score_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "score_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"decision_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"attempt_id" bigint,
	"points_before" text,
	"maximum_before" text,
	"points_after" text,
	"maximum_after" text
);
--> statement-breakpoint
ALTER TABLE "gradebook_cells" DROP CONSTRAINT "gradebook_cells_outcome";--> statement-breakpoint
DROP INDEX "gradebook_cells_owed";--> statement-breakpoint
ALTER TABLE "grade_deliveries" ALTER COLUMN "score_given" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ALTER COLUMN "score_given" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "is_timed_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "grade_deliveries" ADD COLUMN "sent_timestamp" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "grade_deliveries" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "registration_id" bigint;--> statement-breakpoint
UPDATE "gradebook_cells" SET "registration_id" = (
	SELECT deployments.registration_id FROM placements
	JOIN courses ON courses.id = placements.course_id
	JOIN deployments ON deployments.id = courses.deployment_id
	WHERE placements.id = gradebook_cells.placement_id
);--> statement-breakpoint
ALTER TABLE "gradebook_cells" ALTER COLUMN "registration_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "basis" text DEFAULT 'attempts' NOT NULL;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "owed_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "may_overwrite" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "confirmed_given" numeric(12, 5);--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "confirmed_maximum" numeric(12, 5);--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "unconfirmed" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "there_given" numeric(12, 5);--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "there_maximum" numeric(12, 5);--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "there_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD COLUMN "last_cause" text;--> statement-breakpoint
-- What was delivered so far, and what perhaps was: without it, our own grades would look like somebody else's.
UPDATE "gradebook_cells" SET "confirmed_given" = sent.score_given, "confirmed_maximum" = sent.score_maximum
FROM (
	SELECT DISTINCT ON (cell_id) cell_id, score_given, score_maximum FROM grade_deliveries
	WHERE outcome = 'delivered' ORDER BY cell_id, id DESC
) AS sent WHERE sent.cell_id = gradebook_cells.id;--> statement-breakpoint
UPDATE "gradebook_cells" SET "unconfirmed" = (
	SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('points', score_given, 'maximumPoints', score_maximum)), '[]')
	FROM grade_deliveries WHERE cell_id = gradebook_cells.id
) || jsonb_build_array(jsonb_build_object('points', "score_given", 'maximumPoints', "score_maximum")),
	"owed_since" = "scored_at" WHERE "delivered_revision" < "revision";--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "time_limit_minutes" integer;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "time_limit_minutes" integer;--> statement-breakpoint
ALTER TABLE "accommodations" ADD CONSTRAINT "accommodations_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accommodations" ADD CONSTRAINT "accommodations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accommodations" ADD CONSTRAINT "accommodations_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_lanes" ADD CONSTRAINT "delivery_lanes_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade_decisions" ADD CONSTRAINT "grade_decisions_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade_decisions" ADD CONSTRAINT "grade_decisions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_corrections" ADD CONSTRAINT "question_corrections_decision_id_grade_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."grade_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_corrections" ADD CONSTRAINT "question_corrections_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_corrections" ADD CONSTRAINT "question_corrections_quiz_version_id_quiz_versions_id_fk" FOREIGN KEY ("quiz_version_id") REFERENCES "public"."quiz_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_changes" ADD CONSTRAINT "score_changes_decision_id_grade_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."grade_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_changes" ADD CONSTRAINT "score_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_changes" ADD CONSTRAINT "score_changes_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grade_decisions_placement_id_index" ON "grade_decisions" USING btree ("placement_id");--> statement-breakpoint
CREATE INDEX "question_corrections_placement_id_quiz_version_id_index" ON "question_corrections" USING btree ("placement_id","quiz_version_id");--> statement-breakpoint
CREATE INDEX "score_changes_decision_id_index" ON "score_changes" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "score_changes_attempt_id_index" ON "score_changes" USING btree ("attempt_id");--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gradebook_cells_claimed" ON "gradebook_cells" USING btree ("registration_id") WHERE "gradebook_cells"."claimed_until" is not null;--> statement-breakpoint
CREATE INDEX "gradebook_cells_owed" ON "gradebook_cells" USING btree ("registration_id","next_try_at") WHERE "gradebook_cells"."delivered_revision" < "gradebook_cells"."revision";--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_basis" CHECK ("gradebook_cells"."basis" in ('attempts', 'zero', 'taken-back'));--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_taken_back" CHECK (("gradebook_cells"."basis" = 'taken-back') = ("gradebook_cells"."score_given" is null));--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_confirmed" CHECK (("gradebook_cells"."confirmed_given" is null) = ("gradebook_cells"."confirmed_maximum" is null));--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_there" CHECK (("gradebook_cells"."there_given" is null) = ("gradebook_cells"."there_maximum" is null));--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_outcome" CHECK ("gradebook_cells"."last_outcome" in ('delivered', 'superseded', 'overridden', 'unavailable', 'refused'));--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_time_limit" CHECK ("quiz_versions"."time_limit_minutes" > 0);--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_time_limit" CHECK ("quizzes"."time_limit_minutes" > 0);
--> statement-breakpoint
-- What was decided about grades stays as it was decided.
CREATE TRIGGER grade_decisions_append_only BEFORE UPDATE ON "grade_decisions" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER score_changes_append_only BEFORE UPDATE ON "score_changes" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER question_corrections_append_only BEFORE UPDATE ON "question_corrections" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER accommodations_one_deployment BEFORE INSERT OR UPDATE OF course_id, person_id ON "accommodations" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_member();
