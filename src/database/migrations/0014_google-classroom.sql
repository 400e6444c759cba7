CREATE TABLE "classroom_clients" (
	"registration_id" bigint PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"api_url" text NOT NULL,
	"revoke_url" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "classroom_grants" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"sealed_refresh_token" text,
	"scopes" text[] NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"lost_at" timestamp (3) with time zone,
	CONSTRAINT "classroom_grants_lost" CHECK (("classroom_grants"."sealed_refresh_token" is null) = ("classroom_grants"."lost_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "classroom_sign_ins" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"registration_id" bigint NOT NULL,
	"sealed_secrets" text NOT NULL,
	"frame_browser_hash" text,
	"window_browser_hash" text NOT NULL,
	"expected_subject" text,
	"scopes" text[] NOT NULL,
	"path" text NOT NULL,
	"person_id" bigint,
	"code_hash" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "classroom_sign_ins_codeHash_unique" UNIQUE("code_hash"),
	CONSTRAINT "classroom_sign_ins_done" CHECK (("classroom_sign_ins"."person_id" is null) = ("classroom_sign_ins"."code_hash" is null))
);
--> statement-breakpoint
CREATE TABLE "classroom_submissions" (
	"placement_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"submission_id" text NOT NULL,
	CONSTRAINT "classroom_submissions_placement_id_person_id_pk" PRIMARY KEY("placement_id","person_id"),
	CONSTRAINT "classroom_submissions_placementId_submissionId_unique" UNIQUE("placement_id","submission_id")
);
--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "protocol" text DEFAULT 'lti' NOT NULL;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "frame_origins" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "classroom_clients" ADD CONSTRAINT "classroom_clients_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_grants" ADD CONSTRAINT "classroom_grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_sign_ins" ADD CONSTRAINT "classroom_sign_ins_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_sign_ins" ADD CONSTRAINT "classroom_sign_ins_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_submissions" ADD CONSTRAINT "classroom_submissions_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_submissions" ADD CONSTRAINT "classroom_submissions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "classroom_sign_ins_expires_at_index" ON "classroom_sign_ins" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_protocol" CHECK ("registrations"."protocol" in ('lti', 'classroom'));