CREATE TABLE "answer_checks" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"number" integer NOT NULL,
	"response" jsonb NOT NULL,
	"certainty" integer,
	"fraction" text NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_checks_attempt_id_position_number_pk" PRIMARY KEY("attempt_id","position","number"),
	CONSTRAINT "answer_checks_number" CHECK ("answer_checks"."number" > 0),
	CONSTRAINT "answer_checks_certainty" CHECK ("answer_checks"."certainty" between 1 and 3)
);
--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "certainty" integer;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "behaviour" text DEFAULT 'deferred' NOT NULL;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "penalty" text DEFAULT '1/3' NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "behaviour" text DEFAULT 'deferred' NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "penalty" text DEFAULT '1/3' NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "review" jsonb;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "overall_feedback" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_checks" ADD CONSTRAINT "answer_checks_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_certainty" CHECK ("answers"."certainty" between 1 and 3);--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_behaviour" CHECK ("quiz_versions"."behaviour" in ('deferred', 'immediate', 'several-tries', 'adaptive', 'deferred-certainty', 'immediate-certainty'));--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_behaviour" CHECK ("quizzes"."behaviour" in ('deferred', 'immediate', 'several-tries', 'adaptive', 'deferred-certainty', 'immediate-certainty'));
--> statement-breakpoint
-- What a learner was told of an answer stays as it was told.
CREATE TRIGGER answer_checks_append_only BEFORE UPDATE ON "answer_checks" FOR EACH ROW EXECUTE FUNCTION refuse_change();
