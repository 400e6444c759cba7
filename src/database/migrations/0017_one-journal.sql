CREATE TABLE "answer_marks" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"client_number" integer NOT NULL,
	"sequence" integer NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_marks_attempt_id_position_pk" PRIMARY KEY("attempt_id","position")
);
--> statement-breakpoint
CREATE TABLE "attempt_clients" (
	"attempt_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"client_id" text NOT NULL,
	"kind" text NOT NULL,
	"browser_hash" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attempt_clients_attempt_id_number_pk" PRIMARY KEY("attempt_id","number"),
	CONSTRAINT "attempt_clients_kind" CHECK ("attempt_clients"."kind" in ('script', 'form'))
);
--> statement-breakpoint
CREATE TABLE "attempt_signals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attempt_signals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"attempt_id" bigint NOT NULL,
	"client_number" integer NOT NULL,
	"sequence" integer,
	"kind" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"detail" jsonb,
	CONSTRAINT "attempt_signals_kind" CHECK ("attempt_signals"."kind" in ('opened', 'taken-over', 'gap', 'came-late', 'handed-in-on-phone', 'handed-in-elsewhere', 'rescued', 'not-as-shown'))
);
--> statement-breakpoint
CREATE TABLE "late_entries" (
	"attempt_id" bigint NOT NULL,
	"client_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"entry" jsonb NOT NULL,
	"reason" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"brought_by" bigint,
	"counted_by" bigint,
	CONSTRAINT "late_entries_attempt_id_client_id_sequence_pk" PRIMARY KEY("attempt_id","client_id","sequence"),
	CONSTRAINT "late_entries_reason" CHECK ("late_entries"."reason" in ('said-late', 'after-grace', 'after-hand-in'))
);
--> statement-breakpoint
CREATE TABLE "time_grants" (
	"attempt_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"minutes" integer NOT NULL,
	"reason" text NOT NULL,
	"granted_by" bigint NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "time_grants_attempt_id_number_pk" PRIMARY KEY("attempt_id","number"),
	CONSTRAINT "time_grants_number" CHECK ("time_grants"."number" > 0),
	CONSTRAINT "time_grants_minutes" CHECK ("time_grants"."minutes" between 1 and 1440)
);
--> statement-breakpoint
CREATE TABLE "practice_answers" (
	"practice_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"number" integer NOT NULL,
	"response" jsonb NOT NULL,
	"fraction" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "practice_answers_practice_id_place_number_pk" PRIMARY KEY("practice_id","place","number"),
	CONSTRAINT "practice_answers_number" CHECK ("practice_answers"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "practices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"attempt_id" bigint NOT NULL,
	"seed" text NOT NULL,
	"positions" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "practices_positions" CHECK (jsonb_typeof("practices"."positions") = 'array')
);
--> statement-breakpoint
CREATE TABLE "reflections" (
	"attempt_id" bigint PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"is_shared" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "grade_decisions" DROP CONSTRAINT "grade_decisions_kind";--> statement-breakpoint
DROP INDEX "attempts_one_open";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "abandoned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "guess" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "is_large_print" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "overdue" text DEFAULT 'hand-in' NOT NULL;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "overtime_minutes" integer;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "network_grace_seconds" integer DEFAULT 120 NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "overdue" text DEFAULT 'hand-in' NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "overtime_minutes" integer;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "network_grace_seconds" integer DEFAULT 120 NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_marks" ADD CONSTRAINT "answer_marks_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_clients" ADD CONSTRAINT "attempt_clients_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_signals" ADD CONSTRAINT "attempt_signals_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_brought_by_people_id_fk" FOREIGN KEY ("brought_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_counted_by_grade_decisions_id_fk" FOREIGN KEY ("counted_by") REFERENCES "public"."grade_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_grants" ADD CONSTRAINT "time_grants_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_grants" ADD CONSTRAINT "time_grants_granted_by_people_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reflections" ADD CONSTRAINT "reflections_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_clients_id" ON "attempt_clients" USING btree ("attempt_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_signals_entry" ON "attempt_signals" USING btree ("attempt_id","client_number","sequence");--> statement-breakpoint
CREATE INDEX "time_grants_granted_by_index" ON "time_grants" USING btree ("granted_by");--> statement-breakpoint
CREATE INDEX "practices_attempt_id_index" ON "practices" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_open" ON "attempts" USING btree ("placement_id","person_id") WHERE "attempts"."submitted_at" is null and "attempts"."abandoned_at" is null;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_abandoned" CHECK ("attempts"."submitted_at" is null or "attempts"."abandoned_at" is null);--> statement-breakpoint
ALTER TABLE "grade_decisions" ADD CONSTRAINT "grade_decisions_kind" CHECK ("grade_decisions"."kind" in ('regrade', 'zeros', 'zeros-taken-back', 'late-entries', 'reopened'));--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_overdue" CHECK ("quiz_versions"."overdue" in ('hand-in', 'overtime', 'refuse'));--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_overtime" CHECK (("quiz_versions"."overdue" = 'overtime') = (coalesce("quiz_versions"."overtime_minutes", 0) > 0));--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_network_grace" CHECK ("quiz_versions"."network_grace_seconds" between 15 and 86400);--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_overdue" CHECK ("quizzes"."overdue" in ('hand-in', 'overtime', 'refuse'));--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_overtime" CHECK (("quizzes"."overdue" = 'overtime') = (coalesce("quizzes"."overtime_minutes", 0) > 0));--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_network_grace" CHECK ("quizzes"."network_grace_seconds" between 15 and 86400);--> statement-breakpoint
CREATE TRIGGER attempt_clients_append_only BEFORE UPDATE ON "attempt_clients" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER attempt_signals_append_only BEFORE UPDATE ON "attempt_signals" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER time_grants_append_only BEFORE UPDATE ON "time_grants" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER practice_answers_append_only BEFORE UPDATE ON "practice_answers" FOR EACH ROW EXECUTE FUNCTION refuse_change();
