CREATE TABLE "credit_components" (
	"plan_id" bigint NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "credit_components_plan_id_key_pk" PRIMARY KEY("plan_id","key"),
	CONSTRAINT "credit_components_planId_key_units_unique" UNIQUE("plan_id","key","units"),
	CONSTRAINT "credit_components_units" CHECK ("credit_components"."units" > 0)
);
--> statement-breakpoint
CREATE TABLE "credit_confirmations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_confirmations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"plan_id" bigint NOT NULL,
	"key" text NOT NULL,
	"note" text NOT NULL,
	"confirmed_by" bigint NOT NULL,
	"confirmed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_confirmations_courseId_key_unique" UNIQUE("course_id","key")
);
--> statement-breakpoint
CREATE TABLE "credit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"component_key" text NOT NULL,
	"kind" text NOT NULL,
	"units" integer NOT NULL,
	"component_units" integer NOT NULL,
	"balance_before" integer NOT NULL,
	"balance_after" integer NOT NULL,
	"follows_id" bigint,
	"plan_id" bigint NOT NULL,
	"evidence" jsonb NOT NULL,
	"evidence_hash" text NOT NULL,
	"reason" text NOT NULL,
	"actor_id" bigint,
	"confirmation_id" bigint,
	"idempotency_key" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_entries_courseId_idempotencyKey_unique" UNIQUE("course_id","idempotency_key"),
	CONSTRAINT "credit_entries_followsId_unique" UNIQUE("follows_id"),
	CONSTRAINT "credit_entries_chain" UNIQUE("id","course_id","person_id","component_key","balance_after"),
	CONSTRAINT "credit_entries_kind" CHECK ("credit_entries"."kind" in ('award', 'reversal', 'transfer')),
	CONSTRAINT "credit_entries_sum" CHECK ("credit_entries"."balance_after" = "credit_entries"."balance_before" + "credit_entries"."units"),
	CONSTRAINT "credit_entries_first" CHECK ("credit_entries"."follows_id" is not null or "credit_entries"."balance_before" = 0),
	CONSTRAINT "credit_entries_all_or_nothing" CHECK (case when "credit_entries"."kind" = 'reversal'
        then "credit_entries"."balance_after" = 0 and "credit_entries"."units" = -"credit_entries"."component_units" and "credit_entries"."follows_id" is not null
        else "credit_entries"."balance_before" = 0 and "credit_entries"."units" = "credit_entries"."component_units" end),
	CONSTRAINT "credit_entries_reason" CHECK ("credit_entries"."kind" = 'award' or "credit_entries"."reason" <> ''),
	CONSTRAINT "credit_entries_evidence" CHECK ("credit_entries"."evidence_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "credit_marks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"activity_key" text NOT NULL,
	"sitting" integer DEFAULT 1 NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"points" text,
	"maximum_points" text,
	"levels" jsonb,
	"comment" text NOT NULL,
	"evidence" text NOT NULL,
	"marked_by" bigint NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_marks_courseId_activityKey_personId_sitting_number_unique" UNIQUE("course_id","activity_key","person_id","sitting","number"),
	CONSTRAINT "credit_marks_number" CHECK ("credit_marks"."number" > 0),
	CONSTRAINT "credit_marks_sitting" CHECK ("credit_marks"."sitting" between 1 and 5),
	CONSTRAINT "credit_marks_state" CHECK ("credit_marks"."state" in ('points', 'absent', 'excused', 'empty')),
	CONSTRAINT "credit_marks_points" CHECK (("credit_marks"."state" = 'points') = ("credit_marks"."points" is not null)),
	CONSTRAINT "credit_marks_maximum" CHECK (("credit_marks"."points" is null) = ("credit_marks"."maximum_points" is null)),
	CONSTRAINT "credit_marks_not_negative" CHECK ("credit_marks"."points" not like '-%')
);
--> statement-breakpoint
CREATE TABLE "credit_plan_drafts" (
	"course_id" bigint PRIMARY KEY NOT NULL,
	"plan" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_by" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_plans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_plans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"policy_id" bigint NOT NULL,
	"plan" jsonb NOT NULL,
	"published_by" bigint NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_plans_courseId_number_unique" UNIQUE("course_id","number"),
	CONSTRAINT "credit_plans_id_courseId_unique" UNIQUE("id","course_id")
);
--> statement-breakpoint
CREATE TABLE "credit_policies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_policies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"made_by" bigint NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_policies_courseId_number_unique" UNIQUE("course_id","number"),
	CONSTRAINT "credit_policies_id_courseId_unique" UNIQUE("id","course_id")
);
--> statement-breakpoint
CREATE TABLE "record_book_prints" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "record_book_prints_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"code" text NOT NULL,
	"book" jsonb NOT NULL,
	"printed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "record_book_prints_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "roster_numbers" (
	"course_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"student_id_number" text NOT NULL,
	"full_name" text NOT NULL,
	"group_name" text NOT NULL,
	"given_by" bigint NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "roster_numbers_course_id_person_id_pk" PRIMARY KEY("course_id","person_id"),
	CONSTRAINT "roster_numbers_courseId_studentIdNumber_unique" UNIQUE("course_id","student_id_number"),
	CONSTRAINT "roster_numbers_length" CHECK (length("roster_numbers"."student_id_number") between 1 and 20)
);
--> statement-breakpoint
ALTER TABLE "placements" DROP CONSTRAINT "placements_content";--> statement-breakpoint
ALTER TABLE "gradebook_cells" DROP CONSTRAINT "gradebook_cells_basis";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "sourced_id" text;--> statement-breakpoint
ALTER TABLE "credit_components" ADD CONSTRAINT "credit_components_plan_id_credit_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."credit_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_confirmations" ADD CONSTRAINT "credit_confirmations_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_confirmations" ADD CONSTRAINT "credit_confirmations_confirmed_by_people_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_confirmations" ADD CONSTRAINT "credit_confirmations_plan_fk" FOREIGN KEY ("plan_id","course_id") REFERENCES "public"."credit_plans"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_actor_id_people_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_confirmation_id_credit_confirmations_id_fk" FOREIGN KEY ("confirmation_id") REFERENCES "public"."credit_confirmations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_follows_fk" FOREIGN KEY ("follows_id","course_id","person_id","component_key","balance_before") REFERENCES "public"."credit_entries"("id","course_id","person_id","component_key","balance_after") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_plan_fk" FOREIGN KEY ("plan_id","course_id") REFERENCES "public"."credit_plans"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_component_fk" FOREIGN KEY ("plan_id","component_key","component_units") REFERENCES "public"."credit_components"("plan_id","key","units") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_member_fk" FOREIGN KEY ("course_id","person_id") REFERENCES "public"."memberships"("course_id","person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_marks" ADD CONSTRAINT "credit_marks_marked_by_people_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_marks" ADD CONSTRAINT "credit_marks_member_fk" FOREIGN KEY ("course_id","person_id") REFERENCES "public"."memberships"("course_id","person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_plan_drafts" ADD CONSTRAINT "credit_plan_drafts_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_plan_drafts" ADD CONSTRAINT "credit_plan_drafts_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_plans" ADD CONSTRAINT "credit_plans_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_plans" ADD CONSTRAINT "credit_plans_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_plans" ADD CONSTRAINT "credit_plans_policy_fk" FOREIGN KEY ("policy_id","course_id") REFERENCES "public"."credit_policies"("id","course_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_policies" ADD CONSTRAINT "credit_policies_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_policies" ADD CONSTRAINT "credit_policies_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_book_prints" ADD CONSTRAINT "record_book_prints_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_numbers" ADD CONSTRAINT "roster_numbers_given_by_people_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_numbers" ADD CONSTRAINT "roster_numbers_member_fk" FOREIGN KEY ("course_id","person_id") REFERENCES "public"."memberships"("course_id","person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "credit_entries_one_first" ON "credit_entries" USING btree ("course_id","person_id","component_key") WHERE "credit_entries"."follows_id" is null;--> statement-breakpoint
CREATE INDEX "credit_entries_person_id_index" ON "credit_entries" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "credit_marks_person_id_course_id_index" ON "credit_marks" USING btree ("person_id","course_id");--> statement-breakpoint
CREATE INDEX "record_book_prints_person_id_index" ON "record_book_prints" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_content" CHECK ("placements"."content" in ('quiz', 'progress', 'credits'));--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_basis" CHECK ("gradebook_cells"."basis" in ('attempts', 'zero', 'taken-back', 'credits'));--> statement-breakpoint
CREATE TRIGGER credit_policies_append_only BEFORE UPDATE OR DELETE ON "credit_policies" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER credit_plans_append_only BEFORE UPDATE OR DELETE ON "credit_plans" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER credit_components_append_only BEFORE UPDATE OR DELETE ON "credit_components" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER credit_marks_append_only BEFORE UPDATE OR DELETE ON "credit_marks" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER credit_confirmations_append_only BEFORE UPDATE OR DELETE ON "credit_confirmations" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER credit_entries_append_only BEFORE UPDATE OR DELETE ON "credit_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER record_book_prints_append_only BEFORE UPDATE OR DELETE ON "record_book_prints" FOR EACH ROW EXECUTE FUNCTION refuse_change();
