CREATE TABLE "bank_question_outcomes" (
	"course_id" bigint NOT NULL,
	"question_id" bigint NOT NULL,
	"outcome_id" bigint NOT NULL,
	CONSTRAINT "bank_question_outcomes_question_id_outcome_id_pk" PRIMARY KEY("question_id","outcome_id")
);
--> statement-breakpoint
CREATE TABLE "bank_question_versions" (
	"question_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"question" jsonb NOT NULL,
	"note" text,
	"made_by" bigint NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bank_question_versions_question_id_number_pk" PRIMARY KEY("question_id","number"),
	CONSTRAINT "bank_question_versions_number" CHECK ("bank_question_versions"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "bank_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"tags" text[] NOT NULL,
	"words" text NOT NULL,
	"asked" text NOT NULL,
	"difficulty" text,
	"language" text,
	"archived_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bank_questions_key_unique" UNIQUE("key"),
	CONSTRAINT "bank_questions_id_courseId_unique" UNIQUE("id","course_id"),
	CONSTRAINT "bank_questions_version" CHECK ("bank_questions"."version" > 0),
	CONSTRAINT "bank_questions_difficulty" CHECK ("bank_questions"."difficulty" in ('easy', 'medium', 'hard'))
);
--> statement-breakpoint
CREATE TABLE "bank_shares" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bank_shares_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"question_id" bigint,
	"with_course_id" bigint NOT NULL,
	"shared_by" bigint NOT NULL,
	"shared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bank_shares_courseId_questionId_withCourseId_sharedBy_unique" UNIQUE NULLS NOT DISTINCT("course_id","question_id","with_course_id","shared_by"),
	CONSTRAINT "bank_shares_another_course" CHECK ("bank_shares"."course_id" <> "bank_shares"."with_course_id")
);
--> statement-breakpoint
CREATE TABLE "learning_outcomes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "learning_outcomes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"code" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "learning_outcomes_courseId_code_unique" UNIQUE("course_id","code"),
	CONSTRAINT "learning_outcomes_id_courseId_unique" UNIQUE("id","course_id")
);
--> statement-breakpoint
ALTER TABLE "draft_questions" ADD COLUMN "bank_question_id" bigint;--> statement-breakpoint
ALTER TABLE "draft_questions" ADD COLUMN "bank_version" integer;--> statement-breakpoint
ALTER TABLE "bank_question_outcomes" ADD CONSTRAINT "bank_question_outcomes_question_fk" FOREIGN KEY ("question_id","course_id") REFERENCES "public"."bank_questions"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_question_outcomes" ADD CONSTRAINT "bank_question_outcomes_outcome_fk" FOREIGN KEY ("outcome_id","course_id") REFERENCES "public"."learning_outcomes"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_question_versions" ADD CONSTRAINT "bank_question_versions_question_id_bank_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."bank_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_question_versions" ADD CONSTRAINT "bank_question_versions_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_questions" ADD CONSTRAINT "bank_questions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_shares" ADD CONSTRAINT "bank_shares_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_shares" ADD CONSTRAINT "bank_shares_with_course_id_courses_id_fk" FOREIGN KEY ("with_course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_shares" ADD CONSTRAINT "bank_shares_shared_by_people_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_shares" ADD CONSTRAINT "bank_shares_question_fk" FOREIGN KEY ("question_id","course_id") REFERENCES "public"."bank_questions"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learning_outcomes" ADD CONSTRAINT "learning_outcomes_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_question_outcomes_outcome_id_index" ON "bank_question_outcomes" USING btree ("outcome_id");--> statement-breakpoint
CREATE INDEX "bank_questions_course_id_id_index" ON "bank_questions" USING btree ("course_id","id");--> statement-breakpoint
CREATE INDEX "bank_questions_course_id_asked_index" ON "bank_questions" USING btree ("course_id","asked");--> statement-breakpoint
CREATE INDEX "bank_shares_with_course_id_index" ON "bank_shares" USING btree ("with_course_id");--> statement-breakpoint
ALTER TABLE "draft_questions" ADD CONSTRAINT "draft_questions_bank_version_fk" FOREIGN KEY ("bank_question_id","bank_version") REFERENCES "public"."bank_question_versions"("question_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_questions_bank_question_id_index" ON "draft_questions" USING btree ("bank_question_id");--> statement-breakpoint
ALTER TABLE "draft_questions" ADD CONSTRAINT "draft_questions_bank_question_with_version" CHECK (("draft_questions"."bank_question_id" is null) = ("draft_questions"."bank_version" is null));
--> statement-breakpoint
-- Written by hand. What a question was stays what it was, and nothing of a bank joins two deployments.
CREATE TRIGGER bank_question_versions_append_only BEFORE UPDATE OR DELETE ON "bank_question_versions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION refuse_foreign_bank_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT deployment_id FROM people WHERE id = NEW.made_by) <> (
		SELECT courses.deployment_id FROM bank_questions JOIN courses ON courses.id = bank_questions.course_id WHERE bank_questions.id = NEW.question_id
	) THEN
		RAISE EXCEPTION 'A person of another deployment' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER bank_question_versions_one_deployment BEFORE INSERT ON "bank_question_versions" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_bank_author();
--> statement-breakpoint
CREATE FUNCTION refuse_foreign_bank_share() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	own bigint := (SELECT deployment_id FROM courses WHERE id = NEW.course_id);
BEGIN
	IF own <> (SELECT deployment_id FROM courses WHERE id = NEW.with_course_id) OR own <> (SELECT deployment_id FROM people WHERE id = NEW.shared_by) THEN
		RAISE EXCEPTION 'A course or person of another deployment' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER bank_shares_one_deployment BEFORE INSERT OR UPDATE ON "bank_shares" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_bank_share();
--> statement-breakpoint
CREATE FUNCTION refuse_foreign_bank_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.bank_question_id IS NOT NULL AND (
		SELECT courses.deployment_id FROM bank_questions JOIN courses ON courses.id = bank_questions.course_id WHERE bank_questions.id = NEW.bank_question_id
	) <> (
		SELECT courses.deployment_id FROM quizzes JOIN courses ON courses.id = quizzes.course_id WHERE quizzes.id = NEW.quiz_id
	) THEN
		RAISE EXCEPTION 'A bank question of another deployment' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER draft_questions_one_deployment BEFORE INSERT OR UPDATE OF quiz_id, bank_question_id ON "draft_questions" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_bank_question();
