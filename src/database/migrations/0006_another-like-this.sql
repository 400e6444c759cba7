CREATE TABLE "question_redos" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"after_check" integer NOT NULL,
	"redone_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "question_redos_attempt_id_position_after_check_pk" PRIMARY KEY("attempt_id","position","after_check"),
	CONSTRAINT "question_redos_after_check" CHECK ("question_redos"."after_check" > 0)
);
--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "may_redo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "may_redo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "question_redos" ADD CONSTRAINT "question_redos_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE TRIGGER question_redos_append_only BEFORE UPDATE ON "question_redos" FOR EACH ROW EXECUTE FUNCTION refuse_change();
