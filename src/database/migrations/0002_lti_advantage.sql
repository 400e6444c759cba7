CREATE TABLE "mentees" (
	"course_id" bigint NOT NULL,
	"mentor_id" bigint NOT NULL,
	"subject" text NOT NULL,
	CONSTRAINT "mentees_course_id_mentor_id_subject_pk" PRIMARY KEY("course_id","mentor_id","subject")
);
--> statement-breakpoint
CREATE TABLE "gradebook_columns" (
	"placement_id" bigint PRIMARY KEY NOT NULL,
	"is_wanted" boolean NOT NULL,
	"revision" integer NOT NULL,
	"settled_revision" integer DEFAULT 0 NOT NULL,
	"line_item_url" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"last_outcome" text,
	"last_detail" text,
	CONSTRAINT "gradebook_columns_settled" CHECK ("gradebook_columns"."settled_revision" <= "gradebook_columns"."revision"),
	CONSTRAINT "gradebook_columns_outcome" CHECK ("gradebook_columns"."last_outcome" in ('settled', 'unavailable', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "registration_invites" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "registration_invites_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"secret_hash" text NOT NULL,
	"name" text NOT NULL,
	"needs_approval" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"registration_id" bigint,
	CONSTRAINT "registration_invites_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "registration_signs" (
	"registration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"code" text,
	"detail" text,
	CONSTRAINT "registration_signs_registration_id_kind_pk" PRIMARY KEY("registration_id","kind"),
	CONSTRAINT "registration_signs_kind" CHECK ("registration_signs"."kind" in ('launch', 'token', 'score', 'roster', 'launch-failure', 'service-failure'))
);
--> statement-breakpoint
CREATE TABLE "admin_secrets" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "admin_secrets_one" CHECK ("admin_secrets"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "admin_sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "content_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "content_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"course_id" bigint NOT NULL,
	"settings" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role";--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "subject" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "last_launch_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "courses" ADD COLUMN "copied_from" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "courses" ADD COLUMN "roster_url" text;--> statement-breakpoint
ALTER TABLE "courses" ADD COLUMN "roster_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "courses" ADD COLUMN "roster_outcome" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "launched_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "memberships" SET "launched_at" = (SELECT "last_launch_at" FROM "people" WHERE "people"."id" = "person_id");--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "roster_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "content" text DEFAULT 'quiz' NOT NULL;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "line_items_url" text;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "anonymous_launches" text DEFAULT 'refuse' NOT NULL;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "family" text;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "key_set" text;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_keys" ADD COLUMN "signs_from" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "tool_keys" SET "signs_from" = "created_at";--> statement-breakpoint
ALTER TABLE "tool_keys" ALTER COLUMN "signs_from" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_keys" ADD COLUMN "published_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "content_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "copied_from_id" bigint;--> statement-breakpoint
ALTER TABLE "mentees" ADD CONSTRAINT "mentees_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentees" ADD CONSTRAINT "mentees_mentor_id_people_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gradebook_columns" ADD CONSTRAINT "gradebook_columns_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_invites" ADD CONSTRAINT "registration_invites_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_signs" ADD CONSTRAINT "registration_signs_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "content_requests" ADD CONSTRAINT "content_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "content_requests" ADD CONSTRAINT "content_requests_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gradebook_columns_owed" ON "gradebook_columns" USING btree ("next_try_at") WHERE "gradebook_columns"."settled_revision" < "gradebook_columns"."revision";--> statement-breakpoint
CREATE INDEX "admin_sessions_expires_at_index" ON "admin_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "content_requests_expires_at_index" ON "content_requests" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_copied_from_id_quizzes_id_fk" FOREIGN KEY ("copied_from_id") REFERENCES "public"."quizzes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_contentId_unique" UNIQUE("content_id");--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('instructor', 'assistant', 'author', 'learner', 'mentor', 'guest'));--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_content" CHECK ("placements"."content" in ('quiz', 'progress'));--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_anonymous_launches" CHECK ("deployments"."anonymous_launches" in ('refuse', 'guest'));--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_state" CHECK ("registrations"."state" in ('pending', 'active', 'disabled'));