CREATE TABLE "answers" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"response" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answers_attempt_id_position_pk" PRIMARY KEY("attempt_id","position")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"placement_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"quiz_version_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"seed" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"points" text,
	"maximum_points" text,
	CONSTRAINT "attempts_placementId_personId_number_unique" UNIQUE("placement_id","person_id","number"),
	CONSTRAINT "attempts_submitted_with_points" CHECK (("attempts"."submitted_at" is null) = ("attempts"."points" is null) and ("attempts"."points" is null) = ("attempts"."maximum_points" is null))
);
--> statement-breakpoint
CREATE TABLE "courses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "courses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"deployment_id" bigint NOT NULL,
	"context_kind" text NOT NULL,
	"context_id" text NOT NULL,
	"label" text,
	"title" text,
	CONSTRAINT "courses_deploymentId_contextKind_contextId_unique" UNIQUE("deployment_id","context_kind","context_id"),
	CONSTRAINT "courses_context_kind" CHECK ("courses"."context_kind" in ('context', 'resource-link'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"course_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "memberships_course_id_person_id_pk" PRIMARY KEY("course_id","person_id"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('instructor', 'learner', 'guest'))
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"deployment_id" bigint NOT NULL,
	"subject" text NOT NULL,
	"name" text,
	"language" text NOT NULL,
	"language_chosen" boolean DEFAULT false NOT NULL,
	"is_test_user" boolean DEFAULT false NOT NULL,
	"last_launch_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_deploymentId_subject_unique" UNIQUE("deployment_id","subject")
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "placements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"resource_link_id" text NOT NULL,
	"title" text,
	"quiz_id" bigint,
	"line_item_url" text,
	"gradebook_scopes" text[] NOT NULL,
	CONSTRAINT "placements_courseId_resourceLinkId_unique" UNIQUE("course_id","resource_link_id")
);
--> statement-breakpoint
CREATE TABLE "grade_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grade_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cell_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"score_given" numeric(12, 5) NOT NULL,
	"score_maximum" numeric(12, 5) NOT NULL,
	"tried_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gradebook_cells" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "gradebook_cells_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"placement_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"score_given" numeric(12, 5) NOT NULL,
	"score_maximum" numeric(12, 5) NOT NULL,
	"scored_at" timestamp (3) with time zone NOT NULL,
	"comment" text NOT NULL,
	"revision" integer NOT NULL,
	"delivered_revision" integer DEFAULT 0 NOT NULL,
	"sent_revision" integer DEFAULT 0 NOT NULL,
	"sent_timestamp" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"last_outcome" text,
	"last_tried_at" timestamp (3) with time zone,
	CONSTRAINT "gradebook_cells_placementId_personId_unique" UNIQUE("placement_id","person_id"),
	CONSTRAINT "gradebook_cells_maximum" CHECK ("gradebook_cells"."score_maximum" > 0),
	CONSTRAINT "gradebook_cells_given" CHECK ("gradebook_cells"."score_given" >= 0),
	CONSTRAINT "gradebook_cells_delivered" CHECK ("gradebook_cells"."delivered_revision" <= "gradebook_cells"."revision"),
	CONSTRAINT "gradebook_cells_outcome" CHECK ("gradebook_cells"."last_outcome" in ('delivered', 'superseded', 'unavailable', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deployments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"registration_id" bigint NOT NULL,
	"deployment_id" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deployments_registrationId_deploymentId_unique" UNIQUE("registration_id","deployment_id"),
	CONSTRAINT "deployments_state" CHECK ("deployments"."state" in ('pending', 'active', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "registrations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"authorization_url" text NOT NULL,
	"token_url" text NOT NULL,
	"token_audience" text NOT NULL,
	"jwks_url" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registrations_issuer_clientId_unique" UNIQUE("issuer","client_id")
);
--> statement-breakpoint
CREATE TABLE "tool_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"registration_id" bigint NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quiz_versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quiz_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"quiz_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"questions" jsonb NOT NULL,
	"attempts_allowed" integer,
	"counting_attempt" text NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"published_by" bigint NOT NULL,
	CONSTRAINT "quiz_versions_quizId_number_unique" UNIQUE("quiz_id","number"),
	CONSTRAINT "quiz_versions_counting_attempt" CHECK ("quiz_versions"."counting_attempt" in ('best', 'last', 'first', 'average'))
);
--> statement-breakpoint
CREATE TABLE "quizzes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quizzes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"course_id" bigint NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"source_format" text NOT NULL,
	"attempts_allowed" integer,
	"counting_attempt" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "quizzes_attempts_allowed" CHECK ("quizzes"."attempts_allowed" > 0),
	CONSTRAINT "quizzes_counting_attempt" CHECK ("quizzes"."counting_attempt" in ('best', 'last', 'first', 'average'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_logins" (
	"login_id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_quiz_version_id_quiz_versions_id_fk" FOREIGN KEY ("quiz_version_id") REFERENCES "public"."quiz_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courses" ADD CONSTRAINT "courses_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "public"."quizzes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade_deliveries" ADD CONSTRAINT "grade_deliveries_cell_id_gradebook_cells_id_fk" FOREIGN KEY ("cell_id") REFERENCES "public"."gradebook_cells"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gradebook_cells" ADD CONSTRAINT "gradebook_cells_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_keys" ADD CONSTRAINT "tool_keys_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "public"."quizzes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD CONSTRAINT "quiz_versions_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quizzes" ADD CONSTRAINT "quizzes_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_open" ON "attempts" USING btree ("placement_id","person_id") WHERE "attempts"."submitted_at" is null;--> statement-breakpoint
CREATE INDEX "attempts_person_id_index" ON "attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "memberships_person_id_index" ON "memberships" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "placements_quiz_id_index" ON "placements" USING btree ("quiz_id");--> statement-breakpoint
CREATE INDEX "grade_deliveries_cell_id_index" ON "grade_deliveries" USING btree ("cell_id");--> statement-breakpoint
CREATE INDEX "gradebook_cells_owed" ON "gradebook_cells" USING btree ("next_try_at") WHERE "gradebook_cells"."delivered_revision" < "gradebook_cells"."revision";--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "spent_logins_expires_at_index" ON "spent_logins" USING btree ("expires_at");