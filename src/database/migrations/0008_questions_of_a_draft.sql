CREATE TABLE "draft_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "draft_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"quiz_id" bigint NOT NULL,
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"place" integer NOT NULL,
	"question" jsonb,
	"typed" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "draft_questions_key_unique" UNIQUE("key"),
	CONSTRAINT "draft_questions_finished_or_not" CHECK (("draft_questions"."question" is null) <> ("draft_questions"."typed" is null))
);
--> statement-breakpoint
CREATE TABLE "question_imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "question_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"quiz_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"source" text NOT NULL,
	"source_format" text NOT NULL,
	"file_name" text,
	"read" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"added_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "source_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "draft_questions" ADD CONSTRAINT "draft_questions_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "public"."quizzes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_imports" ADD CONSTRAINT "question_imports_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "public"."quizzes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_imports" ADD CONSTRAINT "question_imports_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_questions_quiz_id_place_index" ON "draft_questions" USING btree ("quiz_id","place");--> statement-breakpoint
CREATE INDEX "question_imports_quiz_id_index" ON "question_imports" USING btree ("quiz_id");